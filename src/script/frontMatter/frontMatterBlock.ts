import type { Span } from "../model/script.ts";

/**
 * The block of YAML, or of TOML, at a document's start. The span is the whole block, its fences and their line
 * endings included.
 */
export interface FrontMatterBlock extends Span {
  /** What stands between the fences, the last line ending included. */
  readonly yaml: Span;
  /** Whether it is TOML: its fences are `+++`. */
  readonly isToml: boolean;
}

const OPENING = /\uFEFF?(?:---|(?<toml>\+\+\+))[ \t]*(?:\r\n|\n|\r)/y;
/** Searched from the line ending before it, so that an empty block is found too. */
const CLOSING = /(?:\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|$)/g;
const TOML_CLOSING = /(?:\r\n|\n|\r)\+\+\+[ \t]*(?:\r\n|\n|\r|$)/g;
const SPEECH_KEY =
  /(?:^|[\r\n])(?:(?:speech|"speech"|'speech')[ \t]*(?::(?!\S)|[=.])|\[[ \t]*(?:speech|"speech"|'speech')[ \t]*[\].])/;
const CUTTING_KEY = /(?:flush|cast|headings)["']?\s*[:=.\]]/;

/**
 * The front matter of a document: a line `---` at its very start (after a byte order mark, if any),
 * up to the next line that is `---` or `...`; or TOML between lines `+++`. A block that is never closed is no front matter.
 */
export function findFrontMatter(text: string): FrontMatterBlock | undefined {
  OPENING.lastIndex = 0;
  const opening = OPENING.exec(text);
  if (opening === null) return undefined;
  const start = opening[0].length;
  const isToml = opening.groups?.["toml"] !== undefined;
  const fences = isToml ? TOML_CLOSING : CLOSING;
  fences.lastIndex = text.startsWith("\r\n", start - 2) ? start - 2 : start - 1;
  const closing = fences.exec(text);
  if (closing === null) return undefined;
  const fence = closing.index + (/^(?:\r\n|\n|\r)/.exec(closing[0])?.[0].length ?? 0);
  return { start: 0, end: fences.lastIndex, yaml: { start, end: fence }, isToml };
}

/**
 * Whether the YAML, or TOML, of a front matter has a key `speech` at its top level. A line test: nothing is
 * parsed.
 */
export function hasSpeechKey(yaml: string): boolean {
  return SPEECH_KEY.test(yaml);
}

/**
 * Whether the YAML of a front matter may declare flush markers or speakers, so that it must be read before the
 * script can be cut. Cheap and on the safe side: it may say yes where there are none.
 */
export function declaresMarkers(yaml: string): boolean {
  return hasSpeechKey(yaml) && CUTTING_KEY.test(yaml);
}
