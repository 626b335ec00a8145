import type { ClipView } from "../panel/messages.ts";
import type { SegmentView } from "../preview/scriptPreview.ts";
import type { PreviewPanel } from "./previewPanel.ts";

/** A segment as its panel shows it. */
export function clipViewOf(
  { index, transcript, state, reason, clip }: SegmentView,
  panel: PreviewPanel,
): ClipView {
  return {
    segment: index,
    transcript,
    state,
    ...(reason !== undefined && { reason }),
    ...(clip && { seconds: clip.seconds, src: panel.source(clip) }),
  };
}
