/** A place in a document as editors have it: its line, and the UTF-16 units before it on that line, both from 0. */
export interface LinePlace {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a document, from one place to another. */
export interface LineRange extends LinePlace {
  readonly endLine: number;
  readonly endCharacter: number;
}

/** The place where a range ends. */
export function endOf({ endLine, endCharacter }: LineRange): LinePlace {
  return { line: endLine, character: endCharacter };
}

/** The range between two places. */
export function rangeBetween(
  { line, character }: LinePlace,
  { line: endLine, character: endCharacter }: LinePlace,
): LineRange {
  return { line, character, endLine, endCharacter };
}

/** Counts the lines of a text; a line ends with CR LF, LF or CR. */
export class LineCounter {
  readonly #text: string;
  #offset = 0;
  #line = 0;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The place of an offset that is not before those asked for earlier. */
  at(offset: number): LinePlace {
    const text = this.#text;
    for (; this.#offset < offset; this.#offset++) {
      const code = text.charCodeAt(this.#offset);
      if (code !== 0x0a && (code !== 0x0d || text.charCodeAt(this.#offset + 1) === 0x0a)) continue;
      this.#line++;
      this.#lineStart = this.#offset + 1;
    }
    return { line: this.#line, character: offset - this.#lineStart };
  }
}
