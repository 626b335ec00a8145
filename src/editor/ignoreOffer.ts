import * as vscode from "vscode";
import { showInformation } from "./notifications.ts";

const askedKey = "scriptedSpeech.ignoreAsked";
const pattern = "*.speech/";

/** Offers once for each workspace to keep the clips out of its repository. */
export class IgnoreOffer {
  readonly #memory: vscode.Memento;

  /** `memory` is the workspace's. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** After clips were saved for a document: asks, where there is a repository that does not ignore them yet. */
  async make(document: vscode.Uri): Promise<void> {
    const root = vscode.workspace.getWorkspaceFolder(document)?.uri;
    if (!root || this.#memory.get(askedKey, false) || !(await exists(root, ".git"))) return;
    const file = vscode.Uri.joinPath(root, ".gitignore");
    const text = await readText(file);
    if (text.split(/\r?\n/).some((line) => line.includes(".speech"))) return;
    await this.#memory.update(askedKey, true);
    const add = vscode.l10n.t("Add");
    const chosen = await showInformation(
      vscode.l10n.t(
        "Keep the clips out of the repository? This adds “{0}” to .gitignore.",
        pattern,
      ),
      add,
      vscode.l10n.t("Not Now"),
    );
    if (chosen !== add) return;
    const gap = text === "" || text.endsWith("\n") ? "" : "\n";
    await vscode.workspace.fs.writeFile(file, Buffer.from(`${text}${gap}${pattern}\n`));
  }
}

async function exists(root: vscode.Uri, name: string): Promise<boolean> {
  const found = await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, name)).then(
    () => true,
    () => false,
  );
  return found;
}

/** A file that is not there has no text; one that can't be read must not be overwritten. */
async function readText(file: vscode.Uri): Promise<string> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(file)).toString("utf8");
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return "";
    throw error;
  }
}
