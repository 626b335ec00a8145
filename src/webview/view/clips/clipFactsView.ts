import * as l10n from "@vscode/l10n";
import type { ClipState, ClipView } from "../../../panel/messages.ts";
import type { ClipSound } from "../../sound/player/playback.ts";
import { nameSound, nameState, formatMilliseconds, formatSeconds } from "../elements/clipWords.ts";
import { createElement, createIcon } from "../elements/createElement.ts";
import { formatNumber } from "../elements/pageLanguage.ts";

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

/** A measured fact of a clip. */
interface ClipFact {
  readonly kind: "duration" | "voice" | "firstByte" | "firstSound" | "speed" | "pause";
  readonly text: string;
  /** What it means, in a sentence. */
  readonly meaning: string;
}

/** What was measured of a clip, in the order of reading. `pause`: before the next segment, in seconds. */
export function clipFactsOf(
  { seconds, voice, timing }: ClipView,
  pause: number | undefined,
): ClipFact[] {
  const facts: (ClipFact | undefined)[] = [
    fact("duration", seconds, formatSeconds, l10n.t("Length of the clip.")),
    fact(
      "voice",
      voice,
      (name) => l10n.t("said by {0}", name),
      l10n.t("A voice other than the script's own spoke it."),
    ),
    fact(
      "firstByte",
      timing?.firstByteMs,
      (value) => l10n.t("first byte {0}", formatMilliseconds(value)),
      l10n.t("From the request to the first byte of audio."),
    ),
    fact(
      "firstSound",
      timing?.firstAudibleMs,
      (value) => l10n.t("first sound {0}", formatMilliseconds(value)),
      l10n.t("From the request to the first sample that can be heard."),
    ),
    fact(
      "speed",
      timing?.speed,
      formatSpeed,
      l10n.t("Seconds of audio that the service makes per second."),
    ),
    fact("pause", pause, formatPause, l10n.t("The pause that is heard before the next segment.")),
  ];
  return facts.filter((known) => known !== undefined);
}

function fact<T>(
  kind: ClipFact["kind"],
  value: T | undefined,
  format: (value: T) => string,
  meaning: string,
): ClipFact | undefined {
  return value === undefined ? undefined : { kind, text: format(value), meaning };
}

function formatSpeed(speed: number): string {
  return `${formatNumber(speed, speed < 9.95 ? 1 : 0)}×`;
}

function formatPause(seconds: number): string {
  return seconds < 0.05 ? l10n.t("no pause") : l10n.t("pause {0}", formatSeconds(seconds));
}
