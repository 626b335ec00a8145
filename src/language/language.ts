/** What helps with writing a script; loaded late, as a bundle of its own. */
export {
  completionsAt,
  voiceKeysAt,
  type Completion,
  type OfferedAccent,
  type OfferedVoice,
  type VoiceKeys,
} from "./assist/completionsAt.ts";
export type { KnownVoices } from "./problems/frontMatterProblems.ts";
export { hoverAt } from "./assist/hoverAt.ts";
export { describeSilence } from "./assist/silenceReasons.ts";
export { lintScript, ScriptLinter, type LintOptions } from "./problems/scriptLinter.ts";
