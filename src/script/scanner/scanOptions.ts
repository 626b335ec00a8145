import type { NamePlace, ScriptLanguage } from "../model/script.ts";

/** How a script is scanned. */
export interface ScanOptions {
  readonly language: ScriptLanguage;
  /**
   * Further flush markers, each alone on its line (white space around it does not count). Empty
   * ones and ones of several lines never match.
   */
  readonly markers?: readonly string[];
  /** The names of the speakers: a paragraph that begins with one is that speaker's (`SpeakerNames`). */
  readonly speakers?: readonly string[];
  /** Where their names stand. */
  readonly names?: NamePlace | undefined;
  /** Whether whatever looks like a name is one, too. */
  readonly anyName?: boolean | undefined;
  /** Markdown only: whether headings are said, but those in lists and quotes, which are; where it is not given, they are. */
  readonly headings?: boolean | undefined;
}
