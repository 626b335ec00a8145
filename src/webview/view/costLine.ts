import * as l10n from "@vscode/l10n";
import type { Cost } from "../../panel/messages.ts";
import { describeCost } from "./elements/clipWords.ts";
import { createElement } from "./elements/createElement.ts";

/** What a press of Preview script would send now, in a line; it describes the button too. */
export class CostLine {
  static readonly id = "cost";
  readonly element: HTMLElement;
  readonly #what = createElement("span", { id: CostLine.id });

  constructor() {
    const [before = "", after = ""] = l10n.t("Preview script {0}").split("{0}");
    this.element = createElement("p", { class: "cost" }, before, this.#what, after);
    this.element.hidden = true;
  }

  /** Nothing where there is nothing to speak. */
  show(cost: Cost | undefined): void {
    const text = cost ? describeCost(cost) : "";
    if (this.#what.textContent !== text) this.#what.textContent = text;
    this.element.hidden = text === "";
  }
}
