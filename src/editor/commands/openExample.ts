import * as vscode from "vscode";

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
