import * as vscode from "vscode";
import type { InsertBy } from "../../script/edits/insertionPoints.ts";
import type { ReadOptions } from "../../script/reader/replaceWords.ts";
import { segmentAt } from "../../script/model/segmentAt.ts";
import type { SampleValues } from "./sampleValues.ts";
import { languageOf, type Scripts } from "./scripts.ts";
import { readDocumentSettings } from "./settings.ts";
import { textOf } from "./documentText.ts";

const marker = "<flush/>";

/** The index of the segment at a position; a position in a marker belongs to the segment after it. */
export function segmentAtPosition(
  document: vscode.TextDocument,
  scripts: Scripts,
  position: vscode.Position,
): number {
  return segmentAt(scripts.scan(document).segments, document.offsetAt(position));
}

/** Puts the cursor where a segment's text begins, and shows it. */
export async function goToSegment(
  document: vscode.TextDocument,
  scripts: Scripts,
  segment: number,
): Promise<void> {
  const span = scripts.segments(document)[segment];
  if (!span) return;
  const position = document.positionAt(span.start);
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const range = new vscode.Range(position, position);
  const editor = await vscode.window.showTextDocument(document, {
    selection: range,
    ...(open?.viewColumn !== undefined && { viewColumn: open.viewColumn }),
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Puts a flush marker at each cursor; what is selected stays. */
export async function insertMarkerAtCursors(editor: vscode.TextEditor): Promise<void> {
  await editor.edit((edit) => {
    for (const { active } of editor.selections) edit.insert(active, marker);
  });
}

/**
 * Puts markers into a script, before each paragraph, heading, sentence or speech but the first, where none stands. One undo
 * step. @returns how many
 */
export async function insertMarkers(
  document: vscode.TextDocument,
  samples: SampleValues,
  by: InsertBy,
): Promise<number> {
  const { insertionPoints } = await import("../../script/edits/insertionPoints.ts");
  const options = {
    ...(await readingOptions(document, samples)),
    spoken: readDocumentSettings(document.uri).language,
  };
  const { version } = document;
  const points = insertionPoints(textOf(document), options, by);
  if (points.length === 0 || document.version !== version) return 0;
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, text } of points) {
    edit.insert(document.uri, document.positionAt(offset), text);
  }
  return (await vscode.workspace.applyEdit(edit)) ? points.length : 0;
}

/** How a document is read, by whoever reads it; what its front matter adds, its speakers too, is the reader's to find. */
export async function readingOptions(
  document: vscode.TextDocument,
  samples: SampleValues,
): Promise<ReadOptions & Required<Pick<ReadOptions, "markers">>> {
  const hasVariables = textOf(document).includes("{{"); // else the disk is not asked
  const values = hasVariables ? await samples.valuesOf(document.uri) : undefined;
  const { markers, pronunciations, skip, only } = readDocumentSettings(document.uri);
  return { language: languageOf(document), markers, pronunciations, skip, only, values };
}
