import * as l10n from "@vscode/l10n";
import type { TakeView } from "../../../panel/messages.ts";
import { isOn, type ClipSound } from "../../sound/player/playback.ts";
import { Button } from "../elements/button.ts";
import { formatSeconds, nameSound, describeSeconds } from "../elements/clipWords.ts";
import { createElement } from "../elements/createElement.ts";
import { formatTimeAgo, pageLanguage } from "../elements/pageLanguage.ts";

export interface TakeActions {
  readonly playTake: (segment: number, take: TakeView) => void;
  readonly pause: () => void;
  /** Puts it into the segment's place. */
  readonly restoreTake: (segment: number, id: string) => void;
  readonly deleteTake: (segment: number, id: string) => void;
}

/** One of the takes in a segment's list. */
export class TakeItem {
  readonly element = createElement("li", { class: "take" });
  readonly #time = createElement("time");
  readonly #sounding = createElement("span", { class: "sounding" });
  readonly #voice = createElement("span", { dir: "auto" });
  readonly #length = createElement("span");
  readonly #progress = createElement("div", { class: "progress" });
  /** Play, restore, delete. */
  readonly #buttons: readonly [Button, Button, Button];
  #take: TakeView;
  #number = 0;
  #segmentNumber = 0;
  #sound: ClipSound;

  constructor(segment: number, take: TakeView, actions: TakeActions) {
    this.#take = take;
    const { id } = take;
    this.#buttons = [
      createAction("play", () =>
        isOn(this.#sound) ? actions.pause() : actions.playTake(segment, this.#take),
      ),
      createAction("discard", () => actions.restoreTake(segment, id)),
      createAction("trash", () => actions.deleteTake(segment, id)),
    ];
    const [play, restore, remove] = this.#buttons;
    const facts = [this.#time, this.#sounding, this.#voice, this.#length];
    this.#progress.hidden = true;
    this.element.append(
      play.element,
      createElement("div", { class: "takeBody" }, createElement("p", { class: "facts" }, ...facts)),
      restore.element,
      remove.element,
    );
    play.element.nextElementSibling?.append(this.#progress);
  }

  set reachable(reachable: boolean) {
    for (const { element } of this.#buttons) element.tabIndex = reachable ? 0 : -1;
  }

  /** `number`: its place in the list, from 1; `segmentNumber`: its segment's in the script. */
  show(take: TakeView, number: number, segmentNumber: number): void {
    this.#segmentNumber = segmentNumber;
    this.#take = take;
    this.#number = number;
    this.#time.dateTime = take.spokenAt;
    this.#time.title = formatMoment(Date.parse(take.spokenAt));
    this.#voice.textContent = take.voice;
    this.#length.textContent = formatSeconds(take.seconds);
    this.#nameButtons();
    this.#buttons[0].describe(tellTake(take));
    this.refresh();
  }

  /** Tells how long ago it was said now. */
  refresh(): void {
    const now = Date.now();
    const ago = formatAgo(Date.parse(this.#take.spokenAt), now);
    if (this.#time.textContent !== ago) this.#time.textContent = ago;
    this.element.setAttribute("aria-label", describeTake(this.#take, this.#number, now));
  }

  showSound(sound: ClipSound): void {
    if (sound === this.#sound) return;
    this.#sound = sound;
    this.#sounding.textContent = nameSound(sound);
    this.#nameButtons();
  }

  /** Where playback is, in seconds; `undefined`: not here. */
  showPosition(seconds: number | undefined): void {
    this.#progress.hidden = seconds === undefined;
    const share = (seconds ?? 0) / Math.max(this.#take.seconds, 0.001);
    this.#progress.style.transform = `scaleX(${Math.min(1, share)})`;
  }

  /** Which of its buttons has the focus. */
  get focused(): number | undefined {
    const at = this.#buttons.findIndex(({ element }) => element === document.activeElement);
    return at < 0 ? undefined : at;
  }

  focus(button: number): void {
    this.#buttons[button]?.element.focus();
  }

  #nameButtons(): void {
    const [play, restore, remove] = this.#buttons;
    const [take, segment] = [this.#number, this.#segmentNumber];
    if (isOn(this.#sound)) {
      play.show("debug-pause", l10n.t("Pause take {0} of segment {1}", take, segment));
    } else {
      play.show("play", l10n.t("Play take {0} of segment {1}", take, segment));
    }
    restore.show("discard", l10n.t("Restore take {0} of segment {1}", take, segment));
    remove.show("trash", l10n.t("Delete take {0} of segment {1}", take, segment));
  }
}

function createAction(icon: string, press: () => void): Button {
  return new Button({ icon, label: "", className: "action", iconOnly: true, press });
}

/** The units in which a time ago is told, and how many seconds make one; the largest first. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** How long ago that was: "just now", "5 minutes ago", "yesterday". Both in milliseconds since 1970. */
export function formatAgo(at: number, now: number): string {
  if (Number.isNaN(at)) return l10n.t("undated");
  const seconds = (now - at) / 1000;
  const unit = units.find(([, length]) => seconds >= length);
  if (!unit) return l10n.t("just now"); // also where another machine's clock is ahead of this one's
  return formatTimeAgo(Math.floor(seconds / unit[1]), unit[0]);
}

/** A date and a time, in English as the user's country writes them. */
export function formatMoment(at: number): string {
  if (Number.isNaN(at)) return l10n.t("undated");
  const language = pageLanguage();
  return new Date(at).toLocaleString(language === "en" ? undefined : language, {
    dateStyle: "long",
    timeStyle: "short",
  });
}

/** A take's name for a screen reader, and the list item's public name: "Take 1, 5 minutes ago, Katie, 3.4 seconds". */
export function describeTake(take: TakeView, number: number, now: number): string {
  const ago = formatAgo(Date.parse(take.spokenAt), now);
  return [l10n.t("Take {0}", number), ago, take.voice, describeSeconds(take.seconds)].join(", ");
}

/** What is known of a take, for who looks closer: "July 20, 2026 at 2:05 PM, Katie, 3.4 s". */
export function tellTake({ spokenAt, voice, seconds }: TakeView): string {
  return `${formatMoment(Date.parse(spokenAt))}, ${voice}, ${formatSeconds(seconds)}`;
}
