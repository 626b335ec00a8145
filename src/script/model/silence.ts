import { firstIndex } from "./firstIndex.ts";
import type { Script, Segment, Span } from "./script.ts";
import type { SilenceReason, SilentSpan } from "./silentSpan.ts";

export type { SilenceReason, SilentSpan };

/**
 * All of a script that is not spoken, in document order: each letter and digit of it is either in one of these spans, or
 * spoken. Signs alone (`**`, `#`, `>`) are in none unless they belong to something silent.
 *
 * @param part where only those are wanted that have a part in it, or in a segment that has; all of the script by itself.
 */
export function* silentSpans(
  { segments, markers }: Script,
  part: Span = { start: 0, end: Infinity },
): Generator<SilentSpan> {
  const body = segments[0]?.start ?? 0;
  if (body > part.start) yield { start: 0, end: body, reason: "frontMatter" };
  const from = firstIndex(segments.length, (at) => (markers[at]?.end ?? Infinity) > part.start);
  for (let at = from; at < segments.length; at++) {
    const { start: base, silent } = segments[at] as Segment;
    if (base > part.end) return;
    for (const { start, end, reason } of silent) {
      yield { start: base + start, end: base + end, reason };
    }
    const marker = markers[at];
    if (!marker || marker.start === marker.end) continue;
    const { start, end, kind, parts } = marker;
    if (parts) yield* parts;
    else yield { start, end, reason: kind === "speaker" ? "speaker" : "marker" };
  }
}
