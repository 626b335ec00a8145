import { between } from "../scanner/scan.ts";
import type { Span } from "../model/script.ts";
import type { SameEnds, StretchRange } from "./scriptBody.ts";
import { lengthOf, moved, type CutText } from "./stretch.ts";

/** The segments that have to be said anew when stretches have changed. */
export interface ConcernedSegments {
  /** How many segments stand before them, and how many behind. */
  readonly first: number;
  readonly behind: number;
  readonly spans: readonly Span[];
  /** The stretches that hold their text. */
  readonly range: StretchRange;
}

/**
 * The segments that changed stretches have a part in: from the last marker before the stretches to the first one behind.
 * @param body where the first stretch begins in the document.
 */
export function segmentsBetween(
  text: string,
  body: number,
  stretches: readonly CutText[],
  { front, back }: SameEnds,
): ConcernedSegments {
  const markers: Span[] = [];
  const before = { count: 0, at: 0, start: body, end: body };
  const behind = { count: 0, at: stretches.length, start: text.length };
  let start = body;
  for (let at = 0; at < stretches.length; at++) {
    const stretch = stretches[at] as CutText;
    const count = stretch.markers.length;
    if (count > 0 && at < front) {
      before.count += count;
      before.at = at;
      before.start = start;
      before.end = start + (stretch.markers[count - 1]?.end ?? 0);
    } else if (count > 0 && at < stretches.length - back) {
      for (const marker of moved(stretch.markers, start)) markers.push(marker);
    } else if (count > 0) {
      if (behind.count === 0) {
        behind.at = at + 1;
        behind.start = start + (stretch.markers[0]?.start ?? 0);
      }
      behind.count += count;
    }
    start += lengthOf(stretch);
  }
  return {
    first: before.count,
    behind: behind.count,
    spans: between(markers, before.end, behind.start),
    range: { first: before.at, end: behind.at, start: before.start },
  };
}
