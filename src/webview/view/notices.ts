import * as l10n from "@vscode/l10n";
import type { ClipView } from "../../panel/messages.ts";
import { Button } from "./elements/button.ts";
import { createElement, createIcon } from "./elements/createElement.ts";

export interface NoticeActions {
  readonly enableSound: () => void;
  readonly insertMarkers: (at: "paragraphs" | "headings") => void;
  readonly setApiKey: () => void;
  readonly saveBeside: () => void;
}

/** What the notices about the script depend on. */
export interface ScriptNotice {
  readonly clips: readonly ClipView[];
  /** Whether it has no flush marker. */
  readonly unmarked: boolean;
  /** Whether the local voice speaks because there is no key for another. */
  readonly keyless: boolean;
  /** Where the clips lie, if not beside the document. */
  readonly storedIn: string | undefined;
}

/** What the user is to know or to do, in words, between the buttons and the list. */
export class Notices {
  readonly element: HTMLElement;
  readonly #refused: HTMLElement;
  readonly #problem: HTMLElement;
  readonly #problemText = createElement("p");
  readonly #lost = createNotice(
    "debug-disconnect",
    createElement(
      "p",
      {},
      l10n.t(
        "The extension does not answer, so this panel may be out of date. Reopen it from the script.",
      ),
    ),
  );
  readonly #again: HTMLElement;
  readonly #againText = createElement("p");
  readonly #stored: HTMLElement;
  readonly #storedText = createElement("p");
  readonly #unmarked: HTMLElement;
  readonly #unspoken: HTMLElement;
  readonly #unspokenText = createElement("p");
  readonly #keyless: HTMLElement;
  readonly #empty: HTMLElement;
  #script: ScriptNotice | undefined;

  constructor(actions: NoticeActions) {
    const enable = createAction("unmute", l10n.t("Enable sound"), "primary", actions.enableSound);
    this.#refused = createNotice(
      "mute",
      createElement("p", {}, l10n.t("Sound stays off until you click in this panel.")),
      enable,
    );
    this.#problem = createNotice("error", this.#problemText);
    this.#problem.classList.add("problem");
    this.#again = createNotice("sync", this.#againText);
    this.#stored = createNotice(
      "info",
      this.#storedText,
      createAction("save-as", l10n.t("Save beside…"), "secondary", actions.saveBeside),
    );
    this.#unmarked = createUnmarked(actions);
    this.#keyless = createKeyless(actions);
    this.#unspoken = createNotice("lightbulb", this.#unspokenText);
    this.#unspoken.lastElementChild?.append(this.#keyless);
    this.#empty = createNotice(
      "info",
      createElement(
        "p",
        {},
        l10n.t("There is nothing to speak yet. Write some text in the document."),
      ),
    );
    const told = [this.#lost, this.#refused, this.#problem, this.#again];
    const others = [this.#empty, this.#unmarked, this.#unspoken, this.#stored];
    for (const notice of [...told, ...others]) notice.hidden = true;
    // It exists before it has something to say: only then is it announced when it does.
    const announced = createElement("div", { role: "status" }, ...told);
    this.element = createElement("div", { class: "notices" }, announced, ...others);
  }

  showRefused(refused: boolean): void {
    this.#refused.hidden = !refused;
  }

  /** Whether the extension does not answer. */
  showLost(isLost: boolean): void {
    this.#lost.hidden = !isLost;
  }

  /** A sentence, or undefined when all is well again. */
  showProblem(problem: string | undefined): void {
    this.#problem.hidden = problem === undefined;
    this.#problemText.textContent = problem ?? "";
  }

  /** The segment, by its index, that broke off while it was heard, and is said again; undefined when that is over. */
  showAgain(index: number | undefined): void {
    this.#again.hidden = index === undefined;
    this.#againText.textContent =
      index === undefined
        ? ""
        : l10n.t("Segment {0} broke off. It is spoken again and plays from its start.", index + 1);
  }

  /** What a new user is to learn, two things at most, and where the clips lie. */
  showScript(script: ScriptNotice): void {
    this.#script = script;
    const where = script.storedIn ?? "";
    this.#storedText.textContent = l10n.t(
      "Clips can't be saved beside this document. They are saved in {0}.",
      where,
    );
    this.#unspokenText.textContent = describeFirstPress(script);
    this.#keyless.hidden = !script.keyless;
    this.showClips(script.clips);
  }

  /** The clips have changed, and nothing else. */
  showClips(clips: readonly ClipView[]): void {
    if (!this.#script) return;
    const { unmarked, storedIn } = this.#script;
    const isEmpty = clips.every(({ state }) => state === "nothing to say");
    const isUnspoken = !isEmpty && clips.every(isUntouched);
    this.#empty.hidden = !isEmpty;
    this.#unmarked.hidden = isEmpty || !unmarked;
    this.#unspoken.hidden = !isUnspoken;
    this.#stored.hidden = isEmpty || isUnspoken || storedIn === undefined;
  }
}

function isUntouched({ state }: ClipView): boolean {
  return state === "not spoken" || state === "nothing to say";
}

function describeFirstPress({ clips, storedIn }: ScriptNotice): string {
  if (clips.length > 1) {
    const press = l10n.t(
      "Nothing is spoken yet. Preview script speaks every segment and plays it at once; Space speaks one.",
    );
    const saved =
      storedIn === undefined
        ? l10n.t("Each is saved as a file beside the document.")
        : l10n.t("Each is saved as a file in {0}.", storedIn);
    return `${press} ${saved}`;
  }
  const press = l10n.t("Nothing is spoken yet. Preview script speaks it and plays it at once.");
  const saved =
    storedIn === undefined
      ? l10n.t("It is saved as a file beside the document.")
      : l10n.t("It is saved as a file in {0}.", storedIn);
  return `${press} ${saved}`;
}

function createUnmarked({ insertMarkers }: NoticeActions): HTMLElement {
  return createNotice(
    "info",
    createElement(
      "p",
      {},
      l10n.t(
        "This script has no flush markers, so it is spoken as one segment. Markers cut it into segments.",
      ),
    ),
    createAction("add", l10n.t("Insert markers at paragraphs"), "secondary", () =>
      insertMarkers("paragraphs"),
    ),
    createAction("add", l10n.t("Insert markers at headings"), "secondary", () =>
      insertMarkers("headings"),
    ),
  );
}

function createKeyless({ setApiKey }: NoticeActions): HTMLElement {
  const button = createElement(
    "button",
    { type: "button", class: "quiet" },
    l10n.t("Set API key…"),
  );
  button.addEventListener("click", setApiKey);
  const sentence = l10n.t("You hear the local voice, which needs no key.");
  return createElement("p", { class: "keyless" }, sentence, " ", button);
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
