/** Where something stands in a text, as compilers say it. */
export interface TextPlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
}

/** Finds lines and columns of offsets in one text. */
export class LineIndex {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const ends = [...text.matchAll(/\r\n|\r|\n/g)];
    this.#starts = [0, ...ends.map(({ 0: ending, index }) => index + ending.length)];
  }

  /** @param offset in UTF-16 units. */
  placeOf(offset: number): TextPlace {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
