import type { Word } from "./serverMessage.ts";

/** A segment's place on its context's time line, in seconds. */
export interface SegmentTime {
  /** The position in the context, from 0. */
  readonly position: number;
  /** Where its audio begins: the length of all audio before it. */
  readonly start: number;
  readonly seconds: number;
}

/** How far a word may lie outside its audio and still be its word, in seconds. */
const tolerance = 0.05;

/**
 * Collects the word times of one context and gives each segment its own.
 *
 * The service does not say whether times count from the context's start or the segment's, and need not send flush ids
 * with them (Cartesia TTS WebSocket reference, timestamps). So: words with an id belong to its segment, and the origin is
 * the one under which more of them lie inside its audio; where that decides nothing, it is the context's start unless
 * times run back in the context. Words without an id belong by their time if times never run back; where they do, each
 * step back begins the next segment.
 */
export class WordTimes {
  readonly #frames: { readonly flushId: number | undefined; readonly words: readonly Word[] }[] =
    [];

  #origin: "context" | "segment" | undefined;

  /** From whose start the times of the words last asked for were found to count; `undefined` where there were none. */
  get origin(): "context" | "segment" | undefined {
    return this.#origin;
  }

  /** Takes a frame's words, with its flush id where it has one. */
  add(words: readonly Word[], flushId: number | undefined): void {
    if (words.length > 0) this.#frames.push({ flushId, words });
  }

  /**
   * The words that have come for a segment, in seconds from its own start, none of them outside its audio.
   * `flushId` is the segment's, where flush ids decide.
   */
  of(segment: SegmentTime, flushId: number | undefined): Word[] {
    const named = this.#frames.filter(
      (frame) => frame.flushId !== undefined && frame.flushId === flushId,
    );
    this.#origin = undefined;
    const words =
      named.length > 0
        ? this.#fromOwnStart(
            named.flatMap(({ words }) => words),
            segment,
          )
        : this.#unnamed(segment);
    return words
      .filter(({ start, end }) => start >= -tolerance && end <= segment.seconds + tolerance)
      .map(({ text, start, end }) => ({
        text,
        start: Math.max(0, start),
        end: Math.min(segment.seconds, end),
      }))
      .filter(({ start, end }) => end >= start);
  }

  #fromOwnStart(words: readonly Word[], { start, seconds }: SegmentTime): readonly Word[] {
    const inside = (list: readonly Word[]): number =>
      list.filter((word) => word.start >= -tolerance && word.end <= seconds + tolerance).length;
    const shifted = shift(words, -start);
    const gain = inside(shifted) - inside(words);
    const all = this.#frames.flatMap((frame) => frame.words);
    const isContextTime = gain === 0 ? splitWhereTimesRunBack(all).length === 1 : gain > 0;
    this.#origin = isContextTime ? "context" : "segment";
    return isContextTime ? shifted : words;
  }

  #unnamed(segment: SegmentTime): readonly Word[] {
    const words = this.#frames
      .filter((frame) => frame.flushId === undefined)
      .flatMap(({ words }) => words);
    const restarts = splitWhereTimesRunBack(words);
    if (words.length > 0) this.#origin = restarts.length > 1 ? "segment" : "context";
    if (restarts.length > 1) return restarts[segment.position] ?? [];
    return shift(words, -segment.start).filter(({ start, end }) => {
      const middle = (start + end) / 2;
      return middle >= 0 && middle < segment.seconds;
    });
  }
}

function shift(words: readonly Word[], by: number): Word[] {
  return words.map(({ text, start, end }) => ({ text, start: start + by, end: end + by }));
}

function splitWhereTimesRunBack(words: readonly Word[]): Word[][] {
  const parts: Word[][] = [];
  let last = Infinity;
  for (const word of words) {
    if (word.start < last - tolerance) parts.push([]);
    parts.at(-1)?.push(word);
    last = word.start;
  }
  return parts;
}
