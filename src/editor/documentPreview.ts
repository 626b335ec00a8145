import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { ffplayCommand } from "../clips/ffplayCommand.ts";
import type { OpenedPreview, PreviewDocument } from "../preview/openPreview.ts";
import type { RunScope } from "../preview/plan.ts";
import type { PreviewEvent, ScriptPreview, SegmentView } from "../preview/scriptPreview.ts";
import type { ScriptProblem } from "../script/script.ts";
import { answerPanel } from "./answerPanel.ts";
import { clipViewOf } from "./clipView.ts";
import { confirmCost } from "./confirmCost.ts";
import { describeDocument } from "./describeDocument.ts";
import { showFailure } from "./errors.ts";
import type { IgnoreOffer } from "./ignoreOffer.ts";
import { fileNameOf, PreviewPanel, type PanelFolders } from "./previewPanel.ts";
import { RunProgress, tellEnding } from "./runProgress.ts";
import { languageOf, type Scripts } from "./scripts.ts";
import type { Service, Services } from "./services.ts";
import { readDocumentSettings } from "./settings.ts";

/** What a document's preview needs of the extension. */
export interface PreviewSurroundings {
  readonly extension: vscode.Uri;
  /** Where clips lie that can't lie beside their document. */
  readonly storage: vscode.Uri;
  readonly services: Services;
  readonly scripts: Scripts;
  readonly ignoreOffer: IgnoreOffer;
  readonly log: vscode.LogOutputChannel;
}

/** After the last keystroke, how long until the text is read again, in milliseconds. */
const readAfterMs = 150;

/** One document in the editor: its preview, its panel, its runs. */
export class DocumentPreview implements vscode.Disposable {
  #document: vscode.TextDocument;
  readonly #surroundings: PreviewSurroundings;
  readonly #changed = new vscode.EventEmitter<void>();
  #opening: Promise<OpenedPreview> | undefined;
  #preview: ScriptPreview | undefined;
  #opened: OpenedPreview | undefined;
  #place: PreviewDocument | undefined;
  #service: Service | undefined;
  #panel: PreviewPanel | undefined;
  #rereading: NodeJS.Timeout | undefined;
  #heard: { readonly segment: number | undefined; readonly run?: number } = { segment: undefined };
  readonly #progress = new RunProgress();
  #presses = 0;
  #disposed = false;
  #telling: NodeJS.Immediate | undefined;

  /** Something that lenses, status bar or marks show has changed. */
  readonly onChanged = this.#changed.event;

  constructor(document: vscode.TextDocument, surroundings: PreviewSurroundings) {
    this.#document = document;
    this.#surroundings = surroundings;
  }

  /** The document, as it was last held open; VS Code may have let it go since. */
  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** What is known of these segments, or of all; nothing before the preview is opened. */
  segments(indexes?: readonly number[]): readonly SegmentView[] {
    return this.#preview?.segments(indexes) ?? [];
  }

  /** What in the script will not do what its writer meant. */
  get problems(): readonly ScriptProblem[] {
    return this.#preview?.problems ?? [];
  }

  /** Whether a run is on. */
  get running(): boolean {
    return this.#preview?.running ?? false;
  }

  /** The segment that is being heard, as the text stands now. */
  get heard(): number | undefined {
    const { segment, run } = this.#heard;
    return segment === undefined || run === undefined ? segment : this.#preview?.placeNow(segment);
  }

