import * as vscode from "vscode";
import type { Previews } from "./previews.ts";

/** Shows what in a script will not do what its writer meant, on its place in the text. */
export class Problems implements vscode.Disposable {
  readonly #previews: Previews;
  readonly #shown = vscode.languages.createDiagnosticCollection("scriptedSpeech");
  readonly #listeners: vscode.Disposable;

  constructor(previews: Previews) {
    this.#previews = previews;
    this.#listeners = vscode.Disposable.from(
      this.#shown,
      previews.onChanged((document) => this.#show(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri)),
    );
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #show(document: vscode.TextDocument): void {
    const problems = this.#previews.find(document)?.problems ?? [];
    const known = this.#shown.get(document.uri) ?? [];
    if (problems.length === 0 && known.length === 0) return;
    const diagnostics = problems.map(({ start, end, message }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
      diagnostic.source = "scripted-speech";
      return diagnostic;
    });
    this.#shown.set(document.uri, diagnostics);
  }
}
