import type * as vscode from "vscode";
import type { ScriptReader } from "../../script/reader/scriptReader.ts";

const texts = new WeakMap<
  vscode.TextDocument,
  { readonly version: number; readonly text: string }
>();

/** A document's text, joined once for each version: VS Code joins its lines anew each time that it is asked. */
export function textOf(document: vscode.TextDocument): string {
  const { version } = document;
  const known = texts.get(document);
  if (known?.version === version) return known.text;
  const text = document.getText();
  texts.set(document, { version, text });
  return text;
}

/** A document's file name. */
export function fileNameOf(document: vscode.Uri): string {
  return document.path.slice(document.path.lastIndexOf("/") + 1);
}

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
