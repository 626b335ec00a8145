import { firstIndex } from "./firstIndex.ts";
import type { Span } from "./script.ts";

/**
 * The index of the segment that a position belongs to: a position in a marker to the segment after
 * it, one in the front matter to the first, one between a segment and its marker to that segment, one
 * between two segments that touch to the second.
 *
 * @param segments one at least, in document order.
 * @param offset a position between UTF-16 units; one outside the document is taken to its nearest
 * end.
 */
export function segmentAt(segments: readonly Span[], offset: number): number {
  return firstIndex(segments.length - 1, (index) => {
    const end = segments[index]?.end ?? Infinity;
    const touches = segments[index + 1]?.start === end;
    return end > offset || (end === offset && !touches);
  });
}

/**
 * What of a segment is written: its span without the white space at its ends. Of a segment that is
 * all white space, an empty span at its start.
 */
export function writtenSpan(text: string, { start, end }: Span): Span {
  let from = start;
  while (from < end && isSpace(text, from)) from++;
  if (from === end) return { start, end: start };
  let to = end;
  while (isSpace(text, to - 1)) to--;
  return { start: from, end: to };
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? code === 0x20 || (code >= 9 && code <= 13) : text.charAt(at).trim() === "";
}
