import * as l10n from "@vscode/l10n";

/** A command of the editor and its keys, as they are before the user changes them. */
export interface EditorKeys {
  /** Where there is neither Command nor Option. */
  readonly shown: readonly string[];
  readonly does: () => string;
}

/** The keys that package.json gives to commands; a test compares them with it. */
export const editorKeys: readonly EditorKeys[] = [
  { shown: ["Ctrl+Alt+Enter"], does: () => l10n.t("Preview Segment") },
  { shown: ["Ctrl+Alt+Shift+Enter"], does: () => l10n.t("Preview Script") },
  { shown: ["Shift+Alt+Enter"], does: () => l10n.t("Preview Segment and Go to Next") },
  { shown: ["Shift+Alt+P"], does: () => l10n.t("Play From Cursor") },
  { shown: ["Ctrl+Alt+PageUp"], does: () => l10n.t("Go to Previous Segment") },
  { shown: ["Ctrl+Alt+PageDown"], does: () => l10n.t("Go to Next Segment") },
  { shown: ["Shift+Alt+PageUp"], does: () => l10n.t("Move Segment Up") },
  { shown: ["Shift+Alt+PageDown"], does: () => l10n.t("Move Segment Down") },
  { shown: ["Ctrl+Alt+Backspace"], does: () => l10n.t("Stop") },
];
