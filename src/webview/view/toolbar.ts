import * as l10n from "@vscode/l10n";
import { Button } from "./elements/button.ts";
import { CostLine } from "./costLine.ts";
import { createElement } from "./elements/createElement.ts";
import type { Playback } from "../sound/player/playback.ts";

export interface ToolbarActions {
  readonly previewScript: () => void;
  readonly playAll: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
  /** Shows which keys there are. */
  readonly showKeys: () => void;
}

/** What the buttons depend on. */
export interface ToolbarState {
  readonly running: boolean;
  /** Whether there is something to say. */
  readonly speakable: boolean;
  /** Whether there is a clip to play. */
  readonly playable: boolean;
  readonly playback: Playback;
}

/** The buttons for the whole script. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #previewButton: Button;
  readonly #playAllButton: Button;
  readonly #pauseButton: Button;
  readonly #stopButton: Button;
  #paused = false;

  constructor(actions: ToolbarActions) {
    this.#previewButton = new Button({
      icon: "megaphone",
      label: l10n.t("Preview script"),
      className: "primary",
      press: actions.previewScript,
    });
    this.#previewButton.element.setAttribute("aria-describedby", CostLine.id);
    this.#playAllButton = new Button({
      icon: "run-all",
      label: l10n.t("Play all"),
      className: "secondary",
      brief: true,
      press: actions.playAll,
    });
    this.#pauseButton = new Button({
      icon: "debug-pause",
      label: l10n.t("Pause"),
      className: "secondary",
      brief: true,
      shortcut: "Space",
      press: () => (this.#paused ? actions.resume() : actions.pause()),
    });
    this.#stopButton = new Button({
      icon: "debug-stop",
      label: l10n.t("Stop"),
      className: "secondary",
      brief: true,
      shortcut: "S",
      press: actions.stop,
    });
    const keysButton = new Button({
      icon: "keyboard",
      label: l10n.t("Show keyboard shortcuts"),
      className: "action",
      iconOnly: true,
      shortcut: "?",
      press: actions.showKeys,
    });
    this.element = createElement(
      "div",
      { class: "toolbar", role: "group", "aria-label": l10n.t("Playback") },
      this.#previewButton.element,
      this.#playAllButton.element,
      this.#pauseButton.element,
      this.#stopButton.element,
      keysButton.element,
    );
  }

  show({ running, speakable, playable, playback }: ToolbarState): void {
    const silent = playback.phase === "silent";
    this.#paused = playback.phase === "paused";
    const preview = this.#previewButton.element;
    const hadFocus = document.activeElement === preview;
    this.#previewButton.enabled = speakable && !running; // it keeps its place, so that no other comes under the pointer
    this.#playAllButton.enabled = playable;
    this.#pauseButton.enabled = !silent;
    this.#pauseButton.show(
      this.#paused ? "debug-continue" : "debug-pause",
      this.#paused ? l10n.t("Resume") : l10n.t("Pause"),
    );
    this.#stopButton.enabled = running || !silent;
    if (running && hadFocus) this.#stopButton.element.focus();
  }
}
