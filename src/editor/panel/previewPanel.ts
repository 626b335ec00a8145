import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { Clip } from "../../clips/model/clip.ts";
import type { FromPanel, ToPanel } from "../../panel/messages.ts";
import { pageWords } from "../../panel/pageWords.ts";
import { inertText } from "../../session/connection/inertText.ts";
import { panelType, strayPanels } from "./strayPanels.ts";
import { wordsLanguage } from "../common/wordsLanguage.ts";
import { fileNameOf } from "../common/documentText.ts";

/** Where the page's own files and the clips lie. */
export interface PanelFolders {
  readonly extension: vscode.Uri;
  /** Nothing before they have a place. */
  readonly clips: vscode.Uri | undefined;
}

/** The panels that are open, of all documents. */
const openPanels = new Set<PreviewPanel>();

/** One document's panel: a page beside the editor, and the messages both ways. */
export class PreviewPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  #folders: PanelFolders;
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable;
  /** What is to be posted once the page says that it listens; `undefined` since it did. */
  #waiting: ToPanel[] | undefined = [];

  /** The user closed the panel, or VS Code did. */
  readonly onClosed = this.#closed.event;
  /** It got the focus or lost it, came to the front or left it. */
  readonly onMoved: vscode.Event<unknown>;

  /** `panel` is new, or was restored by VS Code. */
  constructor(
    panel: vscode.WebviewPanel,
    folders: PanelFolders,
    document: vscode.Uri,
    receive: (message: FromPanel) => void,
  ) {
    this.#panel = panel;
    this.onMoved = panel.onDidChangeViewState;
    this.#folders = folders;
    const { webview } = panel;
    const reader = import("../../panel/readMessages.ts"); // late, for its library is no part of an activation
    this.#listeners = vscode.Disposable.from(
      panel.onDidDispose(() => this.#closed.fire()),
      webview.onDidReceiveMessage(async (value: unknown) => {
        const { readFromPanel } = await reader;
        const message = readFromPanel(value, (what) => receive({ type: "unread", what }));
        if (!message) return;
        if (message.type === "ping") return this.post({ type: "pong" });
        // A page that listens for the first time gets what waits for it; a later one is new, and has missed it all.
        if (message.type !== "ready" || !this.#listen()) receive(message);
      }),
    );
    openPanels.add(this);
    panel.title = titleOf(document);
    panel.iconPath = vscode.Uri.joinPath(folders.extension, "media", "icon.png");
    webview.options = optionsFor(folders);
    webview.html = this.#page(document);
  }

  /** Opens a panel beside the editor, which keeps the focus; in place of one that another extension host has left. */
  static create(
    folders: PanelFolders,
    document: vscode.Uri,
    receive: (message: FromPanel) => void,
  ): PreviewPanel {
    const title = titleOf(document);
    const isOurs = [...openPanels].some((other) => other.#panel.title === title);
    const strays = strayPanels(document, title, isOurs);
    const viewColumn = strays[0]?.group.viewColumn ?? vscode.ViewColumn.Beside;
    const panel = vscode.window.createWebviewPanel(
      panelType,
      title,
      { viewColumn, preserveFocus: true },
      { ...optionsFor(folders), retainContextWhenHidden: true }, // a hidden page goes on sounding
    );
    // One that is closed meanwhile is what is wanted.
    if (strays.length > 0) vscode.window.tabGroups.close(strays, true).then(undefined, () => {});
    return new PreviewPanel(panel, folders, document, receive);
  }

  /** Lets the page fetch from this folder of clips, in place of the one before. */
  allow(clips: vscode.Uri): void {
    if (clips.fsPath === this.#folders.clips?.fsPath) return;
    this.#folders = { ...this.#folders, clips };
    this.#panel.webview.options = optionsFor(this.#folders);
  }

  /** Posts a message, as soon as the page listens. */
  post(message: ToPanel): void {
    if (this.#waiting) this.#waiting.push(message);
    else void this.#panel.webview.postMessage(message);
  }

  /** Whether it has the focus. */
  get isActive(): boolean {
    return this.#panel.active;
  }

  /** Brings the panel to the front, and leaves the focus where it is. */
  reveal(): void {
    if (!this.#panel.visible) this.#panel.reveal(undefined, true);
  }

  /** Where the page finds a clip's file; another address whenever the file is another one. */
  source({ path, version, container, format }: Clip): string {
    const raw =
      container === "raw" ? `&encoding=${format.encoding}&sampleRate=${format.sampleRate}` : "";
    const file = this.#panel.webview.asWebviewUri(vscode.Uri.file(path));
    return `${file.toString()}?v=${version}${raw}`; // a Uri would encode the query's signs
  }

  dispose(): void {
    openPanels.delete(this);
    this.#listeners.dispose();
    this.#closed.dispose();
    this.#panel.dispose();
  }

  /** @returns whether the page listened for the first time */
  #listen(): boolean {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    for (const message of waiting ?? []) this.post(message);
    return waiting !== undefined;
  }

  #page(document: vscode.Uri): string {
    const { webview } = this.#panel;
    const nonce = randomUUID();
    const at = (...path: string[]): string =>
      escapeAttribute(
        webview.asWebviewUri(vscode.Uri.joinPath(this.#folders.extension, ...path)).toString(),
      );
    const source = escapeAttribute(webview.cspSource);
    const policy = [
      "default-src 'none'",
      `style-src ${source}`,
      `font-src ${source}`,
      `connect-src ${source}`,
      `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    ].join("; ");
    const { bundle } = vscode.l10n;
    return `<!DOCTYPE html>
<html lang="${escapeAttribute(wordsLanguage())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at("dist", "codicon.css")}">
<link rel="stylesheet" href="${at("media", "panel.css")}">
<link rel="stylesheet" href="${at("media", "clips.css")}">
<title>${escapeAttribute(inertText(fileNameOf(document)))}</title>
</head>
<body>
<div id="app"></div>
${bundle ? pageWords(bundle) : ""}
<script nonce="${nonce}" src="${at("dist", "webview.js")}"></script>
</body>
</html>`;
  }
}

function optionsFor({ extension, clips }: PanelFolders): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [
      vscode.Uri.joinPath(extension, "dist"),
      vscode.Uri.joinPath(extension, "media"),
      ...(clips ? [clips] : []),
    ],
  };
}

function titleOf(document: vscode.Uri): string {
  return inertText(vscode.l10n.t("Preview: {0}", fileNameOf(document)));
}

function escapeAttribute(text: string): string {
  const names: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? "");
}
