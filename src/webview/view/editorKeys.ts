/** A command of the editor and its keys, as they are before the user changes them. */
export interface EditorKeys {
  /** Where there is neither Command nor Option. */
  readonly shown: readonly string[];
  readonly does: string;
}

/** The keys that package.json gives to commands; a test compares them with it. */
export const editorKeys: readonly EditorKeys[] = [
  { shown: ["Ctrl+Alt+Enter"], does: "Preview Segment" },
  { shown: ["Ctrl+Alt+Shift+Enter"], does: "Preview Script" },
  { shown: ["Shift+Alt+Enter"], does: "Preview Segment and Go to Next" },
  { shown: ["Shift+Alt+P"], does: "Play From Cursor" },
  { shown: ["Ctrl+Alt+PageUp"], does: "Go to Previous Segment" },
  { shown: ["Ctrl+Alt+PageDown"], does: "Go to Next Segment" },
  { shown: ["Shift+Alt+PageUp"], does: "Move Segment Up" },
  { shown: ["Shift+Alt+PageDown"], does: "Move Segment Down" },
  { shown: ["Ctrl+Alt+Backspace"], does: "Stop" },
];
