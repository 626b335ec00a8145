import * as vscode from "vscode";
import type { FromPanel } from "../../panel/messages.ts";
import type { RunCost, RunRequest } from "../../preview/plan/plan.ts";
import type { PreviewEvent, ScriptPreview, SegmentView } from "../../preview/scriptPreview.ts";
import type { ScriptProblem } from "../../script/model/script.ts";
import type { Consent } from "./consent.ts";
import { DocumentPanel } from "../panel/documentPanel.ts";
import { asWished, DocumentRuns, type Allows } from "./documentRuns.ts";
import { DocumentReading, type ReadingContext } from "./documentReading.ts";
import { describeDocument } from "../common/describeDocument.ts";
import { HeardPlace } from "./heardPlace.ts";
import type { IgnoreOffer } from "./ignoreOffer.ts";
import { panelHeadOf, panelShownWith } from "./panelHead.ts";
import type { Scripts } from "../common/scripts.ts";
import type { VoicePrices } from "../../session/voices/voicePrices.ts";
import type { Service } from "../service/services.ts";
import type { SoundMemory } from "../panel/soundMemory.ts";
import type { SoundTurn, SoundTurns } from "../panel/soundTurns.ts";
import { describeSpeaker } from "../service/voiceNames.ts";
import type { VoiceParts } from "../service/voiceParts.ts";

/** What a document's preview needs of the extension. */
export interface PreviewContext extends ReadingContext {
  readonly extension: vscode.Uri;
  readonly scripts: Scripts;
  readonly consent: Consent;
  readonly ignoreOffer: IgnoreOffer;
  readonly prices: VoicePrices;
  readonly soundMemory: SoundMemory;
  readonly voices: VoiceParts;
  /** Does what the page of a panel asks for. */
  readonly answer: (message: FromPanel, preview: DocumentPreview) => void;
}

/** While a run is on, how long lenses, status bar and marks may be behind, in milliseconds. */
const tellInRunAfterMs = 150;

/** One document in the editor: its preview, its panel, its runs. */
export class DocumentPreview implements vscode.Disposable {
  readonly #context: PreviewContext;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #reading: DocumentReading;
  /** Its panel, open or not. */
  readonly panel: DocumentPanel;
  /** What of it is being heard. */
  readonly heard: HeardPlace;
  readonly #turn: SoundTurn;
  readonly #runs: DocumentRuns;
  #disposed = false;
  /** The copying of its clips that is under way. */
  #copying: Promise<boolean> | undefined;
  /** What Preview Script would send, until something changes. */
  #scriptCost: RunCost | undefined;
  #telling: NodeJS.Timeout | undefined;

  /** Something that lenses, status bar or marks show has changed. */
  readonly onChanged = this.#changed.event;

