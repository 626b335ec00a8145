import * as vscode from "vscode";

/** Of the addresses of spoken forms. */
export const scheme = "scripted-speech-spoken";

/** The address of a document's spoken form. By its end VS Code knows its language, for which lines are wrapped. */
export function spokenUri(document: vscode.Uri): vscode.Uri {
  const name = document.path.replace(/(?:\.speech)?\.[^./]*$/, "");
  const path = `${name.startsWith("/") ? "" : "/"}${name}.spoken`;
  return vscode.Uri.from({ scheme, path, query: document.toString() });
}

/** The document that a spoken form is of; `undefined` where the address is none of a spoken form. */
export function scriptUri(uri: vscode.Uri): vscode.Uri | undefined {
  return uri.scheme === scheme ? vscode.Uri.parse(uri.query) : undefined;
}
