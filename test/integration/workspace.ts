import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";

export const root = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
export const inWorkspace = (name: string): string => join(root(), name);

/** Waits until a condition holds; fails with what it last saw. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) assert.fail(`still ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Opens a new Markdown file; its clips lie in the folder that `clipFolder` names. */
export async function open(text: string): Promise<vscode.TextEditor> {
  const name = `try-${randomUUID()}.md`; // each file of tests is a bundle of its own
  await writeFile(inWorkspace(name), text);
  const document = await vscode.workspace.openTextDocument(inWorkspace(name));
  return vscode.window.showTextDocument(document);
}

export async function lensTitles(document: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    1000,
  );
  return lenses.map(({ command }) => command?.title ?? "");
}

export const clipFolder = ({ uri }: vscode.TextDocument): string =>
  uri.fsPath.replace(/\.md$/, ".speech");

export async function clipNames(document: vscode.TextDocument): Promise<string[]> {
  const names = await readdir(clipFolder(document)).catch(() => []);
  return names.filter((name) => name.startsWith("flush_")).sort();
}

export const edit = async (editor: vscode.TextEditor, from: string, to: string): Promise<void> => {
  const start = editor.document.getText().indexOf(from);
  const { document } = editor;
  const range = new vscode.Range(
    document.positionAt(start),
    document.positionAt(start + from.length),
  );
  await editor.edit((change) => change.replace(range, to));
};

/** Stops what runs, closes all editors, and removes what tests made. */
export async function clear(): Promise<void> {
  await vscode.commands.executeCommand("scriptedSpeech.stop");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  for (const name of await readdir(root())) {
    if (name.startsWith("try")) await rm(inWorkspace(name), { recursive: true, force: true });
  }
}
