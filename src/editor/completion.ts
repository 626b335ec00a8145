import * as vscode from "vscode";
import type { Completion } from "../language/completionsAt.ts";
import type { Scripts } from "./scripts.ts";
import { textOf } from "./documentText.ts";

const kinds = {
  tag: vscode.CompletionItemKind.Keyword,
  setting: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
} as const;

/** Offers tags, their values, and the front matter's keys and values, in scripts only. */
export class Completions implements vscode.CompletionItemProvider, vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #registration: vscode.Disposable;

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
    this.#registration = vscode.languages.registerCompletionItemProvider(
      [{ language: "markdown" }, { language: "plaintext" }],
      this,
      "<",
      '"',
      ":",
    );
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    if (!this.#scripts.isScript(document)) return [];
    const text = textOf(document);
    const offset = document.offsetAt(position);
    const { completionsAt } = await import("../language/language.ts");
    return completionsAt(text, offset).map((completion, at) => itemOf(document, completion, at));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function itemOf(
  document: vscode.TextDocument,
  completion: Completion,
  at: number,
): vscode.CompletionItem {
  const { start, end, label, text, isSnippet, detail, description, kind } = completion;
  const item = new vscode.CompletionItem(label, kinds[kind]);
  item.range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  item.insertText = isSnippet ? new vscode.SnippetString(text) : text;
  // VS Code matches what is typed, the bracket included, with this.
  item.filterText = kind === "tag" ? label.replace(">", "") : label;
  item.sortText = String(at).padStart(3, "0");
  if (kind === "setting") {
    item.command = { command: "editor.action.triggerSuggest", title: "" }; // for its values
  }
  if (detail !== undefined) item.detail = detail;
  if (description !== undefined) item.documentation = new vscode.MarkdownString(description);
  return item;
}
