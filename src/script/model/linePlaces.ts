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

/** The place where a range ends; without one, the document's start. */
export function endOf(range: LineRange | undefined): LinePlace {
  return { line: range?.endLine ?? 0, character: range?.endCharacter ?? 0 };
}

/** The range between two places. */
export function rangeBetween(
  { line, character }: LinePlace,
  { line: endLine, character: endCharacter }: LinePlace,
): LineRange {
  return { line, character, endLine, endCharacter };
}

/** Whether two ranges are the same. */
export function isSameRange(one: LineRange, other: LineRange): boolean {
  return (
    one.line === other.line &&
    one.character === other.character &&
    one.endLine === other.endLine &&
    one.endCharacter === other.endCharacter
  );
}

/** Counts lines from a known place on; a line ends with CR LF, LF or CR. */
export class LineCounter {
  readonly text: string;
  #offset: number;
  #line: number;
  #lineStart: number;

  /** @param offset of `place` in the text. */
  constructor(text: string, offset: number, { line, character }: LinePlace) {
    this.text = text;
    this.#offset = offset;
    this.#line = line;
    this.#lineStart = offset - character;
  }

  /** The place of an offset that is not before those asked for earlier. */
  at(offset: number): LinePlace {
    const { text } = this;
    for (; this.#offset < offset; this.#offset++) {
      const code = text.charCodeAt(this.#offset);
      if (code !== 0x0a && (code !== 0x0d || text.charCodeAt(this.#offset + 1) === 0x0a)) continue;
      this.#line++;
      this.#lineStart = this.#offset + 1;
    }
    return { line: this.#line, character: offset - this.#lineStart };
  }
}
