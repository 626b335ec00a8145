import * as vscode from "vscode";
import { writtenSpan } from "../../script/model/segmentAt.ts";
import type { Previews } from "../preview/previews.ts";
import { rangeOf, textOf } from "../common/documentText.ts";
import { ViewFollower } from "./viewFollower.ts";

/** Marks the segment and the word that are being heard, in every editor that shows their document, and keeps them in view. */
export class HeardMark implements vscode.Disposable {
  readonly #previews: Previews;
  #segmentLook = createSegmentLook();
  readonly #wordLook = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.findMatchHighlightBackground"),
    borderColor: new vscode.ThemeColor("editor.findMatchHighlightBorder"),
    border: "1px solid transparent",
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #marks = new WeakMap<vscode.TextEditor, Mark>();
  readonly #followers = new WeakMap<vscode.TextEditor, ViewFollower>();
  readonly #listeners: vscode.Disposable;

  constructor(previews: Previews) {
    this.#previews = previews;
    const markAll = (document: vscode.TextDocument): void => {
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document === document) this.#mark(editor);
      }
    };
    this.#listeners = vscode.Disposable.from(
      this.#wordLook,
      previews.onHeard(markAll),
      previews.onChanged(markAll), // the text may have moved
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) this.#mark(editor);
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        this.#noteView(textEditor);
      }),
      vscode.window.onDidChangeActiveColorTheme(() => {
        this.#segmentLook.dispose();
        this.#segmentLook = createSegmentLook();
        for (const editor of vscode.window.visibleTextEditors) {
          this.#marks.delete(editor);
          this.#mark(editor);
        }
      }),
    );
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#segmentLook.dispose();
  }

  #mark(editor: vscode.TextEditor): void {
    const before = this.#marks.get(editor) ?? nothing;
    const mark = this.#markIn(editor.document);
    if (!isSame(mark.segment, before.segment)) {
      editor.setDecorations(this.#segmentLook, mark.segment ? [mark.segment] : []);
    }
    if (!isSame(mark.word, before.word)) {
      editor.setDecorations(this.#wordLook, mark.word ? [mark.word] : []);
    }
    this.#marks.set(editor, mark);
    this.#follow(editor, placeOf(before), placeOf(mark));
  }

  /** Scrolls when what is heard leaves the view, unless the user has scrolled away from it. */
  #follow(
    editor: vscode.TextEditor,
    from: vscode.Position | undefined,
    to: vscode.Position | undefined,
  ): void {
    if (!to || from?.isEqual(to)) return;
    const follower = this.#followers.get(editor) ?? new ViewFollower();
    this.#followers.set(editor, follower);
    if (!follower.moved({ isFirst: !from, isInView: isInView(editor, to) })) return;
    // Where our view of it is late, it may be in view already.
    const { InCenterIfOutsideViewport } = vscode.TextEditorRevealType;
    editor.revealRange(new vscode.Range(to, to), InCenterIfOutsideViewport);
  }

  #noteView(editor: vscode.TextEditor): void {
    const place = placeOf(this.#marks.get(editor) ?? nothing);
    if (place) this.#followers.get(editor)?.viewed(isInView(editor, place));
  }

  #markIn(document: vscode.TextDocument): Mark {
    const preview = this.#previews.find(document);
    const heard = preview?.heard.segment;
    const [view] = heard === undefined ? [] : (preview?.segments([heard]) ?? []);
    if (!preview || !view) return nothing;
    const word = preview.heard.word;
    return {
      segment: rangeOf(document, writtenSpan(textOf(document), view)),
      word: word && rangeOf(document, word),
    };
  }
}

/** In high contrast themes colours behind text are not seen: there it has an outline. */
function createSegmentLook(): vscode.TextEditorDecorationType {
  const { HighContrast, HighContrastLight } = vscode.ColorThemeKind;
  const { kind } = vscode.window.activeColorTheme;
  const isHighContrast = kind === HighContrast || kind === HighContrastLight;
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.wordHighlightBackground"),
    ...(isHighContrast && {
      outline: "1px dashed",
      outlineColor: new vscode.ThemeColor("contrastActiveBorder"),
    }),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.findMatchForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

/** What is marked in an editor. */
interface Mark {
  readonly segment: vscode.Range | undefined;
  readonly word: vscode.Range | undefined;
}

const nothing: Mark = { segment: undefined, word: undefined };

/** Where what is heard begins: its word, where it is known. */
function placeOf({ word, segment }: Mark): vscode.Position | undefined {
  return (word ?? segment)?.start;
}

function isInView(editor: vscode.TextEditor, place: vscode.Position): boolean {
  return editor.visibleRanges.some((visible) => visible.contains(place));
}

function isSame(one: vscode.Range | undefined, other: vscode.Range | undefined): boolean {
  return one && other ? one.isEqual(other) : one === other;
}
