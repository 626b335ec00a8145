import * as l10n from "@vscode/l10n";
import type { ClipState, ClipView } from "../../../panel/messages.ts";
import type { ClipSound } from "../../sound/player/playback.ts";
import { clipFactsOf } from "./clipFactList.ts";
import type { ClipFact } from "./clipFactList.ts";
import { nameSound, nameState } from "../elements/clipWords.ts";
import { createElement, createIcon } from "../elements/createElement.ts";

const icons: Partial<Record<ClipState, string>> = {
  speaking: "loading",
  failed: "error",
  incomplete: "warning",
};

/** What a line under a waveform holds: what the clip is, what the player does with it, and what was measured. */
export class ClipFactsView {
  readonly #state = createElement("span", { class: "state" });
  readonly #locked = createElement("span", { class: "locked" });
  readonly #sounding = createElement("span", { class: "sounding" });
  readonly #facts = new Map<ClipFact["kind"], HTMLSpanElement>();
  #shownState: ClipState | undefined;

  constructor(line: Element) {
    line.append(this.#state, this.#locked, this.#sounding);
  }

  /** `pause`: before the next segment, in seconds. */
  show(clip: ClipView, pause: number | undefined): void {
    if (clip.state !== this.#shownState) this.#showState(clip.state);
    this.#showLocked(clip.locked ?? false);
    const facts = clipFactsOf(clip, pause);
    for (const [kind, element] of this.#facts) {
      if (facts.some((fact) => fact.kind === kind)) continue;
      element.remove();
      this.#facts.delete(kind);
    }
    let last: HTMLSpanElement = this.#sounding;
    for (const fact of facts) last = this.#showFact(fact, last);
  }

  showSound(sound: ClipSound): void {
    const text = nameSound(sound);
    if (this.#sounding.textContent === text) return;
    this.#sounding.textContent = text;
    this.#hideReady();
  }

  /** What sounds is ready, and the line is no longer for saying so. */
  #hideReady(): void {
    this.#state.hidden = this.#shownState === "ready" && this.#sounding.textContent !== "";
  }

  #showState(state: ClipState): void {
    const icon = icons[state];
    this.#shownState = state;
    this.#state.replaceChildren(...(icon ? [createIcon(icon)] : []), nameState(state));
    this.#hideReady();
  }

  #showLocked(locked: boolean): void {
    if (locked === this.#locked.hasChildNodes()) return;
    this.#locked.replaceChildren(...(locked ? [createIcon("lock"), l10n.t("locked")] : []));
  }

  #showFact({ kind, text, meaning }: ClipFact, before: HTMLSpanElement): HTMLSpanElement {
    const existing = this.#facts.get(kind);
    if (existing) {
      if (existing.textContent !== text) existing.textContent = text;
      return existing;
    }
    const element = createElement("span", { class: kind, title: meaning }, text);
    before.after(element);
    this.#facts.set(kind, element);
    return element;
  }
}
