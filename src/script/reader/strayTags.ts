import * as l10n from "@vscode/l10n";
import { hasMarker } from "../model/flushMarker.ts";
import type { ScriptProblem, Segment, Span } from "../model/script.ts";
import { findServiceTags, isSpeakable } from "../model/serviceTags.ts";
import type { SpokenText } from "../transcript/spokenText.ts";

/** The markers within spell elements. */
export function spelledMarkers(text: string, spells: readonly Span[]): ScriptProblem[] {
  return spells
    .filter(({ start, end }) => hasMarker(text.slice(start, end)))
    .map(({ start, end }) => ({
      start,
      end,
      message: l10n.t(
        "A flush marker within <spell>…</spell> does not cut: the service's tags are sent whole. Move it out.",
      ),
      code: "marker-in-spell",
    }));
}

/** The tag of a segment that has nothing to say beside it, counted from the segment's start. */
export function loneTag({ text, offsets }: SpokenText): Span | undefined {
  const [tag] = isSpeakable(text) ? [] : findServiceTags(text);
  if (tag === undefined) return undefined;
  const start = offsets[tag.start] ?? 0;
  return { start, end: start + tag.end - tag.start };
}

/** The tags in segments without words. */
export function loneTags(
  segments: readonly Segment[],
  found: readonly { readonly loneTag: Span | undefined }[],
): ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  for (const [index, { loneTag: tag }] of found.entries()) {
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
