import * as vscode from "vscode";
import { rangeOf } from "../common/documentText.ts";
import type { Fix, Problem } from "../../language/problems/problem.ts";
import { inertText } from "../../session/connection/inertText.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { problemSource, shownMessage } from "./problems.ts";
import { scriptSelector } from "../common/scripts.ts";

/** Offers what removes a problem, where there is a change that is safe. */
export class QuickFixes implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #diagnostics: Diagnostics;
  readonly #registration: vscode.Disposable;

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
    this.#registration = vscode.languages.registerCodeActionsProvider(scriptSelector, this, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    });
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const ours = diagnostics.filter(({ source }) => source === problemSource);
    if (ours.length === 0) return [];
    const found = await this.#diagnostics.find(document);
    if (!found) return [];
    const actions: vscode.CodeAction[] = [];
    for (const diagnostic of ours) {
      const problem = found.problems.find((one) => isOf(document, one, diagnostic));
      if (!problem) continue;
      const fixes = await this.#diagnostics.fixes(document, problem);
      if (document.version !== found.version) return []; // VS Code asks again
      for (const fix of fixes) actions.push(actionOf(document, fix, diagnostic));
    }
    return actions;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function isOf(
  document: vscode.TextDocument,
  problem: Problem,
  diagnostic: vscode.Diagnostic,
): boolean {
  return (
    problem.code === diagnostic.code &&
    shownMessage(problem) === diagnostic.message &&
    document.positionAt(problem.start).isEqual(diagnostic.range.start)
  );
}

function actionOf(
  document: vscode.TextDocument,
  { title, edits }: Fix,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction {
  const action = new vscode.CodeAction(
    inertText(title.replaceAll("`", "")),
    vscode.CodeActionKind.QuickFix,
  );
  action.edit = new vscode.WorkspaceEdit();
  for (const change of edits) {
    action.edit.replace(document.uri, rangeOf(document, change), change.text);
  }
  action.diagnostics = [diagnostic];
  action.isPreferred = true;
  return action;
}
