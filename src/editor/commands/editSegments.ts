import * as vscode from "vscode";
import type { InsertBy } from "../../script/edits/insertionPoints.ts";
import type { SegmentEdit, SegmentEditor } from "../../script/edits/segmentEdits.ts";
import { insertMarkers, readingOptions } from "../common/edits.ts";
import { showInStatusBar } from "../common/notifications.ts";
import { pickOne } from "../common/quickInputs.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import { cacheOf } from "../common/parseCaches.ts";
import { rangeOf, textOf } from "../common/documentText.ts";

/** Moves the segment at the cursor before or behind its neighbour, and the cursor with it. */
export async function moveSegment(
  editor: vscode.TextEditor,
  samples: SampleValues,
  by: 1 | -1,
): Promise<void> {
  await change(
    { editor, samples },
    (segments, segment, cursor) => segments.move(segment, by, cursor),
    by < 0
      ? vscode.l10n.t("This segment can't be moved up.")
      : vscode.l10n.t("This segment can't be moved down."),
  );
}

/** Puts a flush marker between the words at the cursor. */
export async function splitSegment(
  editor: vscode.TextEditor,
  samples: SampleValues,
): Promise<void> {
  await change(
    { editor, samples },
    (segments, _segment, cursor) => segments.split(cursor),
    vscode.l10n.t("There is nothing to split here. Place the cursor between two words."),
  );
}

/** Takes away the flush marker behind the segment at the cursor. */
export async function joinWithNext(
  editor: vscode.TextEditor,
  samples: SampleValues,
): Promise<void> {
  await change(
    { editor, samples },
    (segments, segment) => segments.join(segment),
    vscode.l10n.t(
      "This segment can't be joined with the next: more than a flush marker is between them.",
    ),
  );
}

/** Asks what is to become a segment each, and puts the markers. */
export async function chooseMarkers(
  editor: vscode.TextEditor,
  samples: SampleValues,
): Promise<void> {
  const item = (by: InsertBy, label: string): vscode.QuickPickItem & { by: InsertBy } => ({
    by,
    label,
  });
  const choice = await pickOne(
    [
      item("paragraphs", vscode.l10n.t("Paragraphs")),
      ...(editor.document.languageId === "markdown"
        ? [item("headings", vscode.l10n.t("Headings"))]
        : []),
      item("sentences", vscode.l10n.t("Sentences")),
      item("speakers", vscode.l10n.t("Speaker Changes")),
    ],
    { title: vscode.l10n.t("Split the script at") },
  );
  if (!choice) return;
  const count = await insertMarkers(editor.document, samples, choice.by);
  const said =
    count === 0
      ? vscode.l10n.t("There is no place for another flush marker.")
      : count === 1
        ? vscode.l10n.t("{0} flush marker inserted", count)
        : vscode.l10n.t("{0} flush markers inserted", count);
  showInStatusBar(said);
}

type Make = (editor: SegmentEditor, segment: number, cursor: number) => SegmentEdit | undefined;

interface Place {
  readonly editor: vscode.TextEditor;
  readonly samples: SampleValues;
}

/** Makes a change at the cursor of an editor, as one undo step; says so where there is none to be made. */
async function change({ editor, samples }: Place, make: Make, otherwise: string): Promise<void> {
  const { SegmentEditor } = await import("../../script/edits/segmentEdits.ts");
  const { document } = editor;
  const options = await readingOptions(document, samples);
  const { selection } = editor; // as the text, after all that takes time
  const segments = new SegmentEditor(textOf(document), options, cacheOf(document));
  const cursor = document.offsetAt(selection.active);
  const edit = make(segments, segments.segmentAt(cursor), cursor);
  if (!edit) {
    showInStatusBar(otherwise);
    return;
  }
  const isMade = await editor.edit((builder) => {
    for (const change of edit.edits) builder.replace(rangeOf(document, change), change.text);
  });
  if (!isMade) return;
  const position = document.positionAt(edit.cursor);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
