import type { Peaks } from "../../../audio/peaks.ts";
import type { ClipView, WordView } from "../../../panel/messages.ts";
import { ClipControls } from "./clipControls.ts";
import type { ClipActions } from "./clipControls.ts";
import { ClipFactsView } from "./clipFactsView.ts";
import { describeClip, describeInContext, describeLocked } from "../elements/clipWords.ts";
import { createElement } from "../elements/createElement.ts";
import type { WaveformColors } from "../waveform/drawWaveform.ts";
import type { PlayedTake, Position, ClipSound } from "../../sound/player/playback.ts";
import { TakesView } from "./takesView.ts";
import { TranscriptView } from "./transcriptView.ts";
import { WaveformView } from "../waveform/waveformView.ts";

/** What the rows of a list share. */
export interface RowContext {
  readonly actions: ClipActions;
  readonly peaksOf: (segment: number) => Peaks | undefined;
  readonly colors: () => WaveformColors;
}

/** From so many characters on a transcript may be higher than the view. */
const longTranscript = 1200;
/** About how many characters are said in a second: how wide a waveform is drawn whose end has not come. */
const charactersPerSecond = 15;

/**
 * One segment in the list. It touches only those elements that a change concerns. What costs (buttons, words, facts, the
 * waveform) it has only while it is near the view.
 */
export class ClipRow {
  readonly element: HTMLLIElement;
  readonly #segment: number;
  readonly #number = createElement("span", { class: "number", "aria-hidden": "true" });
  readonly #context: RowContext;
  readonly #transcript: TranscriptView;
  readonly #speaker = createElement("p", { class: "speaker", dir: "auto" });
  readonly #factsLine = createElement("p", { class: "facts" });
  readonly #reason = createElement("p", { class: "reason" });
  /** The waveform's place. As the line of facts, it has its height also while it is empty: rows stay where they are. */
  readonly #lane = createElement("div", { class: "lane" });
  readonly #body: HTMLElement;
  #controls: ClipControls | undefined;
  #facts: ClipFactsView | undefined;
  #takes: TakesView | undefined;
  /** Whether its takes are shown: that outlives their view. */
  #areTakesOpen = false;
  #waveform: WaveformView | undefined;
  #clip: ClipView;
  #streamedWords: readonly WordView[] = [];
  #pause: number | undefined;
  #isReachable = false;
  #sound: ClipSound;
  /** Of its takes, the one that is played. */
  #take: { readonly id: string; readonly sound: ClipSound } | undefined;
  #position: Position | undefined;

