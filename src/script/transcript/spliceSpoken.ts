import type { Span, WrittenPlace } from "../model/script.ts";
import type { SpokenText } from "./spokenText.ts";

/** Another text for a stretch of what is said, in UTF-16 units of it. */
export interface Change extends Span {
  readonly text: string;
}

/** What is said, with something else in some places. */
export interface Spliced extends SpokenText {
  readonly written: readonly WrittenPlace[];
}

/** What may follow a space that has lost the word behind it: then the space goes, too. */
const NEEDS_NO_SPACE = /^(?:[\s,.;:!?)\]}…]|$)/;

/**
 * Makes changes to what is said, which follow one another and do not overlap. Each unit of a new text has the offset at which
 * what it replaces begins.
 */
export function spliceSpoken(spoken: SpokenText, changes: readonly Change[]): Spliced {
  if (changes.length === 0) return { ...spoken, written: [] };
  const parts: string[] = []; // joined at the end: to look at a text's end while it grows would write it anew each time
  const offsets: number[] = [];
  const written: WrittenPlace[] = [];
  const keep = (from: number, to: number): void => {
    if (from < to) parts.push(spoken.text.slice(from, to));
    for (let at = from; at < to; at++) offsets.push(spoken.offsets[at] ?? 0);
  };
  let from = 0;
  for (const { start, end, text: put } of changes) {
    keep(from, start);
    from = end;
    const offset = spoken.offsets[start] ?? 0;
    const isBare = put === "" && NEEDS_NO_SPACE.test(spoken.text.slice(end, end + 1));
    const last = parts.at(-1) ?? "";
    if (isBare && last.endsWith(" ")) {
      parts[parts.length - 1] = last.slice(0, -1);
      offsets.pop();
    }
    if (put !== "") parts.push(put);
    for (let at = 0; at < put.length; at++) offsets.push(offset);
    if (put !== "") written.push({ start: offset, last: spoken.offsets[end - 1] ?? offset });
  }
  keep(from, spoken.text.length);
  return { text: parts.join(""), offsets, written };
}
