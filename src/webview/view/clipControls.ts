import type { ClipState, ClipView } from "../../panel/messages.ts";
import { Button } from "./button.ts";
import type { ClipSound } from "./clipFactsView.ts";
import { createElement } from "./createElement.ts";

export interface ClipActions {
  readonly play: (segment: number) => void;
  readonly pause: () => void;
  /** From this second of its clip on. */
  readonly playFrom: (segment: number, seconds: number) => void;
  /** Speaks what has no clip, or another text's. */
  readonly speak: (segment: number) => void;
  readonly goTo: (segment: number) => void;
}

/** The buttons of a row that is near the view. */
export class ClipControls {
  readonly play: Button;
  /** The buttons at the end of the row. */
  readonly actions: HTMLElement;
  /** What helps where the clip is not as it should be; hidden where it is. */
  readonly wayOut: HTMLButtonElement;
  readonly #name: string;
  readonly #goTo: Button;
  readonly #more: Button;
  #sound: ClipSound;

  constructor(segment: number, actions: ClipActions) {
    this.#name = `segment ${segment + 1}`;
    this.play = new Button({
      icon: "play",
      label: `Play ${this.#name}`,
      className: "action play",
      iconOnly: true,
      press: () => (isOn(this.#sound) ? actions.pause() : actions.play(segment)),
    });
    this.#goTo = new Button({
      icon: "go-to-file",
      label: `Go to ${this.#name}`,
      className: "action goTo",
      iconOnly: true,
      press: () => actions.goTo(segment),
    });
    this.#more = new Button({
      icon: "ellipsis",
      label: `More actions for ${this.#name}`,
      className: "action more",
      iconOnly: true,
      press: () => openContextMenu(this.#more.element),
    });
    this.#more.element.setAttribute("aria-haspopup", "menu");
    this.actions = createElement(
      "div",
      { class: "rowActions" },
      this.#goTo.element,
      this.#more.element,
    );
    this.wayOut = createElement("button", { type: "button", class: "wayOut" });
    this.wayOut.addEventListener("click", () => actions.speak(segment));
  }

  set reachable(reachable: boolean) {
    for (const { element } of [this.play, this.#goTo, this.#more]) {
      element.tabIndex = reachable ? 0 : -1;
    }
    this.wayOut.tabIndex = reachable ? 0 : -1;
  }

  show({ state, src }: ClipView): void {
    this.play.enabled = state !== "nothing to say";
    this.#more.element.hidden = src === undefined; // VS Code's menu would have nothing in it
    const wayOut = wayOutOf(state);
    this.wayOut.hidden = wayOut === undefined;
    if (!wayOut || this.wayOut.dataset.state === state) return;
    this.wayOut.dataset.state = state;
    // To a screen reader it names its segment; seen, it stands beside it.
    const name = createElement("span", { class: "told" }, `${this.#name} `);
    this.wayOut.replaceChildren(wayOut.before, name, wayOut.after);
  }

  showSound(sound: ClipSound): void {
    this.#sound = sound;
    if (isOn(sound)) this.play.show("debug-pause", `Pause ${this.#name}`);
    else this.play.show("play", `Play ${this.#name}`);
  }

  remove(): void {
    for (const element of [this.play.element, this.actions, this.wayOut]) element.remove();
  }
}

function isOn(sound: ClipSound): boolean {
  return sound === "playing" || sound === "waiting";
}

/** The words of the button, before and after the name of its segment. */
function wayOutOf(
  state: ClipState,
): { readonly before: string; readonly after: string } | undefined {
  switch (state) {
    case "failed":
    case "incomplete":
      return { before: "Try ", after: "again" };
    case "changed":
      return { before: "Preview changed ", after: "" };
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
