import * as vscode from "vscode";
import { writtenSpan } from "../script/segmentAt.ts";
import type { Previews } from "./previews.ts";

/** Marks the segment that is being heard, in every editor that shows its document. */
export class HeardMark implements vscode.Disposable {
  readonly #previews: Previews;
  readonly #look = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.wordHighlightStrongBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.findMatchForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #listeners: vscode.Disposable;

  constructor(previews: Previews) {
    this.#previews = previews;
    this.#listeners = vscode.Disposable.from(
      this.#look,
      previews.onChanged((document) => this.#mark(document)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) this.#mark(document);
      }),
    );
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #mark(document: vscode.TextDocument): void {
    const preview = this.#previews.find(document);
    const heard = preview?.heard;
    const [view] = heard === undefined ? [] : (preview?.segments([heard]) ?? []);
    const span = view && writtenSpan(document.getText(), view);
    const ranges = span
      ? [new vscode.Range(document.positionAt(span.start), document.positionAt(span.end))]
      : [];
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) editor.setDecorations(this.#look, ranges);
    }
  }
}
