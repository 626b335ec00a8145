import * as vscode from "vscode";
import { describeDocument } from "../common/describeDocument.ts";
import { DocumentPreview, type PreviewContext } from "./documentPreview.ts";
import { showFailure } from "../common/errors.ts";
import { panelType } from "../panel/strayPanels.ts";
import { scriptUri } from "../common/spokenUri.ts";
import { contextPaths } from "../common/scripts.ts";
import { onSettingsChanged } from "../common/settings.ts";
import { SavedUntitled } from "./savedUntitled.ts";
import { SoundTurns } from "../panel/soundTurns.ts";

/** The previews of all open documents: made when first asked for, ended with their documents. */
export class Previews implements vscode.Disposable {
  readonly #context: PreviewContext;
  readonly #previews = new Map<string, DocumentPreview>();
  readonly #turns = new SoundTurns();
  readonly #savedUntitled = new SavedUntitled();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #heardOther = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #listeners: vscode.Disposable;
  #menuContext = "";

  /** What is known of this document has changed. */
  readonly onChanged = this.#changed.event;
  /** Of this document another segment or word is being heard, or none. */
  readonly onHeard = this.#heardOther.event;

  constructor(
    context: PreviewContext,
    onServiceChanged: (callback: () => void) => vscode.Disposable,
  ) {
    this.#context = context;
    const readAll = (): void => this.#previews.forEach((preview) => preview.readSoon());
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#reopen(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.find(document)?.readSoon()),
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.#savedUntitled.noteSaved(document);
        this.#settle(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#close(document)),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) =>
        closed.forEach((tab) => this.#leave(tab)),
      ),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const file of files) void this.#followAll(file);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#openKnown()),
      vscode.window.registerWebviewPanelSerializer(panelType, {
        deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
      }),
      onSettingsChanged(readAll),
      context.samples.onChanged((uri) => this.#previews.get(uri.toString())?.readSoon()),
      context.soundMemory.onChanged((from) => {
        for (const { panel } of this.#previews.values()) if (panel !== from) panel.showSound();
      }),
      onServiceChanged(readAll),
      context.voices.names.onChanged(() => {
        for (const preview of this.#previews.values()) preview.showVoices();
      }),
    );
    this.#openKnown();
  }

  /** The preview of a document, where it has one already. */
  find(document: vscode.TextDocument): DocumentPreview | undefined {
    return this.#previews.get(document.uri.toString());
  }

  /** The preview of a document. */
  get(document: vscode.TextDocument): DocumentPreview {
    const known = this.find(document);
    if (known) return known;
    const preview = new DocumentPreview(document, this.#context, this.#turns);
    preview.onChanged(() => {
      this.#changed.fire(preview.document);
      this.#tellContext();
      if (preview.document.isClosed && !preview.panel.isOpen) this.#end(preview);
    });
    preview.heard.onChanged(() => {
      this.#heardOther.fire(preview.document);
      this.#tellContext();
    });
    this.#previews.set(document.uri.toString(), preview);
    return preview;
  }

  /** The document that is looked at: the active editor's, or the script of the active panel or spoken form. */
  active(): vscode.TextDocument | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (!document)
      return [...this.#previews.values()].find(({ panel }) => panel.isActive)?.document;
    const script = scriptUri(document.uri)?.toString();
    if (script === undefined) return document;
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === script);
    return open ?? document;
  }

  /** Ends what sounds and what is spoken, of all documents. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#previews.values()].map((preview) => preview.stop()));
  }

  dispose(): void {
    this.#listeners.dispose();
    for (const preview of this.#previews.values()) preview.dispose();
    this.#previews.clear();
    this.#changed.dispose();
    this.#heardOther.dispose();
  }

  /** A script with clips on disk shows what is known of them as soon as it is seen. */
  #openKnown(): void {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (this.find(document) || !["file", "untitled"].includes(document.uri.scheme)) continue;
      if (!this.#context.scripts.isScript(document)) continue;
      void this.#hasClips(document.uri)
        .then(async (found) => {
          if (!found || this.find(document) || document.isClosed) return;
          await this.get(document).read();
        })
        .catch((error: unknown) => this.#context.log.error(String(error)));
    }
  }

  /** Where its language mode is changed, VS Code closes a document and opens it: it is to be read in the new one. */
  #reopen(document: vscode.TextDocument): void {
    this.find(document)?.readSoon();
    this.#beginUntitled(document).catch((error: unknown) => this.#context.log.error(String(error)));
    this.#openKnown();
  }

