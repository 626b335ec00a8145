/** What helps with writing a script; loaded late, as a bundle of its own. */
export {
  completionsAt,
  voiceKeysAt,
  type Completion,
  type OfferedAccent,
  type OfferedVoice,
  type VoiceKeys,
} from "./completionsAt.ts";
export type { KnownVoices } from "./frontMatterProblems.ts";
export { hoverAt } from "./hoverAt.ts";
export { lintScript, ScriptLinter, type LintOptions } from "./scriptLinter.ts";
