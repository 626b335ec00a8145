import type { Span } from "./span.ts";

/**
 * Why something of a script is not spoken:
 *
 * - `frontMatter`, `marker` (a flush marker), `speaker` (a speaker's name)
 * - `code`, `indentedCode` (code by its indentation alone), `comment`, `html` (tags, and what they hide), `definition` (of a
 *   link), `footnote` (and references to one), `linkTarget` (with titles and `https://`), `listNumber`, `checkbox`
 * - `ruby` (signs of which the reading is said), `math`
 * - `heading` (of a script with a cast), `direction` (meant for nobody's ear), `skipped` (`speech.skip`,
 *   `speech.only`), `off` (between `speech: off` and `on`),
 *   `instead` (something else is said there)
 * - `value`: a variable or a pronunciation puts nothing in its place
 * - `notSent`: nothing of its segment is sent
 * - `marks`: anything else that is there for how it looks
 */
export type SilenceReason =
  | "checkbox"
  | "code"
  | "comment"
  | "definition"
  | "direction"
  | "footnote"
  | "heading"
  | "frontMatter"
  | "html"
  | "indentedCode"
  | "instead"
  | "linkTarget"
  | "listNumber"
  | "marker"
  | "marks"
  | "math"
  | "notSent"
  | "off"
  | "ruby"
  | "skipped"
  | "speaker"
  | "value";

/** A stretch of a script that is not spoken. */
export interface SilentSpan extends Span {
  readonly reason: SilenceReason;
}
