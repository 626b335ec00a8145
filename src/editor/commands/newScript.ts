import * as vscode from "vscode";
import { wordsLanguage } from "../common/wordsLanguage.ts";

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
