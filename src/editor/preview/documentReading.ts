import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { OpenedPreview, PreviewDocument } from "../../preview/openPreview.ts";
import type { PreviewEvent, ScriptPreview } from "../../preview/scriptPreview.ts";
import { describeDocument } from "../common/describeDocument.ts";
import { readingOptions } from "../common/edits.ts";
import { showWarning } from "../common/notifications.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import type { Service, Services } from "../service/services.ts";
import { readDocumentSettings, readUserSettings } from "../common/settings.ts";
import type { VoiceNames } from "../service/voiceNames.ts";
import { textOf } from "../common/documentText.ts";
import { cacheOf, isLongNew } from "../common/parseCaches.ts";
import { readScript } from "../common/readScript.ts";

/** What reading a document needs of the extension. */
export interface ReadingContext {
  /** Where clips lie that can't lie beside their document. */
  readonly storage: vscode.Uri;
  readonly services: Services;
  readonly samples: SampleValues;
  readonly voices: { readonly names: VoiceNames };
  readonly log: vscode.LogOutputChannel;
}

/** A reading that takes no longer, in milliseconds, is not felt: it follows each keystroke at once. */
const unfeltMs = 16;
/** After the last keystroke, how long until a text is read again that takes longer, in milliseconds. */
const readAfterMs = 150;

/** Keeps a document's preview open, with the clips on disk, and reads the document's text into it. */
export class DocumentReading implements vscode.Disposable {
  #document: vscode.TextDocument;
  readonly #context: ReadingContext;
  readonly #report: (event: PreviewEvent) => void;
  #opening: Promise<OpenedPreview> | undefined;
  #opened: OpenedPreview | undefined;
  #place: PreviewDocument | undefined;
  #service: Service | undefined;
  #rereading: NodeJS.Timeout | undefined;
  /** How long the last reading took, in milliseconds. */
  #tookMs = Infinity;
  /** What was read last: the same is not read again. */
  #read: Read | undefined;
  /** What the user was told of the clips. */
  readonly #told = new Set<string>();

  constructor(
    document: vscode.TextDocument,
    context: ReadingContext,
    report: (event: PreviewEvent) => void,
  ) {
    this.#document = document;
    this.#context = context;
    this.#report = report;
  }

  /** The document, as it was last held open; VS Code may have let it go since. */
  get document(): vscode.TextDocument {
    return this.#document;
  }

  /** The preview, and where its clips lie; nothing before the first reading. */
  get opened(): OpenedPreview | undefined {
    return this.#opened;
  }

  /** Who speaks, as the script was last read. */
  get service(): Service | undefined {
    return this.#service;
  }

  /** Whether the text has been read since the preview was opened. */
  get isRead(): boolean {
    return this.#read !== undefined && this.#read.into === this.#opened?.preview;
  }

  /** Opens the preview, and reads the document; reads again, where its text or what concerns it has changed. */
  async read(): Promise<ScriptPreview> {
    const { preview } = await this.open();
    await this.#reread(preview);
    return preview;
  }

  /**
   * Opens the preview with the clips on disk, where it is not open. Where a setting has given the clips another place, it is
   * opened there.
   */
  async open(): Promise<OpenedPreview> {
    if (this.#document.isClosed) {
      this.#document = await vscode.workspace.openTextDocument(this.#document.uri);
    }
    const place = describeDocument(this.#document.uri, this.#context.storage);
    if (this.#opening && !isDeepStrictEqual(place, this.#place)) {
      await this.#opened?.preview.stop();
      this.#opening = undefined;
    }
    this.#place = place;
    this.#opening ??= this.#open(place).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    this.#opened = await this.#opening;
    return this.#opened;
  }

  /**
   * Reads the document again, where it has been read: as soon as VS Code has told all of a change; where that would hold up
   * who types, a moment after the last call. For each keystroke.
   */
  readSoon(): void {
    const preview = this.#opened?.preview;
    if (!preview) return;
    clearTimeout(this.#rereading);
    const after = this.#tookMs <= unfeltMs ? 0 : readAfterMs;
    this.#rereading = setTimeout(() => {
      this.#reread(preview).catch((error: unknown) => this.#context.log.error(String(error)));
    }, after);
  }

  /** Tells the user what has come to light about the clips since it was last told. */
  tellNotices(): void {
    this.#tell(this.#opened?.notices ?? []);
  }

  #tell(notices: readonly string[]): void {
    for (const notice of notices) {
      if (!this.#told.has(notice)) void showWarning(notice);
      this.#told.add(notice);
    }
  }

  dispose(): void {
    clearTimeout(this.#rereading);
    this.#context.samples.forget(this.#document.uri);
  }

  async #open(place: PreviewDocument): Promise<OpenedPreview> {
    const { openPreview } = await import("../../preview/openPreview.ts");
    const { log, voices } = this.#context;
    const opened = await openPreview(place, {
      takesKeep: () => readUserSettings().takesKept,
      isPro: (service, voice) => voices.names.find({ service, voice })?.isPro ?? false,
      report: this.#report,
      maxConcurrency: () => readUserSettings().maxConcurrency,
      // Chunks come by the hundred each second: they are in the log for those who set its level to Debug.
      trace: (line) => (/^received \{"type":"chunk"/.test(line) ? log.debug(line) : log.info(line)),
    });
    this.#tell(opened.notices);
    return opened;
  }

  async #reread(preview: ScriptPreview): Promise<void> {
    clearTimeout(this.#rereading);
    const document = this.#document;
    if (isLongNew(document)) await readScript(document, this.#context.samples);
    const service = await this.#context.services.choose();
    const options = await readingOptions(document, this.#context.samples);
    const { name, label, apiVersion } = service;
    const settings = { ...readDocumentSettings(document.uri), apiVersion };
    const { alwaysInContext } = readUserSettings(); // by which presses cost something else
    const how = [document.version, name, label, settings, options, alwaysInContext];
    this.#service = service; // from here on nothing is waited for: it is that of the reading
    const before = this.#read;
    const isRead = before?.into === preview && before.document === document;
    if (isRead && isDeepStrictEqual(how, before.how)) return;
    this.#read = { into: preview, document, how };
    const start = performance.now();
    preview.read({
      ...options,
      text: textOf(document),
      cache: cacheOf(document),
      settings,
      service: name,
    });
    this.#tookMs = performance.now() - start;
  }
}

/** What was read, and how. */
interface Read {
  /** Where a setting gives the clips another place, the document is read into another preview. */
  readonly into: ScriptPreview;
  readonly document: vscode.TextDocument;
  readonly how: readonly unknown[];
}
