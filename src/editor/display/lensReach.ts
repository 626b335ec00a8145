import * as vscode from "vscode";
import { firstIndex } from "../../script/model/firstIndex.ts";
import type { SegmentPlace } from "../../script/model/segmentPlaces.ts";

/** The segments that have lenses: from one on, and up to another. */
export interface LensReach {
  readonly from: number;
  readonly to: number;
}

/**
 * The segments in view and so many on either side; all, where the document is nowhere in view. VS Code asks for the lenses of
 * all lines with each change: in a long script nearly all would be made, and sent, for nobody.
 */
export function lensReach(
  document: vscode.TextDocument,
  segments: readonly SegmentPlace[],
  margin: number,
): LensReach {
  const ranges = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges);
  if (ranges.length === 0) return { from: 0, to: segments.length };
  const first = ranges.reduce((least, { start }) => Math.min(least, start.line), Infinity);
  const last = ranges.reduce((most, { end }) => Math.max(most, end.line), 0);
  return {
    from: Math.max(0, firstOnOrBehind(segments, first) - margin),
    to: Math.min(segments.length, firstOnOrBehind(segments, last + 1) + margin),
  };
}

/** The first segment that begins on this line or behind it. */
function firstOnOrBehind(segments: readonly SegmentPlace[], line: number): number {
  return firstIndex(segments.length, (at) => (segments[at]?.line ?? 0) >= line);
}
