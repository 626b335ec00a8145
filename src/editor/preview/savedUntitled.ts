import * as vscode from "vscode";

/**
 * The untitled documents that became files: VS Code saves the text of one as a new document, and closes it then, without telling
 * that they are one.
 */
export class SavedUntitled {
  /** By the untitled one's URI, what its text was saved as. */
  readonly #files = new Map<string, vscode.Uri>();

  /** A document was saved: of an untitled one with the same text it is the file, if that is closed now. */
  noteSaved(document: vscode.TextDocument): void {
    if (document.isUntitled) return;
    const text = wordsOf(document);
    for (const other of vscode.workspace.textDocuments) {
      if (!other.isUntitled || text === "" || wordsOf(other) !== text) continue;
      this.#files.set(other.uri.toString(), document.uri);
    }
  }

  /** The file that a document which was closed has become; asked once. */
  fileOf(closed: vscode.TextDocument): vscode.Uri | undefined {
    const key = closed.uri.toString();
    const file = this.#files.get(key);
    this.#files.delete(key);
    return file;
  }
}

/** A document's text without white space, which saving may trim or add. */
function wordsOf(document: vscode.TextDocument): string {
  return document.getText().replace(/\s+/g, "");
}
