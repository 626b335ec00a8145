import * as vscode from "vscode";
import { rangeOf } from "../common/documentText.ts";
import type { ScriptProblem } from "../../script/model/script.ts";
import { cleanText } from "../../session/connection/inertText.ts";
import type { Diagnostics, Found } from "./diagnostics.ts";
import type { Previews } from "../preview/previews.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import { isText, type Scripts } from "../common/scripts.ts";
import { readDocumentSettings } from "../common/settings.ts";

/** What the problems need. */
export interface ProblemContext {
  readonly scripts: Scripts;
  readonly previews: Previews;
  readonly diagnostics: Diagnostics;
  readonly samples: SampleValues;
  readonly onServiceChanged: (callback: () => void) => vscode.Disposable;
  readonly log: vscode.LogOutputChannel;
}

/** After the last keystroke, how long until problems are looked for, in milliseconds. */
const pauseMs = 400;
/** Where looking takes long, the pause is so many times as long. */
const pauseFactor = 5;

/** The name under which our problems are shown. */
export const problemSource = "scripted-speech";

/**
 * Shows what in a script will not do what its writer meant, on its place in the text: what is found in a pause of typing,
 * and what the service has refused. Until then what is shown stays, and moves with the text as VS Code has it.
 */
export class Problems implements vscode.Disposable {
  readonly #context: ProblemContext;
  readonly #shown = vscode.languages.createDiagnosticCollection("scriptedSpeech");
  readonly #timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #found = new WeakMap<vscode.TextDocument, Found>();
  readonly #listeners: vscode.Disposable;

  constructor(context: ProblemContext) {
    this.#context = context;
    const { scripts, previews, samples, onServiceChanged } = context;
    const lookAtAll = (): void => {
      for (const document of vscode.workspace.textDocuments) this.#lookSoon(document);
    };
    this.#listeners = vscode.Disposable.from(
      this.#shown,
      vscode.workspace.onDidOpenTextDocument((document) => this.#lookSoon(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#lookSoon(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      scripts.onChanged(lookAtAll),
      previews.onChanged((document) => this.#showAgain(document)),
      onServiceChanged(lookAtAll),
      samples.onChanged(lookAtAll),
    );
    lookAtAll();
  }

  dispose(): void {
    this.#listeners.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #lookSoon(document: vscode.TextDocument): void {
    if (!isText(document)) return;
    clearTimeout(this.#timers.get(document));
    const tookMs = this.#found.get(document)?.tookMs ?? 0;
    const timer = setTimeout(
      () => {
        this.#timers.delete(document);
        this.#look(document).catch((error: unknown) =>
          this.#context.log.error(error instanceof Error ? error : String(error)),
        );
      },
      Math.max(pauseMs, tookMs * pauseFactor),
    );
    this.#timers.set(document, timer);
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    if (document.isClosed) return;
    const { scripts, diagnostics } = this.#context;
    if (!scripts.isScript(document)) {
      this.#found.delete(document);
      if (this.#shown.has(document.uri)) this.#shown.delete(document.uri);
      return;
    }
    const isWanted = readDocumentSettings(document.uri).problems;
    const found = isWanted ? await diagnostics.find(document) : nothingFound(document);
    if (!found || found.version !== document.version) return; // the next pause shows it
    this.#found.set(document, found);
    this.#show(document, found);
  }

  #show(document: vscode.TextDocument, { problems }: Found): void {
    const all = [...problems, ...this.#refused(document)];
    if (all.length === 0 && !this.#shown.has(document.uri)) return;
    this.#shown.set(
      document.uri,
      all.map((problem) => diagnosticOf(document, problem)),
    );
  }

  /** What the service has refused may have changed, while the text has not. */
  #showAgain(document: vscode.TextDocument): void {
    const found = this.#found.get(document);
    const refused = this.#refused(document).map(shownMessage);
    const shown = (this.#shown.get(document.uri) ?? []).filter(({ code }) => code === "refused");
    if (refused.join("\n") === shown.map(({ message }) => message).join("\n")) return;
    if (found?.version === document.version) this.#show(document, found);
    else this.#lookSoon(document);
  }

  #refused(document: vscode.TextDocument): readonly ScriptProblem[] {
    const problems = this.#context.previews.find(document)?.problems ?? [];
    return problems.filter(({ code }) => code === "refused");
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    this.#shown.delete(document.uri);
    const { previews, samples } = this.#context;
    if (!previews.find(document)) samples.forget(document.uri); // else the preview still asks for them
  }
}

function nothingFound({ version }: vscode.TextDocument): Found {
  return { version, problems: [], readWith: "", tookMs: 0 };
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
} as const;

/** The sentence of a problem as VS Code shows it: it may quote the script, a voice's name, or the service. */
export function shownMessage({ message }: Pick<ScriptProblem, "message">): string {
  return cleanText(message);
}

function diagnosticOf(document: vscode.TextDocument, problem: ScriptProblem): vscode.Diagnostic {
  const { code, severity = "warning" } = problem;
  const range = rangeOf(document, problem);
  const diagnostic = new vscode.Diagnostic(range, shownMessage(problem), severities[severity]);
  diagnostic.source = problemSource;
  if (code !== undefined) diagnostic.code = code;
  return diagnostic;
}
