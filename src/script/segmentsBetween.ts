import { between } from "./scan.ts";
import type { Span } from "./script.ts";
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
  const [before, behind] = [
    { count: 0, at: 0, start: body, end: body },
    { count: 0, at: stretches.length, start: text.length },
  ];
  let start = body;
  for (const [at, stretch] of stretches.entries()) {
    const [first, last] = [stretch.markers[0], stretch.markers.at(-1)];
    if (first && last) {
      if (at < front) {
        before.count += stretch.markers.length;
        Object.assign(before, { at, start, end: start + last.end });
      } else if (at < stretches.length - back) {
        for (const marker of moved(stretch.markers, start)) markers.push(marker);
      } else {
        if (behind.count === 0) Object.assign(behind, { at: at + 1, start: start + first.start });
        behind.count += stretch.markers.length;
      }
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
