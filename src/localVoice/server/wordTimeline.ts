import type { Interval } from "../synthesis/alignWords.ts";
import type { WrittenWord } from "../text/spokenWords.ts";

/** A written word and when it was said, in seconds from the start of its context's audio. */
export interface TimedWord extends Interval {
  readonly written: WrittenWord;
}

/** What was said of an utterance, and when. */
export interface TimedUtterance {
  /** For each word said, the written one: the same object in a row where one is said as several. */
  readonly words: readonly WrittenWord[];
  /** For each word said, in seconds from the utterance's start; none where they could not be found. */
  readonly intervals: readonly Interval[];
  /** Where the utterance begins on the context's time line, in seconds, and how long it lasts. */
  readonly start: number;
  readonly seconds: number;
  /** Whether its last word goes on in the next utterance. */
  readonly isCut: boolean;
}

/** Puts a context's words on its time line, utterance by utterance, and joins those that are said in several. */
export class WordTimeline {
  #begun: TimedWord | undefined;

  /** @returns the words that are whole now, in order */
  add({ words, intervals, start, seconds, isCut }: TimedUtterance): TimedWord[] {
    const timed = this.#begun ? [this.#begun] : [];
    intervals.forEach((interval, index) => {
      const written = words[index];
      if (!written) return;
      const end = start + Math.min(interval.end, seconds);
      const last = timed.at(-1);
      if (last?.written === written) timed[timed.length - 1] = { ...last, end };
      else timed.push({ written, start: start + Math.min(interval.start, seconds), end });
    });
    this.#begun = isCut ? timed.pop() : undefined;
    return timed;
  }
}
