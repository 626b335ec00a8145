import * as l10n from "@vscode/l10n";

/** A chord such as "Shift+Left", each of its keys by the name that stands on it. */
export function nameChord(chord: string): string {
  return chord.split("+").map(nameKey).join("+");
}

/** A key by the name that stands on it; characters name themselves. */
export function nameKey(key: string): string {
  switch (key) {
    case "Space":
      return l10n.t("Space");
    case "Left":
      return l10n.t("Left");
    case "Right":
      return l10n.t("Right");
    case "Up":
      return l10n.t("Up");
    case "Down":
      return l10n.t("Down");
    case "Home":
      return l10n.t("Home");
    case "End":
      return l10n.t("End");
    case "PageUp":
      return l10n.t("PageUp");
    case "PageDown":
      return l10n.t("PageDown");
    case "Enter":
      return l10n.t("Enter");
    case "Backspace":
      return l10n.t("Backspace");
    case "Escape":
      return l10n.t("Escape");
    case "Shift":
      return l10n.t("Shift");
    case "Ctrl":
      return l10n.t("Ctrl");
    default:
      return key;
  }
}