  /** `turns` decide which of several documents is heard. */
  constructor(document: vscode.TextDocument, context: PreviewContext, turns: SoundTurns) {
    this.#context = context;
    this.#reading = new DocumentReading(document, context, (event) => this.#report(event));
    // Where another document is heard in its stead, its run goes on, and saves what it says.
    this.#turn = turns.join((outdone) => {
      this.panel.post({ type: "giveWay", ...outdone });
      this.heard.clear();
    });
    this.heard = new HeardPlace(this.#reading, this.#turn);
    this.panel = this.#createPanel(context);
    const { consent, ignoreOffer, prices, log } = context;
    this.#runs = new DocumentRuns({
      reading: this.#reading,
      consent,
      ignoreOffer,
      prices,
      log,
      showPanel: () => this.showPanel(),
      stop: () => this.stop(),
    });
  }

  /** The document, as it was last held open; VS Code may have let it go since. */
  get document(): vscode.TextDocument {
    return this.#reading.document;
  }

  /** What is known of these segments, or of all; nothing before the preview is opened. */
  segments(indexes?: readonly number[]): readonly SegmentView[] {
    return this.#reading.opened?.preview.segments(indexes) ?? [];
  }

  /** How many segments the document had when it was last read; nothing before the preview is opened. */
  get segmentCount(): number | undefined {
    return this.#reading.opened?.preview.readSegments.length;
  }

  /** The id of a segment, by which it is found again after the user was asked something; nothing before the preview is read. */
  idOf(segment: number): number | undefined {
    return this.#reading.opened?.preview.reading?.ids[segment];
  }

  /** The segment that the page names by this id; `undefined` where it is gone. */
  indexOf(id: number): number | undefined {
    return this.#reading.opened?.preview.indexOf(id);
  }

  /** What in the script will not do what its writer meant. */
  get problems(): readonly ScriptProblem[] {
    return this.#reading.opened?.preview.problems ?? [];
  }

  /** What a press would send now; nothing before the preview is opened. */
  costOf(request: RunRequest): RunCost | undefined {
    if (!this.#reading.isRead) return undefined;
    return this.#reading.opened?.preview.plan(asWished(request));
  }

  /** What Preview Script would send now; nothing before the preview is opened. */
  get scriptCost(): RunCost | undefined {
    return (this.#scriptCost ??= this.costOf({ kind: "script" }));
  }

  /** Who speaks; nothing before the preview is opened. */
  get service(): Service | undefined {
    return this.#reading.service;
  }

  /** Who speaks, in words: the service, and the script's voice where its name is known. */
  get speaker(): string {
    const voice = this.#reading.opened?.preview.soundOf(undefined)?.voice;
    return describeSpeaker(this.service, voice, this.#context.voices.names);
  }

  /** Whether a run is on. */
  get running(): boolean {
    return this.#reading.opened?.preview.running ?? false;
  }

  /** Opens the preview, with the clips on disk, and reads the document; reads again, where it is open. */
  read(): Promise<ScriptPreview> {
    return this.#reading.read();
  }

  /** Reads the document again a moment after the last call. For each keystroke. */
  readSoon(): void {
    this.#reading.readSoon();
  }

  /** Gives each clip the number of its segment, where the preview is open. @throws ClipError where that can't be done. */
  async settle(): Promise<void> {
    if (!this.#reading.opened) return;
    await (await this.read()).settle();
  }

  /** Speaks what needs speech in this part of the script, and plays it, as `DocumentRuns.run` does. A run that is on ends. */
  async run(request: RunRequest, allows?: Allows): Promise<void> {
    if (!this.#disposed) await this.#runs.run(request, allows); // not for an old message's *Try Again*
  }

  /** Plays what there is from the word at this offset on, and speaks nothing. @returns false where there is no clip there */
  async playFrom(offset: number): Promise<boolean> {
    const preview = await this.read();
    const place = preview.secondsAt(offset);
    if (!place) return false;
    this.showPanel();
    const { segment, seconds } = place;
    const segments = preview.reading?.ids.slice(segment) ?? [];
    this.panel.post({ type: "play", segments, seconds, turn: this.#turn.begin() });
    return true;
  }

  /** Saves the document where the user wants it, its clips beside it, and goes on with it there. */
  async saveBeside(): Promise<void> {
    await this.stop();
    const saved = await vscode.workspace.saveAs(this.document.uri);
    if (!saved) return;
    await this.copyTo(saved);
    await vscode.commands.executeCommand("scriptedSpeech.openPanel", saved);
  }

  /** Copies the clips to where those of another document lie. A run ends. @returns whether there are any */
  async copyTo(other: vscode.Uri): Promise<boolean> {
    this.#copying ??= this.#copyTo(other).finally(() => (this.#copying = undefined));
    return this.#copying;
  }

  async #copyTo(other: vscode.Uri): Promise<boolean> {
    await this.stop();
    await this.#reading.opened?.copyTo(describeDocument(other, this.#context.storage));
    return this.#reading.opened !== undefined;
  }

  /** Takes the clips along when the document was renamed or moved. Its preview goes on under the new name. */
  async follow(to: vscode.Uri): Promise<void> {
    await this.stop();
    await this.#reading.opened?.follow(describeDocument(to, this.#context.storage));
  }

  /** Silences the panel and ends the run. */
  async stop(): Promise<void> {
    this.#runs.cancel();
    this.panel.post({ type: "stop" });
    this.#turn.stop();
    this.heard.clear();
    await this.#reading.opened?.preview.stop();
  }

  /** More is known of voices: what they are called, and what they cost. */
  showVoices(): void {
    this.#show(undefined);
  }

  /** Opens the panel, or brings it to the front, with the document as it is now. */
  async openPanel(): Promise<void> {
    await this.#reading.open(); // where the clips lie: told later, it would make VS Code load the page anew
    this.showPanel();
    await this.read(); // while VS Code opens the panel
  }

  /** Opens the panel, or brings it to the front. */
  showPanel(): void {
    if (!this.#disposed) this.panel.open();
  }

  dispose(): void {
    this.#disposed = true;
    this.#reading.dispose();
    void this.stop().finally(() => clearTimeout(this.#telling));
    this.panel.dispose();
    this.#turn.leave();
    this.#changed.dispose();
    this.heard.dispose();
  }

  #report(event: PreviewEvent): void {
    const { panel } = this;
    switch (event.type) {
      case "changed":
        this.#show(event.segments);
        return;
      case "runStarted": {
        const { run, format, play, byItself } = event;
        // Without its beginning the page plays nothing of a run: what is listened to goes on.
        if (!byItself || !this.heard.sounds) {
          const turn = this.#turn.begin();
          panel.post({ type: "runStarted", run, format, segments: play, turn });
        }
        this.#tell();
        return;
      }
      case "runEnded":
        panel.post({ type: "runEnded", run: event.run });
        this.#tell();
        return;
      case "waiting":
        this.#context.log.warn(`waiting ${event.ms} ms: ${event.reason}`);
        this.#runs.say(vscode.l10n.t("{0} Trying again in {1} s.", event.reason, event.ms / 1000));
        return;
      case "audio":
      case "words":
      case "audioVoid":
      case "audioEnded":
        panel.post(event);
        return;
    }
  }

  #show(segments: readonly number[] | undefined): void {
    this.#scriptCost = undefined;
    this.panel.show(segments);
    this.#tell();
  }

  #createPanel(context: PreviewContext): DocumentPanel {
    return new DocumentPanel({
      document: () => this.document.uri,
      folders: () => ({
        extension: context.extension,
        clips: this.#reading.opened && vscode.Uri.file(this.#reading.opened.folder),
      }),
      head: () => panelHeadOf(this.#reading, context.scripts, this.speaker),
      segments: (indexes) => this.segments(indexes),
      isRead: () => this.#reading.isRead,
      running: () => this.running,
      shown: () => panelShownWith(this.#reading, this.scriptCost, context.voices.names),
      sound: () => context.soundMemory.sound,
      answer: (message) => context.answer(message, this),
      renewed: () => {
        this.#turn.renew();
        this.heard.clear();
      },
      moved: () => this.#tell(),
      closed: () => {
        void this.stop(); // what nobody can hear is not bought
        this.#tell();
      },
    });
  }

  /** Tells that something has changed: once for all that happens at a time. In a run the sound comes first. */
  #tell(): void {
    this.#telling ??= setTimeout(
      () => {
        this.#telling = undefined;
        this.#changed.fire();
      },
      this.running ? tellInRunAfterMs : 0,
    );
  }
}
