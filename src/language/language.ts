/** What helps with writing a script; loaded late, as a bundle of its own. */
export { ScriptLinter, type LintOptions } from "./scriptLinter.ts";
