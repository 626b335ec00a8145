import * as vscode from "vscode";
import { markedSpans } from "../../script/outline/markedSpans.ts";
import type { Span } from "../../script/model/script.ts";
import { segmentAt } from "../../script/model/segmentAt.ts";
import { rangeOf, textOf } from "../common/documentText.ts";
import type { Scripts } from "../common/scripts.ts";

/** Colours what of a script is not said as it stands, rules off its segments, and marks the one that the cursor is in. */
export class MarkerLooks implements vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #looks = createLooks();
  readonly #listeners: vscode.Disposable;
  /** The editors that have been decorated: others that show no script are left alone. */
  readonly #decorated = new WeakSet<vscode.TextEditor>();

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
    this.#listeners = vscode.Disposable.from(
      ...Object.values(this.#looks),
      scripts.onChanged(() => this.#showAll()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#showAll()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#show(textEditor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#mark(textEditor)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#showAll(document);
      }),
    );
    this.#showAll();
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #showAll(document?: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (!document || editor.document === document) this.#show(editor);
    }
  }

  #show(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (!this.#scripts.isScript(document)) {
      if (!this.#decorated.delete(editor)) return;
      for (const look of Object.values(this.#looks)) editor.setDecorations(look, []);
      return;
    }
    this.#decorated.add(editor);
    const text = textOf(document);
    const scan = this.#scripts.scan(document);
    const found = partsInView(editor).map((part) => markedSpans(text, scan, part));
    const rangesOf = (spans: readonly Span[]): vscode.Range[] =>
      spans.map((span) => rangeOf(document, span));
    const markers = rangesOf(found.flatMap((part) => part.markers));
    editor.setDecorations(this.#looks.marker, markers);
    editor.setDecorations(this.#looks.tag, rangesOf(found.flatMap(({ tags }) => tags)));
    editor.setDecorations(this.#looks.speaker, rangesOf(found.flatMap((part) => part.speakers)));
    const beginsLine = ({ start }: vscode.Range): boolean =>
      start.character <= document.lineAt(start.line).firstNonWhitespaceCharacterIndex;
    editor.setDecorations(this.#looks.rule, markers.filter(beginsLine));
    editor.setDecorations(
      this.#looks.cut,
      markers.filter((range) => !beginsLine(range)),
    );
    this.#mark(editor);
  }

  /** Puts a bar beside what is in view of the segment that the cursor is in. */
  #mark(editor: vscode.TextEditor): void {
    if (!this.#decorated.has(editor)) return;
    const { document, selection, visibleRanges } = editor;
    const scan = this.#scripts.scan(document);
    const segments = this.#scripts.segments(document);
    const index = segmentAt(scan.segments, document.offsetAt(selection.active));
    const { start = 0, end = 0 } = segments[index] ?? {};
    const range = rangeOf(document, { start, end });
    const isOne = segments.length < 2 || start === end; // then there is nothing to tell apart
    const seen = visibleRanges.flatMap((visible) => visible.intersection(range) ?? []);
    editor.setDecorations(this.#looks.current, isOne ? [] : seen);
  }
}

/** What is in view, in whole lines. */
function partsInView({ document, visibleRanges }: vscode.TextEditor): Span[] {
  return visibleRanges.map(({ start, end }) => ({
    start: document.offsetAt(start.with({ character: 0 })),
    end: document.offsetAt(document.lineAt(end.line).range.end),
  }));
}

type Look = "marker" | "rule" | "cut" | "tag" | "speaker" | "current";

function createLooks(): Readonly<Record<Look, vscode.TextEditorDecorationType>> {
  const color = (name: string): vscode.ThemeColor =>
    new vscode.ThemeColor(`scriptedSpeech.${name}`);
  const create = (look: vscode.DecorationRenderOptions): vscode.TextEditorDecorationType =>
    vscode.window.createTextEditorDecorationType({
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      ...look,
    });
  const border = (name: string, borderWidth: string): vscode.DecorationRenderOptions => ({
    borderColor: color(name),
    borderStyle: "solid",
    borderWidth,
  });
  return {
    marker: create({ color: color("markerForeground") }),
    rule: create({ ...border("markerRule", "1px 0 0 0"), isWholeLine: true }),
    cut: create(border("markerRule", "0 0 0 1px")),
    tag: create({ color: color("tagForeground") }),
    speaker: create({ color: color("speakerForeground"), fontWeight: "bold" }),
    current: create({ ...border("currentSegmentBorder", "0 0 0 2px"), isWholeLine: true }),
  };
}
