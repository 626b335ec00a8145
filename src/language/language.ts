/** What helps with writing a script; loaded late, as a bundle of its own. */
export { completionsAt } from "./completionsAt.ts";
export { hoverAt } from "./hoverAt.ts";
export { lintScript, ScriptLinter, type LintOptions } from "./scriptLinter.ts";
