import type { Segment, Span } from "../model/script.ts";
import { segmentAt } from "../model/segmentAt.ts";
import { findServiceTags } from "../model/serviceTags.ts";
import { isUnspaced } from "../model/writing.ts";

/** A place in a document where something can be put between two words of a transcript. */
export interface WordPlace {
  readonly offset: number;
  /** Whether it is the start of a line behind an empty one, so that a block begins there. */
  readonly block: boolean;
  /** What stands between the two words: from behind the one to the start of the other. */
  readonly from: number;
  readonly to: number;
}

/**
 * The indexes in a transcript at which its words begin, but the first: behind white space, and, in a writing without it,
 * where a dictionary has them begin. None is within a tag of the service.
 */
export function wordStarts(transcript: string): number[] {
  const starts: number[] = [];
  const isInTag = tagTester(transcript);
  let first = true;
  for (const { index, isWordLike } of new Intl.Segmenter(undefined, {
    granularity: "word",
  }).segment(transcript)) {
    const before = transcript.slice(0, index).at(-1) ?? "";
    const here = String.fromCodePoint(transcript.codePointAt(index) ?? 0);
    const spaced = /\s/.test(before) && !/\s/.test(here);
    const unspaced = isWordLike && isUnspaced(here) && !/[\p{Ps}\p{Pi}]/u.test(before);
    if (!first && (spaced || unspaced) && !isInTag(index)) starts.push(index);
    first = false;
  }
  return starts;
}

/** Tells of indexes in their order whether they are within a tag of the service. */
export function tagTester(transcript: string): (index: number) => boolean {
  const tags = findServiceTags(transcript);
  let next = 0;
  return (index) => {
    while ((tags[next]?.end ?? Infinity) <= index) next++;
    return (tags[next]?.start ?? Infinity) < index;
  };
}

/**
 * Where in the document to put something before the character of a segment's transcript that `index` names: behind the
 * white space before it, so that signs that belong to the word, such as `*`, stay with it; where a line begins between the
 * two words, at its start; where a speaker's name stands between them, before that.
 *
 * @param names of speakers within segments, in document order.
 */
export function placeBefore(
  text: string,
  { start, transcript, offsets }: Segment,
  index: number,
  names: readonly Span[],
): WordPlace {
  let before = index - 1;
  while (before > 0 && /\s/.test(transcript[before] ?? "")) before--;
  const to = start + (offsets[index] ?? 0);
  const from = Math.min(to, start + (offsets[before] ?? 0) + 1);
  const name = names[segmentAt(names, from + 1)];
  const isNamed = name !== undefined && name.start >= from && name.end <= to;
  return placeBetween(text, from, isNamed ? name.start : to);
}

/** The same between two words, of which the one ends at `from` and the other begins at `to`. */
export function placeBetween(text: string, from: number, to: number): WordPlace {
  const gap = text.slice(from, to);
  const line = Math.max(gap.lastIndexOf("\n"), gap.lastIndexOf("\r")) + 1;
  if (line > 0) {
    const block = /(?:\r\n|\n|\r(?!\n))[ \t>]*(?:\r\n|\n|\r)/.test(gap);
    return { offset: from + line, block, from, to };
  }
  const space = /\s[^\s]*$/.exec(gap);
  return { offset: space ? from + space.index + 1 : to, block: false, from, to };
}

/** The line ending that a document uses. */
export function lineEndingOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}
