import * as vscode from "vscode";
import { silentSpans, type SilentSpan } from "../../script/model/silence.ts";
import type { Script } from "../../script/model/script.ts";
import { rangeOf, textOf } from "../common/documentText.ts";
import { markdown } from "../common/inertMarkdown.ts";
import { readScript } from "../common/readScript.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import { scriptSelector, type Scripts } from "../common/scripts.ts";

/** After the last keystroke, how long until what is silent is shown, in milliseconds; till then it moves with the text. */
const pauseMs = 400;

/** Fades what of a script is not spoken, and says in a hover why. Markers and speakers' names have looks of their own. */
export class SilenceLooks implements vscode.HoverProvider, vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #samples: SampleValues;
  readonly #log: vscode.LogOutputChannel;
  readonly #look = vscode.window.createTextEditorDecorationType({
    color: new vscode.ThemeColor("scriptedSpeech.silentForeground"),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #listeners: vscode.Disposable;
  readonly #read = new WeakMap<vscode.TextDocument, { version: number; script: Script }>();
  readonly #decorated = new WeakSet<vscode.TextEditor>();
  #timer: NodeJS.Timeout | undefined;

  constructor(scripts: Scripts, samples: SampleValues, log: vscode.LogOutputChannel) {
    this.#scripts = scripts;
    this.#samples = samples;
    this.#log = log;
    this.#listeners = vscode.Disposable.from(
      this.#look,
      vscode.languages.registerHoverProvider(scriptSelector, this),
      scripts.onChanged(() => this.#showSoon(0)),
      samples.onChanged(() => this.#showSoon(0)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#showSoon(0)),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#show(textEditor)),
      vscode.workspace.onDidChangeTextDocument(({ contentChanges }) => {
        if (contentChanges.length > 0) this.#showSoon(pauseMs);
      }),
    );
    this.#showSoon(pauseMs); // what reads a script is loaded when the editor is there
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    if (!this.#scripts.isScript(document)) return undefined;
    const script = await this.#scriptOf(document);
    const { describeSilence } = await import("../../language/language.ts");
    const offset = document.offsetAt(position);
    const part = { start: offset, end: offset };
    const found = [...silentSpans(script, part)].find(
      (span) => isFaded(span) && span.start <= offset && offset <= span.end,
    );
    if (!found) return undefined;
    const text = markdown().appendText(describeSilence(found.reason));
    return new vscode.Hover(text, rangeOf(document, found));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.dispose();
  }

  #showSoon(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#readAll().catch((error: unknown) => this.#log.error(String(error)));
    }, afterMs);
  }

  async #readAll(): Promise<void> {
    for (const editor of vscode.window.visibleTextEditors) {
      if (this.#scripts.isScript(editor.document)) await this.#scriptOf(editor.document);
      this.#show(editor);
    }
  }

  async #scriptOf(document: vscode.TextDocument): Promise<Script> {
    const script = await readScript(document, this.#samples);
    this.#read.set(document, { version: document.version, script });
    return script;
  }

  /** Fades what is in view, where the text is as it was read. */
  #show(editor: vscode.TextEditor): void {
    const { document, visibleRanges } = editor;
    const isScript = this.#scripts.isScript(document);
    if (!isScript) {
      if (this.#decorated.delete(editor)) editor.setDecorations(this.#look, []);
      return;
    }
    const read = this.#read.get(document);
    if (read?.version !== document.version) return;
    this.#decorated.add(editor);
    const length = textOf(document).length;
    const spans = visibleRanges.flatMap(({ start, end }) => {
      const line = document.lineAt(Math.min(end.line, document.lineCount - 1));
      const part = { start: document.offsetAt(start), end: document.offsetAt(line.range.end) };
      return [...silentSpans(read.script, part)].filter(
        (span) =>
          isFaded(span) && span.start <= part.end && span.end >= part.start && span.end <= length,
      );
    });
    editor.setDecorations(
      this.#look,
      spans.map((span) => rangeOf(document, span)),
    );
  }
}

function isFaded({ reason }: SilentSpan): boolean {
  return reason !== "marker" && reason !== "speaker";
}
