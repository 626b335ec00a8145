import type { Word } from "./serverMessage.ts";
import { WordSequence, wordTolerance } from "./wordSequence.ts";

/** A place on a context's time line, in seconds: that of the audio of one segment. */
export interface SegmentTime {
  /** Its number among those with audio, from 0, in the order in which that began. */
  readonly index: number;
  /** Where its audio begins: the length of all audio before it. */
  readonly start: number;
  /** The length of its audio, as far as that has come. */
  readonly seconds: number;
}

/** What was said in a segment's audio, as far as words tell; times in seconds from its start. */
export interface SaidWords {
  readonly words: readonly Word[];
  /** Whether they may belong to what came before: they lie here by their arrival alone. */
  readonly mayBeLate: boolean;
}

/** A word, and the index of the audio during which it came; −1 before the first. */
interface ArrivedWord extends Word {
  readonly during: number;
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
  readonly #all = new WordSequence<ArrivedWord>();
  readonly #named = new Map<number, Word[]>();
  readonly #unnamed = new WordSequence<ArrivedWord>();
  /** By the index of the audio during which they came. */
  readonly #arrived = new Map<number, ArrivedWord[]>();
  #origin: "context" | "segment" | undefined;

  /** From whose start the times of the words last asked for were found to count; `undefined` where there were none. */
  get origin(): "context" | "segment" | undefined {
    return this.#origin;
  }

  /** How many segments have words as far as times tell: one more each time that they run back. */
  get restarts(): number {
    return this.#all.length;
  }

  /** Takes a frame's words, with its flush id where it has one. `during` is the index of the audio that came last; −1 before all. */
  add(words: readonly Word[], flushId: number | undefined, during = 0): void {
    const arrived = words.map((word) => ({ ...word, during }));
    this.#all.add(arrived);
    this.#arrived.set(during, append(this.#arrived.get(during), arrived));
    if (flushId === undefined) this.#unnamed.add(arrived);
    else this.#named.set(flushId, append(this.#named.get(flushId), words));
  }

  /**
   * The words that have come for a segment, in seconds from its own start, none of them outside its audio.
   * `flushId` is the segment's, where flush ids decide.
   */
  of(segment: SegmentTime, flushId: number | undefined): Word[] {
    this.#origin = undefined;
    const named = this.#namedOf(flushId);
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

  /**
   * What was said in a segment's audio, whoever it belongs to: the words with its flush id, wherever they lie; else by their time
   * or, where times run back, by when they came.
   */
  said(segment: SegmentTime, flushId: number | undefined): SaidWords {
    const named = this.#namedOf(flushId);
    if (named.length > 0) {
      return { words: this.#fromOwnStart(named, segment), mayBeLate: false };
    }
    const { index, start, seconds } = segment;
    const words = flushId === undefined ? this.#all : this.#unnamed;
    if (words.length <= 1) {
      const found = words.between(start, start + seconds);
      return { words: shift(found, -start), mayBeLate: false };
    }
    const comeAhead = this.#arrived.has(-1);
    const arrived = comeAhead ? [] : (this.#arrived.get(index) ?? []);
    // Times that count from the context's start run back, too, where a word is told twice.
    return { words: this.#fromOwnStart(arrived, segment), mayBeLate: !this.#arrived.has(0) };
  }

  #namedOf(flushId: number | undefined): readonly Word[] {
    return flushId === undefined ? [] : (this.#named.get(flushId) ?? []);
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

  #byTime(
    words: WordSequence<ArrivedWord>,
    { index, start, seconds }: SegmentTime,
  ): readonly Word[] {
    if (words.length > 0) this.#origin = words.length > 1 ? "segment" : "context";
    if (words.length > 1) return words.part(index);
    return shift(words.between(start, start + seconds), -start);
  }
}

function append<Item>(to: Item[] = [], items: readonly Item[]): Item[] {
  for (const item of items) to.push(item);
  return to;
}

function shift(words: readonly Word[], by: number): Word[] {
  return words.map(({ text, start, end }) => ({ text, start: start + by, end: end + by }));
}
