/** A block quote, or a list item with the columns by which its further lines are indented. */
type Container = { readonly kind: "quote" } | { readonly kind: "item"; readonly width: number };

/** Deeper nesting is read as text: it keeps the work per line bounded on hostile documents. */
const DEEPEST = 64;
const LIST_MARKER = /(?:[-+*]|\d{1,9}[.)])(?=[ \t\r\n]|$)/y;
const TAB = 4;

/**
 * The block quotes and list items that a line of Markdown stands in (CommonMark, "Container
 * blocks"), as far as fenced code needs them: lazy continuation lines count as outside.
 */
export class Containers {
  readonly #text: string;
  readonly #open: Container[] = [];
  #column = 0;
  #base = 0;

  /** Offset of the line's first character that is neither a container's mark nor white space. */
  content = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** How many containers the current line stands in. */
  get depth(): number {
    return this.#open.length;
  }

  /**
   * Columns of white space before `content`, counted from where the innermost container's text
   * begins.
   */
  get indent(): number {
    return this.#column - this.#base;
  }

  /**
   * Goes on to the line that begins at `start`, leaving the containers that it does not continue.
   */
  continueAt(start: number, lineEnd: number): void {
    this.content = start;
    this.#column = 0;
    this.#base = 0;
    this.#skipWhiteSpace();
    const left = this.#open.findIndex((container) => !this.#continues(container, lineEnd));
    if (left >= 0) this.#open.length = left;
  }

  /** Enters the containers that begin on the current line. */
  enterNew(lineEnd: number): void {
    while (this.indent < TAB && this.content < lineEnd && this.#open.length < DEEPEST) {
      const quoted = this.#enterQuote();
      if (quoted) this.#open.push({ kind: "quote" });
      else if (!this.#enterItem(lineEnd)) return;
    }
  }

  #continues(container: Container, lineEnd: number): boolean {
    if (container.kind === "quote") return this.#enterQuote();
    if (this.content >= lineEnd) return true;
    if (this.indent < container.width) return false;
    this.#base += container.width;
    return true;
  }

  #enterQuote(): boolean {
    if (this.indent >= TAB || this.#text[this.content] !== ">") return false;
    this.content++;
    this.#column++;
    const next = this.#text[this.content];
    this.#base = this.#column + (next === " " || next === "\t" ? 1 : 0);
    this.#skipWhiteSpace();
    return true;
  }

  #enterItem(lineEnd: number): boolean {
    LIST_MARKER.lastIndex = this.content;
    const marker = LIST_MARKER.exec(this.#text)?.[0];
    if (marker === undefined) return false;
    const start = this.#base;
    this.content += marker.length;
    this.#column += marker.length;
    const markerEnd = this.#column;
    this.#skipWhiteSpace();
    const gap = this.#column - markerEnd;
    this.#base = this.content >= lineEnd || gap > TAB ? markerEnd + 1 : this.#column;
    this.#open.push({ kind: "item", width: this.#base - start });
    return true;
  }

  #skipWhiteSpace(): void {
    for (; ; this.content++) {
      const character = this.#text[this.content];
      if (character === " ") this.#column++;
      else if (character === "\t") this.#column += TAB - (this.#column % TAB);
      else return;
    }
  }
}
