import * as l10n from "@vscode/l10n";
import type {
  ClipView,
  Cost,
  FromPanel,
  SoundPreferences,
  ToPanel,
  WordView,
} from "../panel/messages.ts";
import { describeRunEnd } from "./view/elements/clipWords.ts";
import { answerKeys } from "./view/keys/keys.ts";
import type { KeyActions } from "./view/keys/keys.ts";
import { Listening } from "./listening.ts";
import { loadClip } from "./sound/player/loadClip.ts";
import type { PageState } from "./pageState.ts";
import { SegmentCommands } from "./segmentCommands.ts";
import { PanelView } from "./view/panelView.ts";
import type { ViewActions } from "./view/panelView.ts";
import { Waveforms } from "./view/waveform/waveforms.ts";

/** The extension, as the page sees it. */
export interface Host {
  post(message: FromPanel): void;
  keep(state: PageState): void;
}

type Show = Extract<ToPanel, { type: "show" }>;
type RunStarted = Extract<ToPanel, { type: "runStarted" }>;

/** How long the state may be behind, in milliseconds: scrolling changes it often. */
const keepMilliseconds = 250;

/** Wires the host's messages, what is heard and what is seen. */
export class Page {
  readonly #root: HTMLElement;
  readonly #host: Host;
  readonly #listening: Listening;
  readonly #waveforms: Waveforms;
  readonly #view: PanelView;
  readonly #segments: SegmentCommands;
  #state: PageState;
  /** The state is not the user's until the first content has come. */
  #restored = false;
  #clips = new Map<number, ClipView>();
  #cost: Cost | undefined;
  #running = false;
  #isLost = false;
  #run: { readonly id: number; readonly segments: readonly number[] } | undefined;
  #cancelKeep: (() => void) | undefined;

