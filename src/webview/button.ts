import { createElement, createIcon } from "./createElement.ts";

export interface ButtonOptions {
  /** Of `@vscode/codicons`. */
  readonly icon: string;
  /** Its name, shown beside the icon or, of an icon alone, told when pointed at. */
  readonly label: string;
  readonly className: string;
  /** Shows the icon alone. */
  readonly iconOnly?: boolean;
  readonly press: () => void;
}

/** A native button. Disabled, it keeps the focus, so that a keyboard user does not lose the place. */
export class Button {
  readonly element: HTMLButtonElement;
  readonly #icon: HTMLSpanElement;
  readonly #text: HTMLSpanElement | undefined;
  #label = "";

  constructor({ icon, label, className, iconOnly = false, press }: ButtonOptions) {
    this.#icon = createIcon(icon);
    this.element = createElement("button", { type: "button", class: className }, this.#icon);
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

  show(icon: string, label: string): void {
    if (label === this.#label) return;
    this.#label = label;
    this.#icon.className = `codicon codicon-${icon}`;
    if (this.#text) {
      this.#text.textContent = label;
    } else {
      this.element.setAttribute("aria-label", label);
      this.element.title = label;
    }
  }
}
