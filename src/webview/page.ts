import type { ClipView, FromPanel, ToPanel } from "../panel/messages.ts";
import { describeRunEnd } from "./clipWords.ts";
import { loadClip } from "./loadClip.ts";
import type { PageState } from "./pageState.ts";
import { PanelView } from "./panelView.ts";
import type { ViewActions } from "./panelView.ts";
import type { Playback } from "./playback.ts";
import { Player } from "./player.ts";
import { Scheduler } from "./scheduler.ts";

/** The extension, as the page sees it. */
export interface Host {
  post(message: FromPanel): void;
  keep(state: PageState): void;
}

type Show = Extract<ToPanel, { type: "show" }>;
type RunStarted = Extract<ToPanel, { type: "runStarted" }>;

/** How long the state may be behind, in milliseconds: scrolling changes it often. */
const keepMilliseconds = 250;

/** Wires the host's messages, the player and what is seen. */
export class Page {
  readonly #host: Host;
  readonly #scheduler: Scheduler;
  readonly #player: Player;
  readonly #view: PanelView;
  #state: PageState;
  /** The state is not the user's until the first content has come. */
  #restored = false;
  #clips = new Map<number, ClipView>();
  #running = false;
  #run: { readonly id: number; readonly segments: readonly number[] } | undefined;
  #heard: number | undefined;
  /** The run whose segments are played, also after its end; undefined for what the user chose to play. */
  #playedRun: number | undefined;
  #cancelKeep: (() => void) | undefined;

  constructor(root: HTMLElement, state: PageState, host: Host) {
    this.#host = host;
    this.#state = state;
    this.#scheduler = new Scheduler({
      createContext,
      setTimer,
      progress: () => this.#onProgress(),
      failed: (reason) => this.#player.outputFailed(reason),
    });
    this.#player = new Player(this.#scheduler, loadClip, {
      changed: (playback) => this.#onPlayback(playback),
      failed: (segment, reason) => this.#onFailed(segment, reason),
    });
    this.#view = new PanelView(root, this.#actions());
    this.#showToolbar();
  }

  receive(message: ToPanel): void {
    switch (message.type) {
      case "show":
        return this.#show(message);
      case "clip":
        return this.#showClip(message.clip);
      case "runStarted":
        return this.#startRun(message);
      case "audio":
        return this.#player.receiveAudio(message.run, message.segment, message.bytes);
      case "audioEnded":
        return this.#player.endSegment(message.run, message.segment);
      case "audioVoid":
        if (this.#player.restartSegment(message.run, message.segment)) {
          this.#view.notices.showAgain(message.segment);
        }
        return;
      case "runEnded":
        return this.#endRun(message.run);
      case "play":
        this.#play(message.segments);
        return;
      case "stop":
        return this.#player.stop();
    }
  }

  #show(message: Show): void {
    this.#clips = new Map(message.clips.map((clip) => [clip.segment, clip]));
    this.#running = message.running;
    if (message.document !== undefined)
      this.#state = { ...this.#state, document: message.document };
    this.#view.show(message);
    if (!this.#restored) {
      this.#restored = true;
      this.#view.list.restore(this.#state);
    }
    this.#keepSoon();
    this.#player.showClips(message.clips);
    this.#showToolbar();
  }

  #showClip(clip: ClipView): void {
    if (!this.#clips.has(clip.segment)) return;
    this.#clips.set(clip.segment, clip);
    this.#view.list.showClip(clip);
    this.#player.showClip(clip);
    this.#showToolbar();
  }

  #startRun({ run, format, segments }: RunStarted): void {
    this.#run = { id: run, segments };
    this.#running = true;
    this.#view.announce("Preview started.");
    this.#view.notices.showProblem(undefined);
    this.#playedRun = run;
    this.#player.startRun(run, format, segments);
    this.#showToolbar();
  }

  #endRun(run: number): void {
    this.#player.endRun(run);
    this.#view.notices.showAgain(undefined);
    if (this.#run?.id !== run) return;
    const spoken = this.#run.segments.flatMap((segment) => this.#clips.get(segment) ?? []);
    this.#view.announce(describeRunEnd(spoken));
    this.#run = undefined;
    this.#running = false;
    this.#showToolbar();
  }

  #play(segments: readonly number[]): boolean {
    this.#view.notices.showProblem(undefined);
    const before = this.#playedRun;
    this.#playedRun = undefined;
    const plays = this.#player.play(segments);
    if (!plays) this.#playedRun = before;
    return plays;
  }

  /** Plays what there is of the segment; where there is nothing, it is to be spoken. */
  #playSegment(segment: number): void {
    const { phase, current } = this.#player.playback;
    if (phase === "paused" && current === segment) this.#player.resume();
    else if (!this.#play([segment])) this.#host.post({ type: "previewSegment", segment });
  }

  #stop(): void {
    this.#player.stop();
    this.#host.post({ type: "stop" });
  }

  #actions(): ViewActions {
    return {
      previewScript: () => this.#host.post({ type: "previewScript" }),
      playAll: () => void this.#play([...this.#clips.keys()]),
      pause: () => this.#player.pause(),
      resume: () => this.#player.resume(),
      stop: () => this.#stop(),
      play: (segment) => this.#playSegment(segment),
      goTo: (segment) => this.#host.post({ type: "goTo", segment }),
      enableSound: () => this.#scheduler.permit(),
      saveBeside: () => this.#host.post({ type: "saveBeside" }),
      insertMarkers: (at) => this.#host.post({ type: "insertMarkers", at }),
      moved: () => this.#keepSoon(),
    };
  }

  #onProgress(): void {
    this.#player.advance();
    this.#view.notices.showRefused(this.#scheduler.refused);
  }

  #onPlayback(playback: Playback): void {
    this.#view.list.showPlayback(playback);
    this.#showToolbar();
    if (playback.heard === this.#heard) return;
    this.#heard = playback.heard;
    const run = playback.heard === undefined ? undefined : this.#playedRun;
    const segment = playback.heard;
    this.#host.post({ type: "heard", segment, ...(run !== undefined && { run }) });
  }

  #onFailed(segment: number, reason: string): void {
    this.#view.notices.showProblem(`Segment ${segment + 1} can't be played. ${reason}`);
    this.#host.post({ type: "playbackFailed", segment, reason });
  }

  #showToolbar(): void {
    const clips = [...this.#clips.values()];
    this.#view.toolbar.show({
      running: this.#running,
      speakable: clips.some(({ state }) => state !== "nothing to say"),
      playable: clips.some(({ src }) => src !== undefined),
      playback: this.#player.playback,
    });
  }

  #keepSoon(): void {
    if (!this.#restored) return;
    this.#cancelKeep?.();
    this.#cancelKeep = setTimer(() => {
      this.#state = { ...this.#state, ...this.#view.list.place };
      this.#host.keep(this.#state);
    }, keepMilliseconds);
  }
}

/** Throws a sentence where no sound can be made at all. */
function createContext(sampleRate: number): AudioContext {
  try {
    return new AudioContext({ sampleRate });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`No sound device can be opened (${detail}).`, { cause });
  }
}

function setTimer(run: () => void, milliseconds: number): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
