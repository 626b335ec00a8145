import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { FromPanel } from "../../panel/messages.ts";
import type { Span } from "../../script/model/script.ts";
import type { DocumentReading } from "./documentReading.ts";
import type { SoundTurn } from "../panel/soundTurns.ts";

/** What the page says of what is heard. */
type Heard = Extract<FromPanel, { type: "heard" }>;

/** That, without what tells whether it counts. */
type HeardNow = Omit<Heard, "type" | "begun" | "turn">;

const nothing: HeardNow = { segment: undefined, sounds: false };

/** What of a document is being heard, as its page tells, and where that stands in the text now. */
export class HeardPlace implements vscode.Disposable {
  readonly #reading: DocumentReading;
  readonly #turn: SoundTurn;
  readonly #changed = new vscode.EventEmitter<void>();
  #heard: HeardNow = nothing;

  /** Another segment or another word is being heard, or none. */
  readonly onChanged = this.#changed.event;

  /** `turn` tells which reports of the page count. */
  constructor(reading: DocumentReading, turn: SoundTurn) {
    this.#reading = reading;
    this.#turn = turn;
  }

  /** Whether anything of it sounds, a take too. */
  get sounds(): boolean {
    return this.#heard.sounds;
  }

  /** The segment that is being heard, as the text stands now. */
  get segment(): number | undefined {
    const { segment, run } = this.#heard;
    const preview = this.#reading.opened?.preview;
    if (segment === undefined) return undefined;
    return run === undefined ? preview?.indexOf(segment) : preview?.placeNow(segment);
  }

  /** Where the word that is being heard stands in the document as it was last read; `undefined` where that is not known. */
  get word(): Span | undefined {
    const { segment } = this;
    const { word } = this.#heard;
    if (segment === undefined || !word) return undefined;
    return this.#reading.opened?.preview.spanOf(segment, word.from, word.to);
  }

  /** The page tells what is heard. What it says too late does not count. */
  tell(heard: Heard): void {
    const { segment, sounds, run, word } = heard;
    if (!this.#turn.tell(heard, sounds)) return;
    this.#set({ segment, sounds, ...(run !== undefined && { run }), ...(word && { word }) });
  }

  /** Nothing of it is heard any more. */
  clear(): void {
    this.#set(nothing);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(heard: HeardNow): void {
    if (isDeepStrictEqual(heard, this.#heard)) return;
    this.#heard = heard;
    this.#changed.fire();
  }
}
