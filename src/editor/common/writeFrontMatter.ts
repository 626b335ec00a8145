import * as vscode from "vscode";
import { rangeOf } from "./documentText.ts";

/**
 * Writes a value into a document's front matter, in one step to be undone; what else stands there stays as it is.
 * @param keys where, from the top of the YAML.
 * @returns false where that can't be done: the front matter is not one that we understand, or the document can't be changed.
 */
export async function writeFrontMatter(
  document: vscode.TextDocument,
  keys: readonly string[],
  value: string,
): Promise<boolean> {
  const { setFrontMatterValue } = await import("../../script/frontMatter/frontMatterEdits.ts");
  const change = setFrontMatterValue(document.getText(), keys, value);
  if (!change) return false;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, change), change.text);
  return vscode.workspace.applyEdit(edit);
}
