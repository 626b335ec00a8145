import * as l10n from "@vscode/l10n";
import type { ClipView, FromPanel, TakeView } from "../panel/messages.ts";
import type { Listening } from "./listening.ts";
import { describeLocked } from "./view/elements/clipWords.ts";
import type { PanelView } from "./view/panelView.ts";

export interface SegmentCommandsOptions {
  readonly clip: (segment: number) => ClipView | undefined;
  readonly listening: Listening;
  readonly view: PanelView;
  readonly post: (message: FromPanel) => void;
}

/** What is done with a single segment and its takes, by a button of its row or by a key. */
export class SegmentCommands {
  readonly #options: SegmentCommandsOptions;
  /** The take that was played last. */
  #take: { readonly segment: number; readonly id: string } | undefined;

  constructor(options: SegmentCommandsOptions) {
    this.#options = options;
  }

  /** The row that has the focus, if one has; otherwise what sounds, or the row that was chosen last. */
  playOrPause(): void {
    const { listening, view } = this.#options;
    const { phase, current, take } = listening.playback;
    const { focused } = view.list;
    const sounds = phase === "playing" || phase === "waiting";
    if (take && (focused === undefined || focused === take.segment)) {
      if (sounds) listening.pause();
      else listening.resume();
      return;
    }
    const segment = focused ?? current ?? view.list.selected;
    if (segment === current && sounds) listening.pause();
    else this.play(segment);
  }

  /** Plays what there is of the segment; where there is nothing, it is to be spoken. */
  play(segment: number): void {
    this.#options.view.notices.showProblem(undefined);
    if (this.#options.listening.playSegment(segment)) return;
    this.#options.post({ type: "previewSegment", segment });
  }

  playTake(segment: number, take: TakeView): void {
    this.#take = { segment, id: take.id };
    this.#options.view.notices.showProblem(undefined);
    this.#options.listening.playTake(segment, take);
  }

  /** Plays the segment's clip where a take of it was played last, else that take, or its newest. */
  compare(segment: number): void {
    const { clip, listening, view } = this.#options;
    const { takes = [] } = clip(segment) ?? {};
    const take = takes.find(({ id }) => this.#take?.segment === segment && id === this.#take.id);
    const next = take ?? takes[0];
    if (!next) return view.announce(l10n.t("Segment {0} has no takes.", this.#numberOf(segment)));
    if (listening.playback.take?.segment === segment) this.play(segment);
    else this.playTake(segment, next);
  }

  speakAgain(segment: number, inContext: boolean): void {
    const { clip, view, post } = this.#options;
    const { index, state, locked } = clip(segment) ?? {};
    if (index === undefined || state === "nothing to say") return;
    if (locked) view.announce(describeLocked(index));
    else post({ type: "previewAgain", segment, inContext });
  }

  /** Only a clip can be locked. */
  lock(segment: number, locked: boolean): void {
    const { clip, view, post } = this.#options;
    const { src, locked: isLocked } = clip(segment) ?? {};
    if (src !== undefined || isLocked) post({ type: "lock", segment, locked });
    else view.announce(l10n.t("Segment {0} has no clip to lock.", this.#numberOf(segment)));
  }

  toggleLock(segment: number): void {
    this.lock(segment, !this.#options.clip(segment)?.locked);
  }

  /** Tells of a lock that was put or taken off by a key: a button would tell it itself. */
  announceLock({ segment, index, locked = false }: ClipView, before: ClipView | undefined): void {
    const { view } = this.#options;
    if (!before || (before.locked ?? false) === locked || view.list.focused !== segment) return;
    view.announce(
      locked
        ? l10n.t("Segment {0} is locked.", index + 1)
        : l10n.t("Segment {0} is no longer locked.", index + 1),
    );
  }

  turnTakes(segment: number): void {
    const { view } = this.#options;
    const areShown = view.list.turnTakes(segment);
    const number = this.#numberOf(segment);
    if (areShown === undefined) {
      view.announce(l10n.t("Segment {0} has no takes.", number));
    } else if (areShown) {
      view.announce(l10n.t("The takes of segment {0} are shown.", number));
    } else {
      view.announce(l10n.t("The takes of segment {0} are hidden.", number));
    }
  }

  /** What is heard is not deleted while it sounds. */
  deleteTake(segment: number, take: string): void {
    const { listening, post } = this.#options;
    const played = listening.playback.take;
    if (played?.segment === segment && played.id === take) listening.stop();
    post({ type: "deleteTake", segment, take });
  }

  /** As it is shown, from 1. */
  #numberOf(segment: number): number {
    return (this.#options.clip(segment)?.index ?? segment) + 1;
  }
}
