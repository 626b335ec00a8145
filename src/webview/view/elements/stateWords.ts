import * as l10n from "@vscode/l10n";
import type { ClipState } from "../../../panel/messages.ts";
import type { ClipSound } from "./clipSound.ts";

/** What a segment's clip is, as the user reads it. */
export function nameState(state: ClipState): string {
  switch (state) {
    case "not spoken":
      return l10n.t("not spoken");
    case "queued":
      return l10n.t("queued");
    case "speaking":
      return l10n.t("speaking");
    case "ready":
      return l10n.t("ready");
    case "changed":
      return l10n.t("changed");
    case "failed":
      return l10n.t("failed");
    case "incomplete":
      return l10n.t("incomplete");
    case "nothing to say":
      return l10n.t("nothing to say");
  }
}

/** What the player does with a clip, as the user reads it; empty where it does nothing. */
export function nameSound(sound: ClipSound): string {
  switch (sound) {
    case "playing":
      return l10n.t("playing");
    case "paused":
      return l10n.t("paused");
    case "waiting":
      return l10n.t("waiting");
    case undefined:
      return "";
  }
}
