import { Button } from "./button.ts";
import { createElement, createIcon } from "./createElement.ts";

export interface NoticeActions {
  readonly enableSound: () => void;
  readonly insertMarkers: (at: "paragraphs" | "headings") => void;
  readonly saveBeside: () => void;
}

/** What the user is to know or to do, in words, between the buttons and the list. */
export class Notices {
  readonly element: HTMLElement;
  readonly #refused: HTMLElement;
  readonly #problem: HTMLElement;
  readonly #problemText = createElement("p");
  readonly #again: HTMLElement;
  readonly #againText = createElement("p");
  readonly #stored: HTMLElement;
  readonly #storedText = createElement("p");
  readonly #unmarked: HTMLElement;
  readonly #empty: HTMLElement;

  constructor({ enableSound, insertMarkers, saveBeside }: NoticeActions) {
    const enable = createAction("unmute", "Enable sound", "primary", enableSound);
    this.#refused = createNotice(
      "mute",
      createElement("p", {}, "Sound stays off until you click in this panel."),
      enable,
    );
    this.#problem = createNotice("error", this.#problemText);
    this.#problem.classList.add("problem");
    this.#again = createNotice("sync", this.#againText);
    this.#stored = createNotice(
      "info",
      this.#storedText,
      createAction("save-as", "Save beside…", "secondary", saveBeside),
    );
    this.#unmarked = createNotice(
      "info",
      createElement(
        "p",
        {},
        "This script has no flush markers, so it is spoken as one segment. Markers cut it into segments.",
      ),
      createAction("add", "Insert markers at paragraphs", "secondary", () =>
        insertMarkers("paragraphs"),
      ),
      createAction("add", "Insert markers at headings", "secondary", () =>
        insertMarkers("headings"),
      ),
    );
    this.#empty = createNotice(
      "info",
      createElement("p", {}, "There is nothing to speak yet. Write some text in the document."),
    );
    // They exist before they have something to say: only then are they announced when they do.
    const announced = createElement(
      "div",
      { role: "status" },
      this.#refused,
      this.#problem,
      this.#again,
    );
    const others = [this.#stored, this.#unmarked, this.#empty];
    this.element = createElement("div", { class: "notices" }, announced, ...others);
    for (const notice of [this.#refused, this.#problem, this.#again, ...others])
      notice.hidden = true;
  }

  showRefused(refused: boolean): void {
    this.#refused.hidden = !refused;
  }

  /** A sentence, or undefined when all is well again. */
  showProblem(problem: string | undefined): void {
    this.#problem.hidden = problem === undefined;
    this.#problemText.textContent = problem ?? "";
  }

  /** The segment that broke off while it was heard, and is said again; undefined when that is over. */
  showAgain(segment: number | undefined): void {
    this.#again.hidden = segment === undefined;
    this.#againText.textContent =
      segment === undefined
        ? ""
        : `Segment ${segment + 1} broke off. It is said again, and heard from its start.`;
  }

  showScript(script: {
    readonly empty: boolean;
    readonly unmarked: boolean;
    /** Where the clips lie, if not beside the document. */
    readonly storedIn: string | undefined;
  }): void {
    this.#stored.hidden = script.storedIn === undefined;
    this.#storedText.textContent = `The clips can't lie beside this document. They are saved in ${script.storedIn ?? ""}.`;
    this.#empty.hidden = !script.empty;
    this.#unmarked.hidden = script.empty || !script.unmarked;
  }
}

function createAction(
  icon: string,
  label: string,
  className: string,
  press: () => void,
): HTMLElement {
  return new Button({ icon, label, className, press }).element;
}

function createNotice(icon: string, text: HTMLElement, ...actions: HTMLElement[]): HTMLElement {
  const body = createElement("div", { class: "noticeBody" }, text);
  if (actions.length > 0) body.append(createElement("div", { class: "actions" }, ...actions));
  return createElement("div", { class: "notice" }, createIcon(icon), body);
}
