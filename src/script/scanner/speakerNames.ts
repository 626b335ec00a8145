import type { Span } from "../model/script.ts";

/** A speaker's name before what is said. */
export interface WrittenName extends Span {
  readonly speaker: string;
}

/** What may stand around a name: white space before its colon, and in Markdown `**`. UTF-16 units. */
const AROUND = 32;
const COLON = /[:：]/;
const BOLD = "**";

/** The names of a script's speakers, as a paragraph may begin with one: `NAME:`, in Markdown also `**NAME:**` and `**NAME**:`. */
export class SpeakerNames {
  readonly #names: ReadonlySet<string>;
  readonly #markdown: boolean;
  readonly #longest: number;

  constructor(names: readonly string[], markdown: boolean) {
    this.#names = new Set(names.map((name) => name.trim()).filter(Boolean));
    this.#markdown = markdown;
    let longest = 0;
    for (const { length } of this.#names) longest = Math.max(longest, length);
    this.#longest = AROUND + longest;
  }

  /** The name that begins at `start` and ends, its colon included, by `end`. */
  find(text: string, start: number, end: number): WrittenName | undefined {
    const line = text.slice(start, Math.min(end, start + this.#longest));
    const colon = line.search(COLON);
    if (colon < 0) return undefined;
    const written = line.slice(0, colon).trimEnd();
    const bold = this.#markdown && written.startsWith(BOLD);
    const closed = bold && written.length >= 2 * BOLD.length && written.endsWith(BOLD);
    if (bold && !closed && !line.startsWith(BOLD, colon + 1)) return undefined;
    const speaker = bold ? written.slice(BOLD.length, closed ? -BOLD.length : undefined) : written;
    if (!this.#names.has(speaker.trim())) return undefined;
    const length = colon + 1 + (bold && !closed ? BOLD.length : 0);
    return { speaker: speaker.trim(), start, end: start + length };
  }
}
