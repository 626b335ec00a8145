import type { Word } from "./serverMessage.ts";
import { WordSequence, wordTolerance } from "./wordSequence.ts";

/** A segment's place on its context's time line, in seconds. */
export interface SegmentTime {
  /** The position in the context, from 0. */
  readonly position: number;
  /** Where its audio begins: the length of all audio before it. */
  readonly start: number;
  /** The length of its audio, as far as that has come. */
  readonly seconds: number;
}

/**
 * Collects the word times of one context and gives each segment its own.
 *
 * The service does not say whether times count from the context's start or the segment's, and need not send flush ids
 * with them (Cartesia TTS WebSocket reference, timestamps). So: words with an id belong to its segment, and the origin is
 * the one under which more of them lie inside its audio; where that decides nothing, it is the context's start unless
 * times run back in the context. Words without an id belong by their time if times never run back; where they do, each
 * step back begins the next segment. Where ids decide nothing in this context, all words count as words without one.
 *
 * To ask for a segment's words costs as much as it has words, however many others there are.
 */
export class WordTimes {
  readonly #all = new WordSequence();
  readonly #named = new Map<number, Word[]>();
  readonly #unnamed = new WordSequence();
  #origin: "context" | "segment" | undefined;

  /** From whose start the times of the words last asked for were found to count; `undefined` where there were none. */
  get origin(): "context" | "segment" | undefined {
    return this.#origin;
  }

  /** How many segments have words as far as times tell: one more each time that they run back. */
  get restarts(): number {
    return this.#all.length;
  }

  /** Takes a frame's words, with its flush id where it has one. */
  add(words: readonly Word[], flushId: number | undefined): void {
    this.#all.add(words);
    if (flushId === undefined) return this.#unnamed.add(words);
    const named = this.#named.get(flushId) ?? [];
    for (const word of words) named.push(word);
    this.#named.set(flushId, named);
  }

  /**
   * The words that have come for a segment, in seconds from its own start, none of them outside its audio.
   * `flushId` is the segment's, where flush ids decide.
   */
  of(segment: SegmentTime, flushId: number | undefined): Word[] {
    this.#origin = undefined;
    const named = flushId === undefined ? [] : (this.#named.get(flushId) ?? []);
    const words =
      named.length > 0
        ? this.#fromOwnStart(named, segment)
        : this.#byTime(flushId === undefined ? this.#all : this.#unnamed, segment);
    return words
      .filter(({ start, end }) => start >= -wordTolerance && end <= segment.seconds + wordTolerance)
      .map(({ text, start, end }) => ({
        text,
        start: Math.max(0, start),
        end: Math.min(segment.seconds, end),
      }))
      .filter(({ start, end }) => end >= start);
  }

  #fromOwnStart(words: readonly Word[], { start, seconds }: SegmentTime): readonly Word[] {
    const inside = (list: readonly Word[]): number =>
      list.filter((word) => word.start >= -wordTolerance && word.end <= seconds + wordTolerance)
        .length;
    const shifted = shift(words, -start);
    const gain = inside(shifted) - inside(words);
    const isContextTime = gain === 0 ? this.#all.length === 1 : gain > 0;
    this.#origin = isContextTime ? "context" : "segment";
    return isContextTime ? shifted : words;
  }

  #byTime(words: WordSequence, { position, start, seconds }: SegmentTime): readonly Word[] {
    if (words.length > 0) this.#origin = words.length > 1 ? "segment" : "context";
    if (words.length > 1) return words.part(position);
    return shift(words.between(start, start + seconds), -start);
  }
}

function shift(words: readonly Word[], by: number): Word[] {
  return words.map(({ text, start, end }) => ({ text, start: start + by, end: end + by }));
}
