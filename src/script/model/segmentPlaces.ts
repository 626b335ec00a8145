import { LineCounter, rangeBetween, type LineRange } from "./linePlaces.ts";
import type { Span } from "./script.ts";
import { writtenSpan } from "./segmentAt.ts";

/** Where a segment stands in its document: what of it is written, without the white space at its ends. */
export interface SegmentPlace extends Span, LineRange {}

/**
 * Where the segments of a document stand.
 * @param spans of the segments, in document order, as a scan has them.
 */
export function segmentPlaces(text: string, spans: readonly Span[]): SegmentPlace[] {
  const lines = new LineCounter(text);
  return spans.map((span) => {
    const { start, end } = writtenSpan(text, span);
    return { start, end, ...rangeBetween(lines.at(start), lines.at(end)) };
  });
}
