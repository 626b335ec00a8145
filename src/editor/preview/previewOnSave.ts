import * as vscode from "vscode";
import { showFailure } from "../common/errors.ts";
import { showInformation } from "../common/notifications.ts";
import type { Previews } from "./previews.ts";
import type { Scripts } from "../common/scripts.ts";

const key = "scriptedSpeech.previewOnSave";

/**
 * Speaks what has changed of a script when it is saved, where its user has asked for that. Who wants it is kept in the extension's
 * own memory of the workspace: no file that a repository could bring can make saving cost anything.
 */
export class PreviewOnSave implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable;

  /** It was turned on or off for a document. */
  readonly onChanged = this.#changed.event;

  constructor(parts: {
    /** The extension's memory of this workspace. */
    readonly memory: vscode.Memento;
    readonly previews: Previews;
    readonly scripts: Scripts;
    readonly log: vscode.LogOutputChannel;
  }) {
    const { memory, previews, scripts, log } = parts;
    this.#memory = memory;
    this.#listeners = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (!this.isOn(document.uri) || !scripts.isScript(document)) return;
        previews
          .get(document)
          .run({ kind: "changed" })
          .catch((error: unknown) => showFailure(error, log));
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) void this.#follow(oldUri, newUri);
      }),
    );
  }

  /** Whether saving this document speaks what has changed of it. */
  isOn(document: vscode.Uri): boolean {
    return this.#scripts.includes(document.toString());
  }

  /** Turns it on where it is off, and off where it is on, and says which. */
  async toggle(document: vscode.Uri): Promise<void> {
    const isOn = !this.isOn(document);
    await this.#set(document, isOn);
    void showInformation(
      isOn
        ? vscode.l10n.t("Preview on save is on for this script, on this computer only.")
        : vscode.l10n.t("Preview on save is off for this script."),
    );
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  get #scripts(): readonly string[] {
    return this.#memory.get<readonly string[]>(key, []);
  }

  async #set(document: vscode.Uri, isOn: boolean): Promise<void> {
    const others = this.#scripts.filter((other) => other !== document.toString());
    await this.#memory.update(key, isOn ? [...others, document.toString()] : others);
    this.#changed.fire();
  }

  async #follow(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    if (!this.isOn(from)) return;
    await this.#set(from, false);
    await this.#set(to, true);
  }
}
