import type { Clip } from "../clips/clip.ts";
import type { ClipTiming, ClipView } from "../panel/messages.ts";
import type { SegmentView } from "../preview/scriptPreview.ts";
import type { PreviewPanel } from "./previewPanel.ts";

/** A segment as its panel shows it. */
export function clipViewOf(
  { index, transcript, state, reason, clip, words }: SegmentView,
  panel: PreviewPanel,
): ClipView {
  return {
    segment: index,
    transcript,
    state,
    ...(reason !== undefined && { reason }),
    ...(clip && { seconds: clip.seconds, src: panel.source(clip), timing: timingOf(clip) }),
    ...(clip?.audible && { audible: clip.audible }),
    ...(words.length > 0 && { words }),
  };
}

/** Whether two views of a segment show the same; what else they hold comes from the clip, and that from its address. */
export function isSameView(one: ClipView, other: ClipView): boolean {
  return (
    one.transcript === other.transcript &&
    one.state === other.state &&
    one.reason === other.reason &&
    one.src === other.src
  );
}

function timingOf({
  timeToFirstByteMs,
  timeToFirstAudibleMs,
  synthesisMs,
  seconds,
}: Clip): ClipTiming {
  return {
    ...(timeToFirstByteMs !== null && { firstByteMs: timeToFirstByteMs }),
    ...(timeToFirstAudibleMs !== null && { firstAudibleMs: timeToFirstAudibleMs }),
    ...(synthesisMs !== null && synthesisMs > 0 && { speed: seconds / (synthesisMs / 1000) }),
  };
}
