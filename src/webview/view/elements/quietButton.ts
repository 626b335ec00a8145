import { describeElement } from "./button.ts";
import { createElement } from "./createElement.ts";
import { createTold } from "./toldText.ts";

export interface QuietButtonOptions {
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
    this.element.replaceChildren(...createTold(words));
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
