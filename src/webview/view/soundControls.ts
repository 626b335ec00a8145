import * as l10n from "@vscode/l10n";
import type { SoundPreferences } from "../../panel/messages.ts";
import { Button } from "./elements/button.ts";
import { createElement, createIcon } from "./elements/createElement.ts";
import { formatFactor, pageLanguage } from "./elements/pageLanguage.ts";

export interface SoundActions {
  readonly setSound: (sound: SoundPreferences) => void;
  readonly setLoop: (loop: boolean) => void;
}

const speeds: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/**
 * How the user hears: loop, speed and volume. It shows what it is told, not what was pressed, and takes nothing before it
 * was enabled: it does not know yet how the user likes to hear.
 */
export class SoundControls {
  readonly element: HTMLFieldSetElement;
  readonly #actions: SoundActions;
  readonly #loopButton: Button;
  readonly #speed = createElement("select", {
    "aria-label": l10n.t("Speed"),
    title: l10n.t("Speed ({0} and {1})", "[", "]"),
  });
  readonly #muteButton: Button;
  readonly #volume = createElement("input", {
    type: "range",
    min: "0",
    max: "100",
    step: "5",
    "aria-label": l10n.t("Volume"),
    title: l10n.t("Volume"),
  });
  #sound: SoundPreferences = { speed: 1, volume: 1 };
  #loops = false;
  /** The volume that comes back when the sound is no longer mute. */
  #beforeMute = 1;

  constructor(actions: SoundActions) {
    this.#actions = actions;
    this.#loopButton = new Button({
      icon: "sync",
      label: l10n.t("Loop segment"),
      className: "action toggle",
      iconOnly: true,
      shortcut: "L",
      press: () => actions.setLoop(!this.#loops),
    });
    this.#muteButton = new Button({
      icon: "unmute",
      label: l10n.t("Mute"),
      className: "action toggle",
      iconOnly: true,
      press: () => this.#toggleMute(),
    });
    this.#speed.addEventListener("change", () => this.#set({ speed: Number(this.#speed.value) }));
    this.#volume.addEventListener("input", () =>
      this.#set({ volume: Number(this.#volume.value) / 100 }),
    );
    this.element = createElement(
      "fieldset",
      { class: "sound", "aria-label": l10n.t("Sound"), disabled: "" },
      this.#loopButton.element,
      createElement("span", { class: "dropdown" }, this.#speed, createIcon("chevron-down")),
      this.#muteButton.element,
      this.#volume,
    );
    this.showSound(this.#sound);
    this.showLoop(false);
  }

  enable(): void {
    this.element.disabled = false;
  }

  showSound({ speed, volume }: SoundPreferences): void {
    this.#sound = { speed, volume };
    this.#showSpeed(speed);
    const percent = Math.round(volume * 100);
    this.#volume.value = String(percent);
    this.#volume.style.setProperty("--filled", String(volume));
    this.#volume.setAttribute(
      "aria-valuetext",
      volume.toLocaleString(pageLanguage(), { style: "percent" }),
    );
    this.#muteButton.show(volume === 0 ? "mute" : "unmute", l10n.t("Mute"));
    this.#muteButton.pressed = volume === 0;
  }

  showLoop(loop: boolean): void {
    this.#loops = loop;
    this.#loopButton.pressed = loop;
  }

  /** One step faster or slower, as far as there is one. */
  changeSpeed(by: 1 | -1): void {
    if (this.element.disabled) return;
    const { speed } = this.#sound;
    const next =
      by > 0 ? speeds.find((step) => step > speed) : speeds.filter((step) => step < speed).at(-1);
    if (next !== undefined) this.#set({ speed: next });
  }

  #set(change: Partial<SoundPreferences>): void {
    this.#actions.setSound({ ...this.#sound, ...change });
  }

  #toggleMute(): void {
    const { volume } = this.#sound;
    if (volume > 0) this.#beforeMute = volume;
    this.#set({ volume: volume > 0 ? 0 : this.#beforeMute });
  }

  /** A speed that is none of the steps stands among them as long as it holds. */
  #showSpeed(speed: number): void {
    const offered = [...new Set([...speeds, speed])].sort((one, other) => one - other);
    if (this.#speed.options.length !== offered.length || this.#speed.value !== String(speed)) {
      this.#speed.replaceChildren(
        ...offered.map((step) =>
          createElement("option", { value: String(step) }, formatFactor(step)),
        ),
      );
      this.#speed.value = String(speed);
    }
  }
}
