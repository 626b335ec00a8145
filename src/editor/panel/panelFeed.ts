import { isDeepStrictEqual } from "node:util";
import type { ClipView, Cost, ToPanel } from "../../panel/messages.ts";
import type { SegmentView } from "../../preview/scriptPreview.ts";
import { clipViewOf, isSameView, withSending, type ShownWith } from "./clipView.ts";
import type { PreviewPanel } from "./previewPanel.ts";

/** What a panel shows beside the clips. */
export type PanelHead = Omit<
  Extract<ToPanel, { type: "show" }>,
  "type" | "clips" | "cost" | "running"
>;

/** With more changed clips than this, all are sent in one message. */
const mostSingly = 50;

/** Tells a panel what there is to show, and of each change no more than the change. */
export class PanelFeed {
  readonly #panel: PreviewPanel;
  readonly #shown: () => ShownWith;
  #head: PanelHead | undefined;
  #clips: ClipView[] = [];
  #cost: Cost | undefined;

  /** `shown` tells what is shown beside what a segment's view holds; asked anew each time. */
  constructor(panel: PreviewPanel, shown: () => ShownWith) {
    this.#panel = panel;
    this.#shown = shown;
  }

  /** Shows all segments of the script; `running` is what the page can't know when it is new. */
  showAll(head: PanelHead, segments: readonly SegmentView[], running: boolean): void {
    const shown = this.#shown();
    const clips = segments.map((view) => clipViewOf(view, shown));
    const before = this.#clips;
    const changed = clips.filter((clip, at) => {
      const was = before[at];
      return !was || !isSameView(was, clip);
    });
    const isOther = clips.some(({ segment }, at) => segment !== before[at]?.segment);
    const isRenewed =
      isOther || clips.length !== before.length || !isDeepStrictEqual(head, this.#head);
    this.#head = head;
    this.#clips = clips;
    if (isRenewed || changed.length > mostSingly) {
      this.#cost = shown.cost;
      this.#panel.post({ type: "show", ...head, clips, cost: shown.cost, running });
    } else {
      for (const clip of changed) this.#panel.post({ type: "clip", clip });
      this.#showCost(shown);
    }
  }

  /** Shows these segments, of those that are shown. */
  show(segments: readonly SegmentView[]): void {
    const shown = this.#shown();
    for (const view of segments) {
      const clip = clipViewOf(view, shown);
      const was = this.#clips[view.index];
      if (was?.segment !== clip.segment || isSameView(was, clip)) continue;
      this.#clips[view.index] = clip;
      this.#panel.post({ type: "clip", clip });
    }
    this.#showSending(shown);
    this.#showCost(shown);
  }

  /** The page is a new one, and shows nothing yet. */
  forget(): void {
    this.#head = undefined;
    this.#clips = [];
    this.#cost = undefined;
  }

  /** What a press for a segment sends may be another thing though nothing of the segment is: what is said before it counts. */
  #showSending(shown: ShownWith): void {
    for (const [at, was] of this.#clips.entries()) {
      const clip = withSending(was, shown);
      if (clip === was) continue;
      this.#clips[at] = clip;
      this.#panel.post({ type: "clip", clip });
    }
  }

  #showCost({ cost }: ShownWith): void {
    if (isDeepStrictEqual(cost, this.#cost)) return;
    this.#cost = cost;
    this.#panel.post({ type: "cost", ...cost });
  }
}
