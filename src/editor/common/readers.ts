import type * as vscode from "vscode";
import type { ScriptReader } from "../../script/reader/scriptReader.ts";

const readers = new WeakMap<vscode.TextDocument, ScriptReader>();

/**
 * What reads a document, for all who ask what it says: preview, problems, edits. The next reading costs what has changed since
 * the last one, whoever asked for that. It is loaded with the first document.
 */
export async function readerOf(document: vscode.TextDocument): Promise<ScriptReader> {
  const { ScriptReader } = await import("../../script/reader/scriptReader.ts");
  const reader = readers.get(document) ?? new ScriptReader();
  readers.set(document, reader);
  return reader;
}
