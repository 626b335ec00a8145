import * as vscode from "vscode";
import { ignoreClips, ignorePattern, ignoresClips } from "../../clips/ignoreFile.ts";
import { showInformation } from "../common/notifications.ts";

const askedKey = "scriptedSpeech.ignoreAsked";

/** Offers once for each workspace to keep the clips out of its repository. */
export class IgnoreOffer {
  readonly #memory: vscode.Memento;

  /** `memory` is the workspace's. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /**
   * After clips were saved for a document: asks, where there is a repository that does not ignore them yet.
   * @throws ClipError where they can't be ignored.
   */
  async make(document: vscode.Uri): Promise<void> {
    const root = vscode.workspace.getWorkspaceFolder(document)?.uri;
    if (!root || this.#memory.get(askedKey, false) || !(await exists(root, ".git"))) return;
    if (await ignoresClips(root.fsPath)) return;
    await this.#memory.update(askedKey, true);
    const add = vscode.l10n.t("Add");
    const chosen = await showInformation(
      vscode.l10n.t(
        "Keep the clips out of the repository? This adds “{0}” to .gitignore.",
        ignorePattern,
      ),
      add,
      vscode.l10n.t("Not Now"),
    );
    if (chosen === add) await ignoreClips(root.fsPath);
  }
}

async function exists(root: vscode.Uri, name: string): Promise<boolean> {
  const found = await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, name)).then(
    () => true,
    () => false,
  );
  return found;
}
