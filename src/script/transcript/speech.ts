import type { SilenceReason } from "../model/silence.ts";

/** What a reader says of a document, in document order; offsets are the document's. */
export interface Speech {
  /**
   * Says what stands from `start` to `end`, the service's tags included.
   * @param literal whether it is code, or escaped: braces enclose no variable there.
   */
  say(start: number, end: number, literal?: boolean): void;
  /** Says text that the document writes otherwise, from `start` to `end`: a character reference. */
  sayDecoded(text: string, start: number, end: number): void;
  /**
   * Tells why what stands from `start` to `end` is not said. What of it is said nevertheless is not concerned. What the writer
   * has left out leaves no space before a comma or the like.
   */
  passSilence(start: number, end: number, reason: SilenceReason): void;
  /** A line ends, and with it a word. */
  breakLine(): void;
  /** What was said ends in a pause if more follows in the segment: `mark` is then put, unless punctuation stands there. */
  pause(mark: "," | "."): void;
  /**
   * What was said ends as a sentence does, whether more follows or not.
   * @param start where the block began that ends here: words of a segment before it are not concerned.
   */
  endSentence(start: number): void;
}

export type Saying =
  | {
      readonly kind: "say";
      readonly start: number;
      readonly end: number;
      readonly literal: boolean;
    }
  | {
      readonly kind: "decoded";
      readonly text: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: "silence";
      readonly start: number;
      readonly end: number;
      readonly reason: SilenceReason;
    }
  | { readonly kind: "line" }
  | { readonly kind: "pause"; readonly mark: "," | "." }
  | { readonly kind: "sentence"; readonly start: number };

/** Keeps what is said of a stretch of the document, to be said again wherever the stretch may have moved. */
export class RecordedSpeech implements Speech {
  readonly #sayings: Saying[] = [];

  say(start: number, end: number, literal = false): void {
    this.#sayings.push({ kind: "say", start, end, literal });
  }

  sayDecoded(text: string, start: number, end: number): void {
    this.#sayings.push({ kind: "decoded", text, start, end });
  }

  passSilence(start: number, end: number, reason: SilenceReason): void {
    this.#sayings.push({ kind: "silence", start, end, reason });
  }

  breakLine(): void {
    if (this.#sayings.at(-1)?.kind !== "line") this.#sayings.push({ kind: "line" });
  }

  pause(mark: "," | "."): void {
    this.#sayings.push({ kind: "pause", mark });
  }

  endSentence(start: number): void {
    this.#sayings.push({ kind: "sentence", start });
  }

  /** Says it all, for a stretch that begins at `base` now. */
  repeat(speech: Speech, base: number): void {
    for (const saying of this.#sayings) {
      if (saying.kind === "say") speech.say(base + saying.start, base + saying.end, saying.literal);
      else if (saying.kind === "decoded")
        speech.sayDecoded(saying.text, base + saying.start, base + saying.end);
      else if (saying.kind === "silence")
        speech.passSilence(base + saying.start, base + saying.end, saying.reason);
      else if (saying.kind === "line") speech.breakLine();
      else if (saying.kind === "pause") speech.pause(saying.mark);
      else speech.endSentence(base + saying.start);
    }
  }
}