  /** A new *Untitled-1* is not the last one, whose clips lie in the storage. One that VS Code brings back has its text. */
  async #beginUntitled(document: vscode.TextDocument): Promise<void> {
    if (!document.isUntitled || document.getText() !== "" || this.find(document)) return;
    const { beginWithoutClips } = await import("../../preview/clipPlace.ts");
    if (!this.find(document)) {
      await beginWithoutClips(describeDocument(document.uri, this.#context.storage));
    }
  }

  /** The clips of what was saved are numbered as its segments are now; in a folder that is not trusted a press does that. */
  #settle(document: vscode.TextDocument): void {
    if (!vscode.workspace.isTrusted) return;
    const preview = this.find(document);
    if (!preview || preview.running) return; // a run does it at its end
    preview.settle().catch((error: unknown) => showFailure(error, this.#context.log));
  }

  /** A document whose last tab was closed is silent at once; VS Code may keep the document itself for minutes. */
  #leave({ input }: vscode.Tab): void {
    if (!(input instanceof vscode.TabInputText)) return;
    const key = input.uri.toString();
    const isOpen = vscode.window.tabGroups.all.some(({ tabs }) =>
      tabs.some(
        (tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === key,
      ),
    );
    if (!isOpen) void this.#previews.get(key)?.stop();
  }

  /** What was renamed takes its clips along and, where that is a folder, all documents in it that have any. */
  async #followAll(file: Renaming): Promise<void> {
    const follow = async ({ oldUri, newUri }: Renaming): Promise<void> => {
      await this.#follow(oldUri, newUri).catch((error: unknown) =>
        showFailure(error, this.#context.log),
      );
    };
    await Promise.all(this.#renamedWith(file).map(follow));
    if (file.oldUri.scheme !== "file") return;
    try {
      const { documentsLeftBehind } = await import("../../preview/clipPlace.ts");
      const left = await documentsLeftBehind(describeDocument(file.oldUri, this.#context.storage));
      const renamed = (path: string): Renaming => ({
        oldUri: vscode.Uri.joinPath(file.oldUri, path),
        newUri: vscode.Uri.joinPath(file.newUri, path),
      });
      await Promise.all(left.map(renamed).map(follow));
    } catch (error) {
      void showFailure(error, this.#context.log);
    }
  }

  /** What was renamed and, where that is a folder, the documents in it that have previews. */
  #renamedWith(file: Renaming): readonly Renaming[] {
    const folder = `${file.oldUri.path}/`;
    const inside = [...this.#previews.values()]
      .map(({ document }) => document.uri)
      .filter(({ scheme, path }) => scheme === file.oldUri.scheme && path.startsWith(folder));
    const moved = (uri: vscode.Uri): vscode.Uri =>
      vscode.Uri.joinPath(file.newUri, uri.path.slice(folder.length));
    return [file, ...inside.map((uri) => ({ oldUri: uri, newUri: moved(uri) }))];
  }

  /** A document that was renamed or moved takes its clips along, previewed before or not, and its panel. */
  async #follow(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const preview = this.#previews.get(from.toString());
    this.#previews.delete(from.toString());
    if (preview) await preview.follow(to);
    else await this.#moveClips(from, to);
    const hadPanel = preview?.panel.isOpen ?? false;
    preview?.dispose();
    this.#openKnown();
    if (hadPanel) await vscode.commands.executeCommand("scriptedSpeech.openPanel", to);
  }

  /** A look at the disk, without loading what reads clips. */
  async #hasClips(uri: vscode.Uri): Promise<boolean> {
    const { hasClips } = await import("../../preview/clipPlace.ts");
    return hasClips(describeDocument(uri, this.#context.storage));
  }

  async #moveClips(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const { storage } = this.#context;
    const { moveClips } = await import("../../preview/clipPlace.ts");
    await moveClips(describeDocument(from, storage), describeDocument(to, storage));
  }

  /** A preview with an open panel stays: one listens on, and the document is opened anew when it is needed. */
  #close(document: vscode.TextDocument): void {
    const preview = this.find(document);
    if (document.isUntitled) {
      this.#leaveUntitled(document, preview).catch((error: unknown) =>
        showFailure(error, this.#context.log),
      );
    } else if (preview && !(preview.panel.isOpen && document.uri.scheme === "file")) {
      this.#end(preview);
    }
  }

  /** An untitled document that was saved gives its clips to the file, and its panel; any other one is gone. */
  async #leaveUntitled(
    document: vscode.TextDocument,
    preview: DocumentPreview | undefined,
  ): Promise<void> {
    const { uri } = document;
    const file = this.#savedUntitled.fileOf(document);
    const hadPanel = preview?.panel.isOpen ?? false;
    const copied = file && preview?.copyTo(file);
    if (preview) this.#previews.delete(uri.toString());
    preview?.panel.dispose();
    const isCopied = (await copied) ?? false;
    preview?.dispose();
    this.#tellContext();
    const isOpen = vscode.workspace.textDocuments.some(
      (other) => other.uri.toString() === uri.toString(),
    );
    if (isOpen) return; // in another language mode
    const { leaveStorage } = await import("../../preview/clipPlace.ts");
    await leaveStorage(describeDocument(uri, this.#context.storage), { isCopied });
    if (!file || !isCopied) return;
    this.#openKnown();
    if (hadPanel) await vscode.commands.executeCommand("scriptedSpeech.openPanel", file);
    else await this.#previews.get(file.toString())?.settle();
  }

  #end(preview: DocumentPreview): void {
    this.#previews.delete(preview.document.uri.toString());
    preview.dispose();
    this.#tellContext();
  }

  async #restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const uri = readPanelState(state);
    if (!uri) {
      panel.dispose();
      return;
    }
    try {
      const preview = this.get(await vscode.workspace.openTextDocument(uri));
      await preview.read();
      preview.panel.adopt(panel);
    } catch (error) {
      panel.dispose();
      void showFailure(error, this.#context.log);
    }
  }

  #tellContext(): void {
    const previews = [...this.#previews.values()];
    const running = previews
      .filter((preview) => preview.running)
      .flatMap(({ document }) => contextPaths(document.uri));
    const sounding = previews.some(({ heard }) => heard.sounds);
    const active = running.length > 0 || sounding;
    const now = JSON.stringify([running, active]);
    if (now === this.#menuContext) return;
    this.#menuContext = now;
    void vscode.commands.executeCommand("setContext", "scriptedSpeech.running", running);
    void vscode.commands.executeCommand("setContext", "scriptedSpeech.active", active);
  }
}

/** A file or folder that was renamed or moved. */
interface Renaming {
  readonly oldUri: vscode.Uri;
  readonly newUri: vscode.Uri;
}

function readPanelState(state: unknown): vscode.Uri | undefined {
  if (typeof state !== "object" || state === null || !("document" in state)) return undefined;
  return typeof state.document === "string" ? vscode.Uri.parse(state.document) : undefined;
}
