import type { Span } from "../model/script.ts";

/**
 * The YAML block at a document's start. The span is the whole block, its fences and their line
 * endings included.
 */
export interface FrontMatterBlock extends Span {
  /** What stands between the fences, the last line ending included. */
  readonly yaml: Span;
}

const OPENING = /\uFEFF?---[ \t]*(?:\r\n|\n|\r)/y;
/** Searched from the line ending before it, so that an empty block is found too. */
const CLOSING = /(?:\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|$)/g;
const SPEECH_KEY = /(?:^|[\r\n])(?:speech|"speech"|'speech')[ \t]*:(?!\S)/;
const CUTTING_KEY = /(?:flush|cast|only)["']?\s*:/;

/**
 * The front matter of a document: a line `---` at its very start (after a byte order mark, if any),
 * up to the next line that is `---` or `...`. A block that is never closed is no front matter.
 */
export function findFrontMatter(text: string): FrontMatterBlock | undefined {
  OPENING.lastIndex = 0;
  const opening = OPENING.exec(text);
  if (opening === null) return undefined;
  const start = opening[0].length;
  CLOSING.lastIndex = text.startsWith("\r\n", start - 2) ? start - 2 : start - 1;
  const closing = CLOSING.exec(text);
  if (closing === null) return undefined;
  const fence = closing.index + (/^(?:\r\n|\n|\r)/.exec(closing[0])?.[0].length ?? 0);
  return { start: 0, end: CLOSING.lastIndex, yaml: { start, end: fence } };
}

/**
 * Whether the YAML of a front matter has a key `speech` at its top level. A line test: nothing is
 * parsed.
 */
export function hasSpeechKey(yaml: string): boolean {
  return SPEECH_KEY.test(yaml);
}

/**
 * Whether the YAML of a front matter may declare flush markers, speakers or parts, so that it must be read before the
 * script can be cut. Cheap and on the safe side: it may say yes where there are none.
 */
export function declaresMarkers(yaml: string): boolean {
  return hasSpeechKey(yaml) && CUTTING_KEY.test(yaml);
}
