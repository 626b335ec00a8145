import type { ScriptLanguage } from "../model/script.ts";
import type { SpokenParts } from "../model/spokenParts.ts";

/** How a script is scanned. */
export interface ScanOptions extends Pick<SpokenParts, "only"> {
  readonly language: ScriptLanguage;
  /**
   * Further flush markers, each alone on its line (white space around it does not count). Empty
   * ones and ones of several lines never match.
   */
  readonly markers?: readonly string[];
  /**
   * The names of the speakers: a paragraph that begins with one and a colon (white space before it does not count) is that
   * speaker's.
   */
  readonly speakers?: readonly string[];
}
