import * as vscode from "vscode";
import { segmentAt } from "../script/segmentAt.ts";
import { languageOf, type Scripts } from "./scripts.ts";

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

/** Puts markers into a script that has none, before each paragraph or heading but the first. One undo step. */
export async function insertMarkers(
  document: vscode.TextDocument,
  at: "paragraphs" | "headings",
): Promise<void> {
  const { insertionPoints } = await import("../script/insertionPoints.ts");
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, text } of insertionPoints(document.getText(), languageOf(document), at)) {
    edit.insert(document.uri, document.positionAt(offset), text);
  }
  await vscode.workspace.applyEdit(edit);
}
