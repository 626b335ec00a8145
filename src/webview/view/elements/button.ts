import { createElement, createIcon, createText } from "./createElement.ts";
import { nameChord } from "./keyNames.ts";

export interface ButtonOptions {
  /** Of `@vscode/codicons`. */
  readonly icon: string;
  /** Its name: shown beside the icon, and told when the icon is alone and pointed at. */
  readonly label: string;
  readonly className: string;
  /** Shows the icon alone. */
  readonly iconOnly?: boolean;
  /** Shows the icon alone in a narrow panel. */
  readonly brief?: boolean;
  /** The key that does the same, as `aria-keyshortcuts` writes it. */
  readonly shortcut?: string;
  readonly press: () => void;
}

/** A native button. Disabled, it keeps the focus, so that a keyboard user does not lose the place. */
export class Button {
  readonly element: HTMLButtonElement;
  readonly #icon: HTMLSpanElement;
  readonly #text: HTMLSpanElement | undefined;
  readonly #shortcut: string | undefined;
  readonly #hasTip: boolean;
  #label = "";
  #description = "";

  constructor(options: ButtonOptions) {
    const { icon, label, className, iconOnly = false, brief = false, shortcut, press } = options;
    this.#icon = createIcon(icon);
    this.#shortcut = shortcut;
    this.#hasTip = iconOnly || brief;
    const classes = brief ? `${className} brief` : className;
    this.element = createElement("button", { type: "button", class: classes }, this.#icon);
    if (shortcut !== undefined) this.element.setAttribute("aria-keyshortcuts", shortcut);
    if (!iconOnly) {
      this.#text = createElement("span");
      this.element.append(this.#text);
    }
    this.show(icon, label);
    this.element.addEventListener("click", () => {
      if (this.enabled) press();
    });
  }

  get enabled(): boolean {
    return this.element.getAttribute("aria-disabled") !== "true";
  }

  set enabled(enabled: boolean) {
    if (enabled) this.element.removeAttribute("aria-disabled");
    else this.element.setAttribute("aria-disabled", "true");
  }

  /** Of a button that switches something on and off: whether it is on. */
  set pressed(pressed: boolean) {
    this.element.setAttribute("aria-pressed", String(pressed));
  }

  show(icon: string, label: string): void {
    this.#icon.className = `codicon codicon-${icon}`;
    if (label === this.#label) return;
    this.#label = label;
    if (this.#text) this.#text.textContent = label;
    else this.element.setAttribute("aria-label", label);
    this.#showTip();
  }

  /** What is to be known beside its name, in a few words: for a screen reader, and where it is pointed at. */
  describe(description: string): void {
    if (description === this.#description) return;
    this.#description = description;
    describeElement(this.element, description);
    this.#showTip();
  }

  #showTip(): void {
    const keys = this.#shortcut === undefined ? "" : ` (${nameChord(this.#shortcut)})`;
    const tip = [this.#hasTip ? this.#label + keys : "", this.#description];
    this.element.title = tip.filter((part) => part !== "").join(", ");
  }
}

interface QuietButtonOptions {
  /** Those in brackets name its segment, beside which it is seen: they are told, and not shown. */
  readonly words: string;
  readonly className?: string;
  readonly press: () => void;
}

/** A button in a line of text, in few words. Disabled, it keeps the focus, and says why. */
export class QuietButton {
  readonly element: HTMLButtonElement;

  constructor({ words, className = "", press }: QuietButtonOptions) {
    this.element = createElement("button", { type: "button", class: `quiet ${className}` });
    this.name(words);
    this.element.addEventListener("click", () => {
      if (this.element.ariaDisabled !== "true") press();
    });
  }

  name(words: string): void {
    this.element.replaceChildren(...createText(words));
  }

  /** `disabled`: why it can't be pressed, or nothing. `does`: what a press does, where its name does not say it. */
  show(disabled: string, does = ""): void {
    const description = disabled || does;
    if (disabled) this.element.setAttribute("aria-disabled", "true");
    else this.element.removeAttribute("aria-disabled");
    if (this.element.title !== description) this.element.title = description;
    describeElement(this.element, description);
  }
}

/** Gives an element a description for a screen reader, or none. */
export function describeElement(element: Element, description: string): void {
  if (description === "") element.removeAttribute("aria-description");
  else element.setAttribute("aria-description", description);
}
