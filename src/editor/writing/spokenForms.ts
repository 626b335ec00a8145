import * as vscode from "vscode";
import { rangeOf } from "../common/documentText.ts";
import { segmentAt } from "../../script/model/segmentAt.ts";
import {
  blockAt,
  blockOf,
  spokenForm,
  type SpokenForm,
} from "../../script/transcript/spokenForm.ts";
import { silentSpans } from "../../script/model/silence.ts";
import { textOf } from "../common/documentText.ts";
import { readScript } from "../common/readScript.ts";
import { scheme, scriptUri, spokenUri } from "../common/spokenUri.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import type { Previews } from "../preview/previews.ts";
import type { Scripts } from "../common/scripts.ts";

/** UTF-16 units of a silent stretch that its line has at most. */
const mostListed = 200;
/** After a change, how long until a spoken form follows, in milliseconds: it is not redrawn with each key. */
const followAfterMs = 100;

/** A spoken form that is open, as it was last shown. */
interface Shown {
  readonly document: vscode.Uri;
  form: SpokenForm;
  following: NodeJS.Timeout | undefined;
}

/**
 * Shows the spoken forms of scripts as read-only documents, up to date while the scripts are written, and in step with
 * them: where the cursor is in the one, the other shows and marks the segment. No cursor is moved, so neither follows itself.
 */
export class SpokenForms implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #previews: Previews;
  readonly #scripts: Scripts;
  readonly #samples: SampleValues;
  readonly #shown = new Map<string, Shown>();
  /** The addresses of those that list, too, what is not spoken. */
  readonly #listing = new Set<string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #look = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    borderColor: new vscode.ThemeColor("editor.rangeHighlightBorder"),
    isWholeLine: true,
  });
  readonly #numbers = vscode.window.createTextEditorDecorationType({
    after: {
      color: new vscode.ThemeColor("editorCodeLens.foreground"),
      margin: "0 0 0 1em",
    },
  });
  readonly #listeners: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(previews: Previews, scripts: Scripts, samples: SampleValues) {
    this.#previews = previews;
    this.#scripts = scripts;
    this.#samples = samples;
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      previews.onChanged((document) => this.#followSoon(document)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        // A cursor that was only shifted by a change of the text is not where the user is.
        const isMeant = kind !== undefined || textEditor === vscode.window.activeTextEditor;
        if (isMeant) this.#step(textEditor);
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.#number(editors)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme !== scheme) return;
        this.#number(vscode.window.visibleTextEditors);
        const { activeTextEditor } = vscode.window;
        if (activeTextEditor) this.#step(activeTextEditor);
      }),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        const spoken = spokenUri(uri); // its script was closed, and its preview with it
        if (this.#shown.has(spoken.toString())) this.#changed.fire(spoken);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
    );
  }

  /**
   * Opens a document's spoken form beside it; the focus stays.
   * @param listsSilence whether what is not spoken is listed below it.
   */
  async show(document: vscode.TextDocument, listsSilence = false): Promise<void> {
    const uri = spokenUri(document.uri);
    const key = uri.toString();
    if (listsSilence !== this.#listing.has(key)) {
      if (listsSilence) this.#listing.add(key);
      else this.#listing.delete(key);
      this.#changed.fire(uri);
    }
    const spoken = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(spoken, {
      viewColumn: editorOf(uri)?.viewColumn ?? vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    const editor = vscode.window.visibleTextEditors.find((open) => open.document === document);
    if (editor) this.#step(editor);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const document = await vscode.workspace.openTextDocument(scriptUri(uri) ?? uri);
    const { readSegments, soundOf } = await this.#previews.get(document).read();
    const spoken = spokenForm(readSegments, soundOf);
    const isListing = this.#listing.has(uri.toString());
    const list = isListing ? await this.#listSilence(document) : "";
    const form = { ...spoken, text: spoken.text + list };
    const known = this.#shown.get(uri.toString());
    if (known) known.form = form;
    else this.#shown.set(uri.toString(), { document: document.uri, form, following: undefined });
    return form.text;
  }

  dispose(): void {
    this.#listeners.dispose();
    for (const { following } of this.#shown.values()) clearTimeout(following);
    this.#look.dispose();
    this.#numbers.dispose();
    this.#changed.dispose();
  }

  /** What is not spoken, a line each: where it stands, the text, and why. */
  async #listSilence(document: vscode.TextDocument): Promise<string> {
    const script = await readScript(document, this.#samples);
    const { describeSilence } = await import("../../language/language.ts");
    const lines = [...silentSpans(script)].map(({ start, end, reason }) => {
      const place = document.positionAt(start).line + 1;
      const text = textOf(document).slice(start, end).replace(/\s+/g, " ").trim();
      const shown = text.length > mostListed ? `${text.slice(0, mostListed)}…` : text;
      return `${vscode.l10n.t("Line {0}", place)}: ${shown}  (${describeSilence(reason)})\n`;
    });
    return lines.length === 0 ? "" : `\n\n${lines.join("")}`;
  }

  #forget(uri: vscode.Uri): void {
    this.#listing.delete(uri.toString());
    clearTimeout(this.#shown.get(uri.toString())?.following);
    this.#shown.delete(uri.toString());
  }

  #followSoon(document: vscode.TextDocument): void {
    if (this.#shown.size === 0) return;
    const uri = spokenUri(document.uri);
    const shown = this.#shown.get(uri.toString());
    if (!shown) return;
    shown.following ??= setTimeout(() => {
      shown.following = undefined;
      if (!document.isClosed) this.#changed.fire(uri); // VS Code leaves a text alone that has not changed
    }, followAfterMs);
  }

  /** Shows in the one what the cursor is at in the other. */
  #step(editor: vscode.TextEditor): void {
    if (this.#shown.size === 0) return;
    const { document, selection } = editor;
    const offset = document.offsetAt(selection.active);
    if (document.uri.scheme === scheme) {
      const shown = this.#shown.get(document.uri.toString());
      const segment = shown && blockAt(shown.form, offset)?.segment;
      const other = shown && editorOf(shown.document);
      const span = segment === undefined || !other ? undefined : this.#span(other, segment);
      if (other && span) this.#reveal(other, span, editor);
      return;
    }
    const spoken = spokenUri(document.uri);
    const shown = this.#shown.get(spoken.toString());
    const other = shown && editorOf(spoken);
    if (!other) return;
    const block = blockOf(shown.form, segmentAt(this.#scripts.scan(document).segments, offset));
    if (block) this.#reveal(other, rangeOf(other.document, block), editor);
  }

  #span({ document }: vscode.TextEditor, segment: number): vscode.Range | undefined {
    const span = this.#scripts.segments(document)[segment];
    return span && rangeOf(document, span);
  }

  #reveal(other: vscode.TextEditor, range: vscode.Range, from: vscode.TextEditor): void {
    from.setDecorations(this.#look, []);
    other.setDecorations(this.#look, [range]);
    other.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Puts behind each rule the number of its segment: not in the text, where one more would change them all. */
  #number(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const shown = this.#shown.get(editor.document.uri.toString());
      if (!shown || editor.document.getText() !== shown.form.text) continue;
      editor.setDecorations(
        this.#numbers,
        shown.form.blocks.map(({ segment, start }) => {
          const { line } = editor.document.positionAt(start);
          const contentText = vscode.l10n.t("Segment {0}", segment + 1);
          const { range } = editor.document.lineAt(line - 1);
          return { range, renderOptions: { after: { contentText } } };
        }),
      );
    }
  }
}

function editorOf(uri: vscode.Uri): vscode.TextEditor | undefined {
  const key = uri.toString();
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === key);
}
