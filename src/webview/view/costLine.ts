import * as l10n from "@vscode/l10n";
import type { Cost } from "../../panel/messages.ts";
import { describeCost } from "./elements/clipWords.ts";
import { createElement } from "./elements/createElement.ts";

/** What a press of Preview script would send now, in a line; it describes the button too. */
export class CostLine {
  static readonly id = "cost";
  readonly element: HTMLElement;
  readonly #what = createElement("span", { id: CostLine.id });
  readonly #before = createElement("span");

  constructor() {
    this.element = createElement("p", { class: "cost" }, this.#before, this.#what);
    this.element.hidden = true;
  }

  /** Nothing where there is nothing to speak. */
  show(cost: Cost | undefined): void {
    const text = cost ? describeCost(cost) : "";
    if (this.#what.textContent !== text) {
      this.#what.textContent = text;
      const line =
        cost?.characters === 0 ? l10n.t("Preview script: {0}") : l10n.t("Preview script {0}");
      this.#before.textContent = line.replace("{0}", "");
    }
    this.element.hidden = text === "";
  }
}
