import * as vscode from "vscode";
import { wordsLanguage } from "../common/wordsLanguage.ts";

/** Opens a copy, so that the clips lie where the user can find them and the original stays as it is. */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const example = vscode.Uri.joinPath(extension, "media", "walkthrough", "welcome.speech.md");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const proposed = folder && vscode.Uri.joinPath(folder, "welcome.speech.md");
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Where shall the example lie?"),
    ...(proposed && { defaultUri: proposed }),
    filters: { Markdown: ["md"] },
  });
  if (!target) return;
  await vscode.workspace.fs.copy(example, target, { overwrite: true }); // the dialog has asked
  await vscode.window.showTextDocument(target);
}

/** Opens a new, untitled script, with the cursor in its first words. */
export async function newScript(): Promise<void> {
  const first = vscode.l10n.t("Write here what is to be said.");
  const second = vscode.l10n.t("A flush marker, as above, begins the next segment.");
  const language = wordsLanguage().slice(0, 2); // that of these words
  const content = `---\nspeech:\n  language: ${language}\n---\n\n${first}\n\n<flush/>\n\n${second}\n`;
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  const start = document.positionAt(document.getText().indexOf(first));
  const end = start.translate(0, first.length);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, end) });
}
