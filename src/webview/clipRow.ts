import type { ClipState, ClipView } from "../panel/messages.ts";
import { Button } from "./button.ts";
import { describeClip, formatSeconds } from "./clipWords.ts";
import { createElement, createIcon } from "./createElement.ts";

export interface ClipActions {
  readonly play: (segment: number) => void;
  readonly pause: () => void;
  readonly goTo: (segment: number) => void;
}

/** What the player does with a segment, in words; undefined where it does nothing. */
export type ClipSound = "playing" | "paused" | "waiting" | undefined;

const icons: Partial<Record<ClipState, string>> = {
  speaking: "loading",
  failed: "error",
  incomplete: "warning",
};

/** One segment in the list. It touches only those elements that a change concerns. */
export class ClipRow {
  readonly element: HTMLLIElement;
  readonly #transcript = createElement("p", { class: "transcript", dir: "auto" });
  readonly #state = createElement("span", { class: "state" });
  readonly #sounding = createElement("span", { class: "sounding" });
  readonly #duration = createElement("span", { class: "duration" });
  readonly #reason = createElement("p", { class: "reason" });
  readonly #name: string;
  readonly #playButton: Button;
  readonly #goToButton: Button;
  #clip: ClipView | undefined;
  #sound: ClipSound;

  constructor(segment: number, actions: ClipActions) {
    const number = String(segment + 1);
    this.#name = `segment ${number}`;
    this.#playButton = new Button({
      icon: "play",
      label: `Play ${this.#name}`,
      className: "action play",
      iconOnly: true,
      press: () => (this.#sound === "playing" ? actions.pause() : actions.play(segment)),
    });
    this.#goToButton = new Button({
      icon: "go-to-file",
      label: `Go to ${this.#name}`,
      className: "action goTo",
      iconOnly: true,
      press: () => actions.goTo(segment),
    });
    const id = `segment-${number}`;
    this.#transcript.id = `${id}-transcript`;
    this.#reason.id = `${id}-reason`;
    this.element = createElement(
      "li",
      { class: "clip", id, "data-segment": String(segment), tabindex: "-1" },
      createElement("span", { class: "number", "aria-hidden": "true" }, number),
      this.#playButton.element,
      createElement(
        "div",
        { class: "body" },
        this.#transcript,
        createElement("p", { class: "facts" }, this.#sounding, this.#state, this.#duration),
        this.#reason,
      ),
      this.#goToButton.element,
    );
    this.element.setAttribute("aria-describedby", `${this.#transcript.id} ${this.#reason.id}`);
    this.setReachable(false);
  }

  /** Whether the Tab key comes to it and to its buttons: of one row at a time. */
  setReachable(reachable: boolean): void {
    const tabIndex = reachable ? 0 : -1;
    for (const element of [this.element, this.#playButton.element, this.#goToButton.element]) {
      element.tabIndex = tabIndex;
    }
  }

  /** Plays or pauses, as its button does. */
  press(): void {
    this.#playButton.element.click();
  }

  show(clip: ClipView): void {
    const before = this.#clip;
    this.#clip = clip;
    if (before?.transcript !== clip.transcript) this.#transcript.textContent = clip.transcript;
    if (before?.state !== clip.state) this.#showState(clip.state);
    this.#duration.textContent = clip.seconds === undefined ? "" : formatSeconds(clip.seconds);
    this.#reason.textContent = clip.reason ?? "";
    this.#reason.hidden = clip.reason === undefined;
    this.element.setAttribute("aria-label", describeClip(clip));
  }

  showSound(sound: ClipSound, heard: boolean): void {
    this.#sound = sound;
    this.#sounding.textContent = sound ?? "";
    if (heard) this.element.setAttribute("aria-current", "true");
    else this.element.removeAttribute("aria-current");
    if (sound === "playing") this.#playButton.show("debug-pause", `Pause ${this.#name}`);
    else this.#playButton.show("play", `Play ${this.#name}`);
  }

  #showState(state: ClipState): void {
    const icon = icons[state];
    this.element.dataset.state = state;
    this.#state.replaceChildren(...(icon ? [createIcon(icon)] : []), state);
    this.#playButton.enabled = state !== "nothing to say";
  }
}
