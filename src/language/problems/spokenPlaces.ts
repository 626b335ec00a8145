import { firstIndex } from "../../script/model/firstIndex.ts";
import type { Segment, Span } from "../../script/model/script.ts";

/** Where a stretch of a segment's transcript is written, from the segment's start. */
export function placeOf({ offsets, start, end }: Segment, from: number, to: number): Span {
  const first = offsets[from] ?? 0;
  const last = offsets[to - 1] ?? first;
  return { start: first, end: Math.min(last + 1, end - start) };
}

/** The same, where the document has just these characters there. */
export function exactPlaceOf(
  segment: Segment,
  written: string,
  from: number,
  to: number,
): Span | undefined {
  const place = placeOf(segment, from, to);
  const same = written.slice(place.start, place.end) === segment.transcript.slice(from, to);
  return same ? place : undefined;
}

/** Whether what stands at an offset of a segment is spoken; where a variable is missing, nothing is. */
export function isSaid({ offsets, unfilled }: Segment, at: number): boolean {
  if (unfilled) return true;
  return offsets[firstIndex(offsets.length, (index) => (offsets[index] ?? 0) >= at)] === at;
}