  /**
   * Opens the preview, with the clips on disk, and reads the document; reads again, where it is open. Where a setting has
   * given the clips another place, it is opened there.
   */
  async read(): Promise<ScriptPreview> {
    if (this.#document.isClosed) {
      this.#document = await vscode.workspace.openTextDocument(this.#document.uri);
    }
    const place = describeDocument(this.document.uri, this.#surroundings.storage);
    if (this.#opening && !isDeepStrictEqual(place, this.#place)) {
      await this.#preview?.stop();
      this.#opening = undefined;
    }
    this.#place = place;
    this.#opening ??= this.#open(place).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    this.#opened = await this.#opening;
    const { preview, folder } = this.#opened;
    this.#preview = preview;
    this.#panel?.allow(vscode.Uri.file(folder));
    await this.#reread();
    return preview;
  }

  /** Reads the document again a moment after the last call. For each keystroke. */
  readSoon(): void {
    if (!this.#preview) return;
    clearTimeout(this.#rereading);
    this.#rereading = setTimeout(() => {
      void this.#reread().catch((error: unknown) => this.#surroundings.log.error(String(error)));
    }, readAfterMs);
  }

  /** Speaks what needs speech in this part of the script, and plays it. A run that is on ends. */
  async run(scope: RunScope): Promise<void> {
    if (this.#disposed) return; // an old message's *Try Again*
    const press = ++this.#presses;
    const preview = await this.read();
    const service = this.#service;
    if (!service || press !== this.#presses) return;
    const plan = preview.plan(scope);
    if (plan.play.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("There is nothing to say here."));
      return;
    }
    this.showPanel();
    let speaking = service;
    const confirm = (characters: number): Promise<boolean> => {
      speaking = this.#service ?? service; // the one that the script was last read for
      return confirmCost(speaking, characters);
    };
    const { log, ignoreOffer } = this.#surroundings;
    const ending = await this.#progress.during(
      this.document.uri,
      () => preview.run(scope, () => speaking.endpoint(), confirm),
      () => this.stop(),
    );
    const spoken = plan.groups.flat().map(({ segment }) => segment);
    for (const { clip } of preview.segments(spoken)) if (clip) log.info(ffplayCommand(clip));
    const failed = (error: unknown): Promise<void> => showFailure(error, log);
    if (ending.saved > 0 && !this.#opened?.inStorage)
      void ignoreOffer.make(this.document.uri).catch(failed);
    tellEnding(ending, log, () => this.run(scope).catch(failed));
  }

  /** Saves the document where the user wants it, its clips beside it, and goes on with it there. */
  async saveBeside(): Promise<void> {
    await this.stop();
    const saved = await vscode.workspace.saveAs(this.document.uri);
    if (!saved) return;
    await this.#opened?.copyTo(describeDocument(saved, this.#surroundings.storage));
    await vscode.commands.executeCommand("scriptedSpeech.openPanel", saved);
  }

  /** Takes the clips along when the document was renamed or moved. Its preview goes on under the new name. */
  async follow(to: vscode.Uri): Promise<void> {
    await this.stop();
    await this.#opened?.follow(describeDocument(to, this.#surroundings.storage));
  }

  /** Silences the panel and ends the run. */
  async stop(): Promise<void> {
    this.#presses++;
    this.#panel?.post({ type: "stop" });
    this.hear({ segment: undefined });
    await this.#preview?.stop();
  }

  /** Opens the panel, or brings it to the front. */
  showPanel(): void {
    if (this.#disposed) return;
    if (this.#panel) this.#panel.reveal();
    else
      this.#own(
        PreviewPanel.create(this.#folders(), this.document.uri, (m) =>
          answerPanel(m, this, this.#surroundings),
        ),
      );
  }

  /** Whether the panel is open. */
  get hasPanel(): boolean {
    return this.#panel !== undefined;
  }

  /** Whether the panel has the focus. */
  get panelIsActive(): boolean {
    return this.#panel?.isActive ?? false;
  }

  /** Takes a panel that VS Code has kept over a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#own(
      new PreviewPanel(panel, this.#folders(), this.document.uri, (m) =>
        answerPanel(m, this, this.#surroundings),
      ),
    );
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#rereading);
    void this.stop().finally(() => clearImmediate(this.#telling));
    this.#panel?.dispose();
    this.#changed.dispose();
  }

  async #open(place: PreviewDocument): Promise<OpenedPreview> {
    const { openPreview } = await import("../preview/openPreview.ts");
    const { log } = this.#surroundings;
    const opened = await openPreview(place, {
      report: (event) => this.#report(event),
      // Chunks come by the hundred each second: they are in the log for those who set its level to Debug.
      trace: (line) => (/^received \{"type":"chunk"/.test(line) ? log.debug(line) : log.info(line)),
    });
    for (const notice of opened.notices) void vscode.window.showWarningMessage(notice);
    return opened;
  }

  async #reread(): Promise<void> {
    clearTimeout(this.#rereading);
    this.#service = await this.#surroundings.services.choose();
    const settings = readDocumentSettings(this.document.uri);
    this.#preview?.read({
      text: this.document.getText(),
      language: languageOf(this.document),
      markers: settings.markers,
      settings,
      service: this.#service.name,
    });
  }

  #report(event: PreviewEvent): void {
    const panel = this.#panel;
    switch (event.type) {
      case "changed":
        this.#show(event.segments);
        return;
      case "runStarted": {
        const { run, format, play } = event;
        panel?.post({ type: "runStarted", run, format, segments: play });
        this.#tell();
        return;
      }
      case "runEnded":
        panel?.post({ type: "runEnded", run: event.run });
        this.#tell();
        return;
      case "waiting":
        this.#surroundings.log.warn(`waiting ${event.ms} ms: ${event.reason}`);
        this.#progress.say(
          vscode.l10n.t("{0} Trying again in {1} s.", event.reason, event.ms / 1000),
        );
        return;
      case "audio":
      case "audioVoid":
      case "audioEnded":
        panel?.post(event);
        return;
    }
  }

  #show(segments: readonly number[] | undefined): void {
    const panel = this.#panel;
    if (panel) {
      const clips = this.segments(segments).map((view) => clipViewOf(view, panel));
      if (segments) for (const clip of clips) panel.post({ type: "clip", clip });
      else {
        panel.post({
          type: "show",
          document: this.document.uri.toString(),
          title: fileNameOf(this.document.uri),
          service: this.#service?.label ?? "",
          clips,
          ...(this.#opened?.inStorage && { storedIn: this.#opened.folder }),
          running: this.running,
          unmarked: this.#surroundings.scripts.scan(this.document).markers.length === 0,
        });
      }
    }
    this.#tell();
  }

  #own(panel: PreviewPanel): void {
    this.#panel = panel;
    panel.onClosed(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      panel.dispose();
      void this.stop(); // what nobody can hear is not bought
      this.#tell();
    });
    this.#show(undefined);
  }

  #folders(): PanelFolders {
    const clips = this.#opened && vscode.Uri.file(this.#opened.folder);
    return { extension: this.#surroundings.extension, clips };
  }

  /** Tells that something has changed: once for all that happens at a time. */
  #tell(): void {
    this.#telling ??= setImmediate(() => {
      this.#telling = undefined;
      this.#changed.fire();
    });
  }

  /** The page tells what is heard; with a run, counted as the script stood when that began. */
  hear(heard: { readonly segment: number | undefined; readonly run?: number }): void {
    if (heard.segment === this.#heard.segment && heard.run === this.#heard.run) return;
    this.#heard = heard;
    this.#tell();
  }
}
