import type { Word } from "./serverMessage.ts";

/** How far a word may lie outside its place in time and still have it, in seconds. */
export const wordTolerance = 0.05;

/** Words in the order in which they came, in parts: a new one begins wherever times run back. */
export class WordSequence {
  readonly #parts: Word[][] = [];
  /** For each word of the first part, the latest end so far: these never fall, so they can be searched. */
  readonly #ends: number[] = [];
  #lastStart = Infinity;

  /** How many parts there are. */
  get length(): number {
    return this.#parts.length;
  }

  add(words: readonly Word[]): void {
    for (const word of words) {
      if (word.start < this.#lastStart - wordTolerance) this.#parts.push([]);
      this.#lastStart = word.start;
      this.#parts.at(-1)?.push(word);
      if (this.#parts.length === 1) this.#ends.push(Math.max(word.end, this.#ends.at(-1) ?? 0));
    }
  }

  /** The words of a part; none where there are not so many. */
  part(index: number): readonly Word[] {
    return this.#parts[index] ?? [];
  }

  /** The words of the first part whose middles lie between these times, the first included; in seconds. */
  between(from: number, to: number): Word[] {
    const words = this.part(0);
    const found: Word[] = [];
    for (let at = this.#firstEndingBehind(from); at < words.length; at++) {
      const word = words[at];
      // Starts may step back a little without running back, but not by as much as a second.
      if (!word || word.start > to + 1) break;
      const middle = (word.start + word.end) / 2;
      if (middle >= from && middle < to) found.push(word);
    }
    return found;
  }

  #firstEndingBehind(time: number): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? Infinity) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
