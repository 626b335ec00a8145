import * as vscode from "vscode";
import { useClip, type ClipPlace, type UseClip, type UseSegment } from "./clipActions.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import { segmentAtPosition } from "../common/edits.ts";
import { showInformation } from "../common/notifications.ts";
import type { Previews } from "../preview/previews.ts";
import type { Scripts } from "../common/scripts.ts";
import { scriptUri } from "../common/spokenUri.ts";

/** Where a command acts. */
export interface CommandPlace {
  readonly document: vscode.TextDocument;
  readonly selection: vscode.Selection;
}

/** Finds what a command is for, and does it there; where there is no script, says so and does nothing. */
export class CommandPlaces {
  readonly #previews: Previews;
  readonly #scripts: Scripts;

  constructor(previews: Previews, scripts: Scripts) {
    this.#previews = previews;
    this.#scripts = scripts;
  }

  /** The segment at a place's cursor. */
  segmentAt({ document, selection }: CommandPlace): number {
    return segmentAtPosition(document, this.#scripts, selection.active);
  }

  /** For a command that needs the document, or what is selected in it. */
  async withPlace(
    uri: vscode.Uri | undefined,
    use: (place: CommandPlace) => Promise<void>,
  ): Promise<void> {
    const document = await this.#documentFor(uri);
    if (document) await use({ document, selection: selectionIn(document) });
  }

  /** For a command that needs the document's preview. */
  withPreview(
    uri: vscode.Uri | undefined,
    use: (preview: DocumentPreview) => Promise<void>,
  ): Promise<void> {
    return this.withPlace(uri, ({ document }) => use(this.#previews.get(document)));
  }

  /** For a command that needs a segment: the one given, or the one at the cursor. */
  withSegment(at: ClipPlace | undefined, use: UseSegment): Promise<void> {
    return this.withPlace(at && vscode.Uri.parse(at.document), (place) =>
      use(this.#previews.get(place.document), at?.segment ?? this.segmentAt(place)),
    );
  }

  /** For a command that needs the clip of a segment. */
  withClip(at: ClipPlace | undefined, use: UseClip): Promise<void> {
    return this.withSegment(at, (preview, segment) => useClip(preview, segment, use));
  }

  /** The document that a command is for: the one given, the active editor's, or that of the active panel. */
  async #documentFor(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
    if (uri instanceof vscode.Uri) return vscode.workspace.openTextDocument(uri);
    const active = this.#previews.active();
    const script = active && scriptUri(active.uri);
    if (script) return vscode.workspace.openTextDocument(script);
    if (!active) {
      void showInformation(vscode.l10n.t("Open a script first."));
    }
    return active;
  }
}

/** What is selected, or the word at the cursor. */
export function wordAt({ document, selection }: CommandPlace): string {
  const range = selection.isEmpty
    ? document.getWordRangeAtPosition(selection.active, /[\p{L}\p{M}\p{N}_]+/u)
    : selection;
  return range ? document.getText(range).replace(/\s+/g, " ").trim() : "";
}

function selectionIn(document: vscode.TextDocument): vscode.Selection {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const editor = editors.find((candidate) => candidate?.document === document);
  return editor?.selection ?? new vscode.Selection(0, 0, 0, 0);
}
