import { firstIndex } from "../script/model/firstIndex.ts";

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
    const line = firstIndex(this.#starts.length, (at) => (this.#starts[at] ?? 0) > offset);
    return { line, column: offset - (this.#starts[line - 1] ?? 0) + 1 };
  }
}
