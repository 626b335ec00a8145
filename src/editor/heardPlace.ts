import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { FromPanel } from "../panel/messages.ts";
import type { Span } from "../script/script.ts";
import type { DocumentReading } from "./documentReading.ts";

/** What the page says of what is heard. */
export type Heard = Extract<FromPanel, { type: "heard" }>;

const nothing: Heard = { type: "heard", segment: undefined };

/** What of a document is being heard, as its page tells, and where that stands in the text now. */
export class HeardPlace implements vscode.Disposable {
  readonly #reading: DocumentReading;
  readonly #changed = new vscode.EventEmitter<void>();
  #heard = nothing;

  /** Another segment or another word is being heard, or none. */
  readonly onChanged = this.#changed.event;

  constructor(reading: DocumentReading) {
    this.#reading = reading;
  }

  /** The segment that is being heard, as the text stands now. */
  get segment(): number | undefined {
    const { segment, run } = this.#heard;
    if (segment === undefined || run === undefined) return segment;
    return this.#reading.opened?.preview.placeNow(segment);
  }

  /** Where the word that is being heard stands in the document as it was last read; `undefined` where that is not known. */
  get word(): Span | undefined {
    const { segment } = this;
    const { word } = this.#heard;
    if (segment === undefined || !word) return undefined;
    return this.#reading.opened?.preview.spanOf(segment, word.from, word.to);
  }

  /** The page tells what is heard, or nothing is; with a run, counted as the script stood when that began. */
  tell(heard: Heard = nothing): void {
    if (isDeepStrictEqual(heard, this.#heard)) return;
    this.#heard = heard;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
