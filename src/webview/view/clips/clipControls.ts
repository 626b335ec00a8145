import * as l10n from "@vscode/l10n";
import type { ClipState, ClipView } from "../../../panel/messages.ts";
import { isOn, type ClipSound } from "../../sound/player/playback.ts";
import { Button, QuietButton } from "../elements/button.ts";
import { describeLocked, describeSending } from "../elements/clipWords.ts";
import { createElement } from "../elements/createElement.ts";
import type { TakesActions } from "./takesView.ts";

export interface ClipActions extends TakesActions {
  readonly play: (segment: number) => void;
  /** From this second of its clip on. */
  readonly playFrom: (segment: number, seconds: number) => void;
  /** Speaks what has no clip, or another text's. */
  readonly speak: (segment: number) => void;
  readonly goTo: (segment: number) => void;
  /** Keeps the clip as it is, or no longer. */
  readonly lock: (segment: number, locked: boolean) => void;
}

/** The buttons of a row that is near the view. */
export class ClipControls {
  readonly play: Button;
  /** The buttons at the end of the row. */
  readonly actions: HTMLElement;
  /** What helps where the clip is not as it should be; hidden where it is. */
  readonly wayOut: HTMLButtonElement;
  readonly #goTo: Button;
  readonly #more: Button;
  readonly #again: Button;
  readonly #lock: Button;
  readonly #wayOut: QuietButton;
  /** The segment's number, from 1, which its buttons are named by. */
  #number = 0;
  #sound: ClipSound;
  #isLocked = false;

  constructor(segment: number, actions: ClipActions) {
    this.play = createAction("play", "play", () =>
      isOn(this.#sound) ? actions.pause() : actions.play(segment),
    );
    this.#goTo = createAction("go-to-file", "goTo", () => actions.goTo(segment));
    this.#more = createAction("ellipsis", "more", () => openContextMenu(this.#more.element));
    this.#more.element.setAttribute("aria-haspopup", "menu");
    this.#again = new Button({
      icon: "refresh",
      label: "",
      className: "action again",
      iconOnly: true,
      shortcut: "Shift+R",
      press: () => actions.speakAgain(segment, false),
    });
    this.#lock = new Button({
      icon: "unlock",
      label: "",
      className: "action toggle lock",
      iconOnly: true,
      shortcut: "K",
      press: () => actions.lock(segment, !this.#isLocked),
    });
    const buttons = [this.#goTo, this.#more, this.#again, this.#lock];
    this.actions = createElement(
      "div",
      { class: "rowActions" },
      ...buttons.map(({ element }) => element),
    );
    this.#wayOut = new QuietButton({
      words: "",
      className: "wayOut",
      press: () => actions.speak(segment),
    });
    this.wayOut = this.#wayOut.element;
  }

  set reachable(reachable: boolean) {
    const buttons = [this.play, this.#goTo, this.#more, this.#again, this.#lock];
    for (const element of [...buttons.map((button) => button.element), this.wayOut]) {
      element.tabIndex = reachable ? 0 : -1;
    }
  }

  show({ index, state, src, toSend, again, locked = false }: ClipView): void {
    if (index + 1 !== this.#number) this.#name(index + 1);
    const isEmpty = state === "nothing to say";
    const sends = describeSending(toSend);
    const unspoken = locked ? describeLocked(index) : "";
    this.play.enabled = !isEmpty;
    this.play.describe(isPlayable(state, src) ? "" : unspoken || sends);
    this.#more.element.hidden = isEmpty && src === undefined; // VS Code's menu would have nothing in it
    this.#again.element.hidden = src === undefined;
    this.#again.enabled = !locked;
    this.#again.describe(unspoken || describeSending(again));
    this.#showLock(locked, src);
    this.#showWayOut(state, unspoken, sends);
  }

  #name(number: number): void {
    this.#number = number;
    this.#goTo.show("go-to-file", l10n.t("Go to segment {0}", number));
    this.#more.show("ellipsis", l10n.t("More actions for segment {0}", number));
    this.#again.show("refresh", l10n.t("Speak segment {0} again", number));
    delete this.wayOut.dataset.state;
    this.showSound(this.#sound);
  }

  showSound(sound: ClipSound): void {
    this.#sound = sound;
    if (isOn(sound)) this.play.show("debug-pause", l10n.t("Pause segment {0}", this.#number));
    else this.play.show("play", l10n.t("Play segment {0}", this.#number));
  }

  remove(): void {
    for (const element of [this.play.element, this.actions, this.wayOut]) element.remove();
  }

  #showLock(locked: boolean, src: string | undefined): void {
    this.#isLocked = locked;
    this.#lock.element.hidden = src === undefined && !locked;
    this.#lock.pressed = locked;
    this.#lock.show(locked ? "lock" : "unlock", l10n.t("Lock segment {0}", this.#number));
    this.#lock.describe(locked ? l10n.t("it is kept as it is") : l10n.t("keeps it as it is"));
  }

  #showWayOut(state: ClipState, unspoken: string, sends: string): void {
    const words = wayOutOf(state, this.#number);
    this.wayOut.hidden = words === undefined;
    if (!words) return;
    this.#wayOut.show(unspoken, sends);
    if (this.wayOut.dataset.state === state) return;
    this.wayOut.dataset.state = state;
    this.#wayOut.name(words);
  }
}

function createAction(icon: string, className: string, press: () => void): Button {
  return new Button({ icon, label: "", className: `action ${className}`, iconOnly: true, press });
}

/** Whether a press plays what there is: half a clip is spoken anew. */
function isPlayable(state: ClipState, src: string | undefined): boolean {
  return src !== undefined && state !== "failed" && state !== "incomplete";
}

function wayOutOf(state: ClipState, number: number): string | undefined {
  switch (state) {
    case "failed":
    case "incomplete":
      return l10n.t("Try [segment {0} ]again", number);
    case "changed":
      return l10n.t("Preview changed [segment {0}]", number);
    case "not spoken":
    case "queued":
    case "speaking":
    case "ready":
    case "nothing to say":
      return undefined;
  }
}

/** Opens VS Code's own menu for what the button stands in. Source: VS Code's webview guide, "Context menus". */
function openContextMenu(button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  button.dispatchEvent(
    new MouseEvent("contextmenu", {
      bubbles: true,
      cancelable: true,
      clientX: left,
      clientY: bottom,
    }),
  );
}
