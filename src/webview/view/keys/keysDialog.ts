import * as l10n from "@vscode/l10n";
import { Button } from "../elements/button.ts";
import { createElement } from "../elements/createElement.ts";
import { nameKey } from "../elements/keyNames.ts";
import { isMacKeyboard, pageKeys, editorKeys } from "./keys.ts";

/** Tells which keys there are: in the page and, for what belongs to it, in the editor. */
export class KeysDialog {
  readonly element: HTMLDialogElement;
  /** Whether the mouse was pressed outside: a drag that only ends there does not close it. */
  #pressedOutside = false;

  constructor() {
    const closeButton = new Button({
      icon: "close",
      label: l10n.t("Close"),
      className: "action",
      iconOnly: true,
      press: () => this.element.close(),
    });
    this.element = createElement(
      "dialog",
      { class: "keys", "aria-labelledby": "keysTitle" },
      createElement(
        "div",
        { class: "dialogBody" },
        createElement(
          "div",
          { class: "dialogHead" },
          createElement("h2", { id: "keysTitle" }, l10n.t("Keyboard shortcuts")),
          closeButton.element,
        ),
        createTable(l10n.t("In this panel"), pageKeys),
        createTable(l10n.t("In the editor"), isMacKeyboard() ? editorKeys.map(onMac) : editorKeys),
      ),
    );
    this.element.addEventListener("pointerdown", ({ target }) => {
      this.#pressedOutside = target === this.element;
    });
    this.element.addEventListener("click", ({ target }) => {
      if (target === this.element && this.#pressedOutside) this.element.close();
    });
  }

  /** Closed, it gives the focus back to where it was. */
  open(): void {
    if (!this.element.open) this.element.showModal();
  }
}

interface Row {
  readonly shown: readonly string[];
  readonly does: () => string;
}

function onMac({ shown, does }: Row): Row {
  return { shown: shown.map((keys) => keys.replace("Ctrl", "Cmd").replace("Alt", "Option")), does };
}

function createTable(title: string, rows: readonly Row[]): HTMLElement {
  return createElement(
    "table",
    {},
    createElement("caption", {}, title),
    createElement("tbody", {}, ...rows.map(createRow)),
  );
}

function createRow({ shown, does }: Row): HTMLElement {
  const keys = shown.map((chord) =>
    createElement(
      "span",
      { class: "chord" },
      ...chord.split("+").map((key) => createElement("kbd", {}, nameKey(key))),
    ),
  );
  return createElement(
    "tr",
    {},
    createElement("th", { scope: "row" }, ...keys),
    createElement("td", {}, does()),
  );
}