  constructor(clip: ClipView, context: RowContext) {
    const { segment } = clip;
    this.#segment = segment;
    this.#context = context;
    this.#clip = clip;
    const id = `segment-${segment + 1}`;
    this.#transcript = new TranscriptView(`${id}-transcript`, ({ start }) =>
      context.actions.playFrom(segment, start),
    );
    this.#reason.id = `${id}-reason`;
    const foot = createElement("div", { class: "foot" }, this.#lane, this.#factsLine, this.#reason);
    this.#body = createElement(
      "div",
      { class: "body" },
      this.#speaker,
      this.#transcript.element,
      foot,
    );
    this.element = createElement(
      "li",
      {
        class: "clip",
        id,
        "data-id": String(segment),
        tabindex: "-1",
        "aria-describedby": `${id}-transcript ${id}-reason`,
      },
      this.#number,
      this.#body,
    );
  }

  /** Whether it has what costs. */
  get isBuilt(): boolean {
    return this.#controls !== undefined;
  }

  /** Whether the Tab key comes to it and to its buttons: of one row at a time. */
  setReachable(isReachable: boolean): void {
    this.#isReachable = isReachable;
    this.element.tabIndex = isReachable ? 0 : -1;
    if (this.#controls) this.#controls.reachable = isReachable;
    if (this.#takes) this.#takes.reachable = isReachable;
    if (this.#waveform) this.#waveform.element.tabIndex = isReachable ? 0 : -1;
  }

  /** `pause`: before the next segment, in seconds. */
  show(clip: ClipView, pause: number | undefined): void {
    this.#clip = clip;
    this.#pause = pause;
    const { index, state, src, reason = "", speaker = "" } = clip;
    const isComing = state === "queued" || state === "speaking";
    if (!isComing) this.#streamedWords = [];
    setAttribute(this.element, "data-segment", String(index));
    const number = String(index + 1);
    if (this.#number.textContent !== number) this.#number.textContent = number;
    this.element.dataset.state = state;
    this.element.classList.toggle("long", clip.transcript.length >= longTranscript);
    setAttribute(this.element, "aria-label", describeClip(clip));
    setAttribute(this.element, "data-vscode-context", contextOf(clip));
    this.#facts?.show(clip, pause);
    if (this.#reason.textContent !== reason) this.#reason.textContent = reason;
    this.#reason.hidden = reason === "";
    if (this.#speaker.textContent !== speaker) this.#speaker.textContent = speaker;
    this.#speaker.hidden = speaker === "";
    this.#lane.hidden = src === undefined && !isComing;
    this.#showTranscript();
    this.#controls?.show(clip);
    this.#showTakes();
    this.showWaveform();
  }

  /** The words of its audio as it comes. */
  showWords(words: readonly WordView[]): void {
    this.#streamedWords = words;
    this.#showTranscript();
  }

  /** Marks the word that is heard, and answers with its element. */
  showWord(word: WordView | undefined): HTMLElement | undefined {
    this.#transcript.showHeard(word);
    return this.#transcript.mark;
  }

  showSound(sound: ClipSound, isHeard: boolean): void {
    this.#sound = sound;
    if (isHeard) setAttribute(this.element, "aria-current", "true");
    else this.element.removeAttribute("aria-current");
    this.#facts?.showSound(sound);
    this.#controls?.showSound(sound);
  }

  /** This take of it is played, or none. */
  showTake(take: PlayedTake | undefined, sound: ClipSound): void {
    this.#take = take && { id: take.id, sound };
    this.#takes?.showSound(take?.id, sound);
  }

  /** Shows its takes, or hides them. @returns whether they are shown; undefined where there is none */
  turnTakes(): boolean | undefined {
    return this.#takes?.turn();
  }

  /** Where in it, or in one of its takes, playback is. */
  showPosition(position: Position | undefined): void {
    this.#position = position;
    this.#waveform?.showPosition(secondsIn(position));
    this.#takes?.showPosition(position?.take === undefined ? undefined : position.seconds);
  }

  /** There are other peaks, or they are to be drawn anew. */
  showWaveform(): void {
    const peaks = this.isBuilt ? this.#context.peaksOf(this.#segment) : undefined;
    const { index, state, transcript } = this.#clip;
    const isComing = state === "queued" || state === "speaking";
    const seconds = (isComing ? peaks?.seconds : this.#clip.seconds) ?? peaks?.seconds ?? 0;
    if (!this.isBuilt || seconds === 0) return this.#removeWaveform();
    const width = isComing ? Math.max(seconds, transcript.length / charactersPerSecond) : seconds;
    this.#addWaveform().show({ index, peaks, seconds, width });
  }

  /** Makes what the row needs when it is seen. */
  build(): void {
    if (this.isBuilt) return;
    const controls = new ClipControls(this.#segment, this.#context.actions);
    this.#controls = controls;
    this.#body.before(controls.play.element);
    this.#body.after(controls.actions);
    this.#facts = new ClipFactsView(this.#factsLine);
    this.#facts.show(this.#clip, this.#pause);
    this.#facts.showSound(this.#sound);
    this.#factsLine.append(controls.wayOut);
    this.#showTakes();
    controls.reachable = this.#isReachable;
    controls.show(this.#clip);
    controls.showSound(this.#sound);
    this.#transcript.setCut(true);
    this.showWaveform();
  }

  /** Lets go of what only a row that is seen needs. */
  takeDown(): void {
    this.#controls?.remove();
    this.#controls = undefined;
    this.#facts = undefined;
    this.#areTakesOpen = this.#takes?.isOpen ?? this.#areTakesOpen;
    this.#takes?.remove();
    this.#takes = undefined;
    this.#factsLine.replaceChildren();
    this.#transcript.setCut(false);
    this.#removeWaveform();
  }

  #showTranscript(): void {
    const { transcript, words } = this.#clip;
    this.#transcript.show(transcript, words ?? this.#streamedWords);
  }

  #showTakes(): void {
    const { index, transcript, takes = [], locked, inContext } = this.#clip;
    if (!this.isBuilt || (takes.length === 0 && !this.#takes)) return;
    const view = (this.#takes ??= this.#addTakes());
    const unspoken = locked ? describeLocked(index) : "";
    view.show(index, takes, unspoken, describeInContext(inContext, transcript.length));
  }

  #addTakes(): TakesView {
    const takes = new TakesView({ segment: this.#segment, actions: this.#context.actions });
    takes.isOpen = this.#areTakesOpen;
    takes.reachable = this.#isReachable;
    takes.showSound(this.#take?.id, this.#take?.sound);
    this.#factsLine.append(takes.toggle);
    this.#body.append(takes.element);
    return takes;
  }

  #addWaveform(): WaveformView {
    if (this.#waveform) return this.#waveform;
    const { actions, colors } = this.#context;
    const choose = (seconds: number): void => actions.playFrom(this.#segment, seconds);
    this.#waveform = new WaveformView({ colors, choose });
    this.#waveform.showPosition(secondsIn(this.#position));
    this.#waveform.element.tabIndex = this.#isReachable ? 0 : -1;
    this.#lane.append(this.#waveform.element);
    return this.#waveform;
  }

  #removeWaveform(): void {
    this.#waveform?.dispose();
    this.#waveform = undefined;
  }
}

/** Where in the clip itself playback is. */
function secondsIn(position: Position | undefined): number | undefined {
  return position?.take === undefined ? position?.seconds : undefined;
}

/** What VS Code gives to the commands of the row's context menu. */
function contextOf({ index, state, src, locked = false, takes = [] }: ClipView): string {
  return JSON.stringify({
    webviewSection: "clip",
    segment: index,
    speakable: state !== "nothing to say",
    hasClip: src !== undefined,
    locked,
    hasTakes: takes.length > 0,
    preventDefaultContextMenuItems: true,
  });
}

/** An attribute set to what it is would still be told to whoever watches. */
function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
