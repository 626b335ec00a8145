import * as l10n from "@vscode/l10n";
import { hasMarker } from "../model/flushMarker.ts";
import type { ScriptProblem, Span } from "../model/script.ts";
import type { SegmentList } from "./segmentList.ts";

/** The markers within spell elements, which stand in `text` from `base` on in the document. */
export function spelledMarkers(text: string, spells: readonly Span[], base = 0): ScriptProblem[] {
  return spells
    .filter(({ start, end }) => hasMarker(text.slice(start, end)))
    .map(({ start, end }) => ({
      start: base + start,
      end: base + end,
      message: l10n.t(
        "A flush marker within <spell>…</spell> does not cut: the service's tags are sent whole. Move it out.",
      ),
      code: "marker-in-spell",
    }));
}

/** The tags in segments without words. */
export function loneTags({ segments, loneTags }: SegmentList): ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  for (const [index, tag] of loneTags.entries()) {
    const { start } = segments[index] ?? { start: 0 };
    if (tag)
      problems.push({
        start: start + tag.start,
        end: start + tag.end,
        message: l10n.t(
          "This segment has a tag of the service but nothing to say, and is not sent. Move the tag to a segment with words.",
        ),
        code: "lone-tag",
      });
  }
  return problems;
}