  constructor(root: HTMLElement, state: PageState, host: Host) {
    this.#root = root;
    this.#host = host;
    this.#state = state;
    this.#waveforms = new Waveforms(loadClip, (segment) => this.#view.list.showWaveform(segment));
    this.#listening = this.#listen();
    this.#view = new PanelView(root, this.#actions(), this.#waveforms);
    this.#segments = new SegmentCommands({
      clip: (segment) => this.#clips.get(segment),
      listening: this.#listening,
      view: this.#view,
      post: (message) => host.post(message),
    });
    answerKeys(root, this.#keyActions());
    this.#showControls();
  }

  receive(message: ToPanel): void {
    switch (message.type) {
      case "show":
        return this.#show(message);
      case "clip":
        return this.#showClip(message.clip);
      case "cost":
        return this.#showCost(message);
      case "runStarted":
        return this.#startRun(message);
      case "audio":
        return this.#receiveAudio(message.run, message.segment, message.bytes);
      case "words":
        return this.#showWords(message.run, message.segment, message.words);
      case "audioEnded":
        return this.#listening.endSegment(message.run, message.segment);
      case "audioVoid":
        return this.#restart(message.run, message.segment);
      case "runEnded":
        return this.#endRun(message.run);
      case "play":
        this.#play(message.segments, message.seconds, message.turn);
        return;
      case "sound":
        return this.#applySound(message);
      case "stop":
        return this.#listening.stop();
      case "giveWay":
        return this.#listening.giveWay(message);
      case "pong":
        return;
    }
  }

  /** The extension answers no more, or does again. Of what it was speaking nothing more is known then. */
  showLost(isLost: boolean): void {
    this.#isLost = isLost;
    this.#view.notices.showLost(isLost);
    for (const clip of this.#clips.values()) {
      const isComing = clip.state === "queued" || clip.state === "speaking";
      if (isComing) this.#view.list.showClip(isLost ? brokenOff(clip) : clip);
    }
    this.#showControls();
  }

  #show(message: Show): void {
    this.#clips = new Map(message.clips.map((clip) => [clip.segment, clip]));
    this.#running = message.running;
    this.#cost = message.cost;
    if (message.document !== undefined) {
      this.#state = { ...this.#state, document: message.document };
      // VS Code hands it to the commands of the page's context menu.
      this.#root.dataset.vscodeContext = JSON.stringify({ document: message.document });
    }
    this.#waveforms.showClips(message.clips);
    this.#view.show(message);
    if (!this.#restored) {
      this.#restored = true;
      this.#view.list.restore(this.#state);
      this.#view.sound.enable(); // how the user likes to hear is told before
    }
    this.#keepSoon();
    this.#listening.showClips(message.clips);
    this.#showControls();
  }

  #showClip(clip: ClipView): void {
    const before = this.#clips.get(clip.segment);
    if (!before) return;
    this.#clips.set(clip.segment, clip);
    this.#waveforms.showClip(clip);
    this.#view.list.showClip(clip);
    this.#listening.showClip(clip);
    this.#segments.announceLock(clip, before);
    this.#showControls();
  }

  #showCost({ characters, credits }: Cost): void {
    this.#cost = { characters, ...(credits !== undefined && { credits }) };
    this.#showControls();
  }

  #startRun({ run, format, segments, turn }: RunStarted): void {
    this.#run = { id: run, segments };
    this.#running = true;
    this.#view.announce(l10n.t("Preview started."));
    this.#view.notices.showProblem(undefined);
    this.#waveforms.startRun(run, format);
    this.#listening.startRun(run, format, segments, turn);
    this.#showControls();
  }

  #receiveAudio(run: number, segment: number, bytes: Uint8Array): void {
    this.#listening.receiveAudio(run, segment, bytes);
    this.#waveforms.append(run, segment, bytes);
  }

  #showWords(run: number, segment: number, words: readonly WordView[]): void {
    if (this.#run?.id !== run) return;
    this.#listening.receiveWords(segment, words);
    this.#view.list.showWords(segment, words);
  }

  #restart(run: number, segment: number): void {
    this.#waveforms.restart(run, segment);
    const brokeOff = this.#listening.restartSegment(run, segment);
    const clip = this.#clips.get(segment);
    if (brokeOff && clip) this.#view.notices.showAgain(clip.index);
  }

  #endRun(run: number): void {
    this.#listening.endRun(run);
    this.#view.notices.showAgain(undefined);
    if (this.#run?.id !== run) return;
    const spoken = this.#run.segments.flatMap((segment) => this.#clips.get(segment) ?? []);
    this.#view.announce(describeRunEnd(spoken));
    this.#run = undefined;
    this.#running = false;
    this.#showControls();
  }

  #play(segments: readonly number[], seconds = 0, turn?: number): void {
    this.#view.notices.showProblem(undefined);
    this.#listening.play(segments, seconds, turn);
  }

  #stop(): void {
    this.#listening.stop();
    this.#host.post({ type: "stop" });
  }

  #listen(): Listening {
    return new Listening({
      clip: (segment) => this.#clips.get(segment),
      setTimer,
      changed: (playback) => {
        this.#view.list.showPlayback(playback);
        this.#showControls();
      },
      moved: (position) => this.#view.list.showPosition(position),
      word: (segment, word) => this.#view.list.showWord(segment, word),
      heard: (message) => this.#host.post(message),
      refused: (refused) => this.#view.notices.showRefused(refused),
      failed: (segment, reason, take) => this.#onFailure(segment, reason, take),
    });
  }

  #onFailure(segment: number, reason: string, take: string | undefined): void {
    const { takes = [], index = segment } = this.#clips.get(segment) ?? {};
    const number = takes.findIndex(({ id }) => id === take) + 1;
    const problem =
      number > 0
        ? l10n.t("Take {0} of segment {1} can't be played. {2}", number, index + 1, reason)
        : l10n.t("Segment {0} can't be played. {1}", index + 1, reason);
    this.#view.notices.showProblem(problem);
    this.#host.post({ type: "playbackFailed", segment, reason });
  }

  #actions(): ViewActions {
    const post = (message: FromPanel): void => this.#host.post(message);
    return {
      previewScript: () => post({ type: "previewScript" }),
      playAll: () => this.#play([...this.#clips.keys()]),
      pause: () => this.#listening.pause(),
      resume: () => this.#listening.resume(),
      stop: () => this.#stop(),
      play: (segment) => this.#segments.play(segment),
      playFrom: (segment, seconds) => this.#listening.playFrom(segment, seconds),
      speak: (segment) => post({ type: "previewSegment", segment }),
      speakAgain: (segment, inContext) => this.#segments.speakAgain(segment, inContext),
      sayWithVoice: (segment) => post({ type: "sayWithVoice", segment }),
      playTake: (segment, take) => this.#segments.playTake(segment, take),
      restoreTake: (segment, take) => post({ type: "restoreTake", segment, take }),
      deleteTake: (segment, take) => this.#segments.deleteTake(segment, take),
      lock: (segment, locked) => this.#segments.lock(segment, locked),
      goTo: (segment) => post({ type: "goTo", segment }),
      setSound: (sound) => this.#setSound(sound),
      setLoop: (loop) => this.#setLoop(loop),
      enableSound: () => this.#listening.permit(),
      setApiKey: () => post({ type: "setApiKey" }),
      saveBeside: () => post({ type: "saveBeside" }),
      insertMarkers: (at) => post({ type: "insertMarkers", at }),
      moved: () => this.#keepSoon(),
    };
  }

  #keyActions(): KeyActions {
    const { list, sound, keys } = this.#view;
    const [listening, segments] = [this.#listening, this.#segments];
    return {
      playOrPause: () => segments.playOrPause(),
      seekBy: (seconds) => listening.seekBy(seconds, list.selected),
      move: (to) => list.move(to),
      goTo: () => this.#host.post({ type: "goTo", segment: list.selected }),
      again: () => listening.again(list.selected),
      speakAgain: () => segments.speakAgain(list.selected, false),
      compare: () => segments.compare(list.selected),
      turnTakes: () => segments.turnTakes(list.selected),
      lock: () => segments.toggleLock(list.selected),
      stop: () => this.#stop(),
      loop: () => this.#setLoop(!listening.loop),
      changeSpeed: (by) => sound.changeSpeed(by),
      showKeys: () => keys.open(),
    };
  }

  #setSound(sound: SoundPreferences): void {
    this.#applySound(sound);
    this.#host.post({ type: "sound", speed: sound.speed, volume: sound.volume });
  }

  #applySound({ speed, volume }: SoundPreferences): void {
    this.#listening.setSound({ speed, volume });
    this.#view.sound.showSound({ speed, volume });
  }

  #setLoop(loop: boolean): void {
    this.#listening.loop = loop;
    this.#view.sound.showLoop(loop);
  }

  #showControls(): void {
    const clips = [...this.#clips.values()];
    const speakable = clips.some(({ state }) => state !== "nothing to say");
    this.#view.toolbar.show({
      running: this.#running && !this.#isLost,
      speakable,
      playable: clips.some(({ src }) => src !== undefined),
      playback: this.#listening.playback,
    });
    this.#view.cost.show(speakable ? this.#cost : undefined);
    this.#view.summary.show(clips);
    this.#view.notices.showClips(clips);
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

/** What is known of a clip that was to come when the extension was lost. */
function brokenOff(clip: ClipView): ClipView {
  const reason = l10n.t("The extension stopped before this was spoken to its end.");
  return { ...clip, state: "incomplete", reason };
}

/** Runs something once, later; the answer cancels it. */
export function setTimer(run: () => void, milliseconds: number): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
