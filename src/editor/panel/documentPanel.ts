import type * as vscode from "vscode";
import type { FromPanel, SoundPreferences, ToPanel } from "../../panel/messages.ts";
import type { Clip } from "../../clips/model/clip.ts";
import type { SegmentView } from "../../preview/scriptPreview.ts";
import type { ShownWith } from "./clipView.ts";
import { PanelFeed, type PanelHead } from "./panelFeed.ts";
import { PreviewPanel, type PanelFolders } from "./previewPanel.ts";

/** What a document's panel shows, and to whom it answers. Asked anew each time. */
export interface PanelSource {
  readonly document: () => vscode.Uri;
  readonly folders: () => PanelFolders;
  readonly head: () => PanelHead;
  readonly segments: (indexes?: readonly number[]) => readonly SegmentView[];
  /** Whether the document has been read: before that there is nothing to show. */
  readonly isRead: () => boolean;
  readonly running: () => boolean;
  /** What is shown of segments beside their views, but for where their files are found. */
  readonly shown: () => Omit<ShownWith, "source">;
  readonly sound: () => SoundPreferences;
  readonly answer: (message: FromPanel) => void;
  /** Its page is a new one, and plays nothing yet. */
  readonly renewed: () => void;
  /** It got the focus or lost it, came to the front or left it. */
  readonly moved: () => void;
  /** The user closed it, or VS Code did. */
  readonly closed: () => void;
}

/** The panel of one document, open or not. */
export class DocumentPanel implements vscode.Disposable {
  readonly #source: PanelSource;
  #panel: PreviewPanel | undefined;
  #feed: PanelFeed | undefined;

  constructor(source: PanelSource) {
    this.#source = source;
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Whether it has the focus. */
  get isActive(): boolean {
    return this.#panel?.isActive ?? false;
  }

  /** Opens it beside the editor, or brings it to the front. */
  open(): void {
    const { folders, document, answer } = this.#source;
    if (this.#panel) this.#panel.reveal();
    else this.#own(PreviewPanel.create(folders(), document(), answer));
  }

  /** Takes a panel that VS Code has kept over a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    const { folders, document, answer } = this.#source;
    this.#panel?.dispose();
    this.#own(new PreviewPanel(panel, folders(), document(), answer));
  }

  /** Posts a message, where it is open. */
  post(message: ToPanel): void {
    this.#panel?.post(message);
  }

  /** Shows what has changed of these segments, or of everything. */
  show(indexes: readonly number[] | undefined): void {
    const { head, segments, running, folders, isRead } = this.#source;
    if (!isRead()) return;
    const { clips } = folders();
    if (clips) this.#panel?.allow(clips); // before its page is told to fetch from there
    if (indexes) this.#feed?.show(segments(indexes));
    else this.#feed?.showAll(head(), segments(), running());
  }

  /** Shows everything, for the page is a new one. */
  showAll(): void {
    this.#source.renewed();
    this.showSound();
    this.#feed?.forget();
    this.show(undefined);
  }

  /** Tells the page how the user wants to hear. */
  showSound(): void {
    this.post({ type: "sound", ...this.#source.sound() });
  }

  dispose(): void {
    const panel = this.#panel;
    this.#panel = undefined; // nothing can be posted to it any more
    this.#feed = undefined;
    panel?.dispose();
  }

  #own(panel: PreviewPanel): void {
    this.#panel = panel;
    const source = (clip: Clip): string => panel.source(clip);
    this.#feed = new PanelFeed(panel, () => ({ source, ...this.#source.shown() }));
    panel.onMoved(() => this.#source.moved());
    panel.onClosed(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#feed = undefined;
      panel.dispose();
      this.#source.closed();
    });
    this.showAll();
  }
}
