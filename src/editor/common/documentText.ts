import * as vscode from "vscode";
import type { Span } from "../../script/model/script.ts";

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

/** A stretch of a document as VS Code has it. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** A document's file name. */
export function fileNameOf(document: vscode.Uri): string {
  return document.path.slice(document.path.lastIndexOf("/") + 1);
}
