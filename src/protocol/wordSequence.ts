import type { Word } from "./serverMessage.ts";

/** How far a word may lie outside its place in time and still have it, in seconds. */
export const wordTolerance = 0.05;

/**
 * Words in the order in which they came, in parts: a new one begins wherever times run back. Those of one frame may overlap a
 * little; the first of the next one does not begin in the middle of the word before it.
 */
export class WordSequence<Kind extends Word = Word> {
  readonly #parts: Kind[][] = [];
  /** For each word of the first part, the latest end so far: these never fall, so they can be searched. */
  readonly #ends: number[] = [];
  #last: Word | undefined;

  /** How many parts there are. */
  get length(): number {
    return this.#parts.length;
  }

  /** Takes the words of a frame. */
  add(words: readonly Kind[]): void {
    for (const [index, word] of words.entries()) {
      if (this.#runsBack(word, index === 0)) this.#parts.push([]);
      this.#last = word;
      this.#parts.at(-1)?.push(word);
      if (this.#parts.length === 1) this.#ends.push(Math.max(word.end, this.#ends.at(-1) ?? 0));
    }
  }

  #runsBack({ start }: Word, isFirst: boolean): boolean {
    if (!this.#last) return true;
    const half = (this.#last.end - this.#last.start) / 2;
    const isWithin = isFirst && half > 0 && start < this.#last.start + half;
    return isWithin || start < this.#last.start - wordTolerance;
  }

  /** The words of a part; none where there are not so many. */
  part(index: number): readonly Kind[] {
    return this.#parts[index] ?? [];
  }

  /** The words of the first part whose middles lie between these times, the first included; in seconds. */
  between(from: number, to: number): Kind[] {
    const words = this.part(0);
    const found: Kind[] = [];
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
