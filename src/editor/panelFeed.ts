import { isDeepStrictEqual } from "node:util";
import type { ClipView, Cost, ToPanel } from "../panel/messages.ts";
import type { SegmentView } from "../preview/scriptPreview.ts";
import { clipViewOf, isSameView } from "./clipView.ts";
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
  #head: PanelHead | undefined;
  #clips: ClipView[] = [];
  #cost: Cost | undefined;

  constructor(panel: PreviewPanel) {
    this.#panel = panel;
  }

  /** Shows all segments of the script; `running` is what the page can't know when it is new. */
  showAll(head: PanelHead, segments: readonly SegmentView[], running: boolean): void {
    const clips = segments.map((view) => clipViewOf(view, this.#panel));
    const before = this.#clips;
    const changed = clips.filter((clip, at) => {
      const shown = before[at];
      return !shown || !isSameView(shown, clip);
    });
    const isAnew = clips.length !== before.length || !isDeepStrictEqual(head, this.#head);
    this.#head = head;
    this.#clips = clips;
    if (isAnew || changed.length > mostSingly) {
      this.#cost = costOf(clips);
      this.#panel.post({ type: "show", ...head, clips, cost: this.#cost, running });
    } else {
      for (const clip of changed) this.#panel.post({ type: "clip", clip });
      this.#showCost();
    }
  }

  /** Shows these segments, of those that are shown. */
  show(segments: readonly SegmentView[]): void {
    for (const view of segments) {
      const clip = clipViewOf(view, this.#panel);
      const shown = this.#clips[view.index];
      if (!shown || isSameView(shown, clip)) continue;
      this.#clips[view.index] = clip;
      this.#panel.post({ type: "clip", clip });
    }
    this.#showCost();
  }

  /** The page is a new one, and shows nothing yet. */
  forget(): void {
    this.#head = undefined;
    this.#clips = [];
    this.#cost = undefined;
  }

  #showCost(): void {
    const cost = costOf(this.#clips);
    if (isDeepStrictEqual(cost, this.#cost)) return;
    this.#cost = cost;
    this.#panel.post({ type: "cost", ...cost });
  }
}

/** What is not spoken as it stands. */
function costOf(clips: readonly ClipView[]): Cost {
  const sent = clips.filter(({ state }) => state !== "ready" && state !== "nothing to say");
  return { characters: sent.reduce((sum, { transcript }) => sum + transcript.length, 0) };
}
