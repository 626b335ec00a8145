import type { FlushMarker } from "../model/flushMarker.ts";
import type { Span } from "../model/script.ts";
import type { SpeakerNames } from "./speakerNames.ts";

/** The first text of a segment that is said by a speaker. */
export interface Lead {
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
}

/** What speakers make of the document. */
export interface SpokenTurns {
  readonly markers: FlushMarker[];
  /** Names before paragraphs that begin no segment: they are not said. */
  readonly names: Span[];
  readonly leads: Lead[];
}

/** A line, as far as it matters for who speaks. */
export interface TurnLine extends Span {
  /** Markdown: where its text begins. */
  readonly content: number;
  /** Whether it stands in a list or a quote. */
  readonly contained: boolean;
  /** Whether it is indented as code is. */
  readonly deep: boolean;
}

/** Lines that are blocks of their own; the text begins there. */
const HEADING = /#{1,6}(?:[ \t\r\n]|$)/y;
const RULE = /^([-*_])[ \t]*(?:\1[ \t]*){2,}$/;

/** For each segment who speaks it: at most one of the leads stands in each. */
export function speakersOf(
  segments: readonly Span[],
  leads: readonly Lead[],
): (string | undefined)[] {
  let next = 0;
  return segments.map(({ start, end }) => {
    while ((leads[next]?.start ?? Infinity) < start) next++;
    const lead = leads[next];
    return lead && lead.start < end ? lead.speaker : undefined;
  });
}

/**
 * Follows who speaks, paragraph by paragraph. A paragraph that begins with a speaker's name is said by that speaker, one that
 * does not by nobody in particular; where that changes, a segment begins. Paragraphs are parted by empty lines; a name that
 * begins a line begins a paragraph, too. Not in lists, quotes and code.
 */
export class SpeakerTurns {
  readonly #text: string;
  readonly #markdown: boolean;
  readonly #names: SpeakerNames;
  readonly #found: SpokenTurns;
  #speaker: string | undefined;
  /** Whether the segment has text so far. */
  #begun = false;
  /** Whether a paragraph is going on. */
  #open = false;
  /** Whether the paragraph began in a list or a quote: it goes on there on lines that are not marked so. */
  #contained = false;
  /** Whether the line is a block of its own. */
  #closes = false;
  /** Whether a name may stand next. */
  #nameable = false;
  /** Up to where the text was looked at. */
  #from = 0;

  /** @param found where what is found is put. */
  constructor(text: string, names: SpeakerNames, markdown: boolean, found: SpokenTurns) {
    this.#text = text;
    this.#markdown = markdown;
    this.#names = names;
    this.#found = found;
  }

  enterLine({ start, end, content, contained, deep }: TurnLine): void {
    if (this.#closes) this.endParagraph();
    this.#from = start;
    if (this.#isBlank(start, end) || (this.#markdown && !deep && this.#isRule(start, end))) {
      this.endParagraph();
      this.#from = end;
      return;
    }
    this.#closes = this.#markdown && !contained && !deep && this.#isHeading(content);
    if (this.#closes) this.endParagraph();
    this.#nameable = !contained && !deep && !this.#contained;
    this.#contained ||= contained;
  }

  /** A block ends here, if not the text. */
  endParagraph(): void {
    this.#open = false;
    this.#contained = false;
  }

  /** Up to here there is text, if not white space. */
  passText(to: number): void {
    let start = this.#from;
    while (start < to && this.#isSpace(start)) start++;
    if (start < to) this.#say(start, to);
    this.#from = Math.max(this.#from, to);
  }

  /** Up to here nothing is said. */
  passSilence(to: number): void {
    this.#from = to;
  }

  /** Up to here there is a flush marker. */
  passMarker(to: number): void {
    this.#from = to;
    this.#begun = false;
    this.#contained = false;
  }

  #say(start: number, to: number): void {
    const name = this.#nameable ? this.#names.find(this.#text, start, to) : undefined;
    this.#nameable = false;
    if (name) this.#begin(name.speaker, { start, end: name.end });
    else if (!this.#open) this.#begin(undefined, { start: this.#from, end: this.#from });
    this.#open = true;
    if (this.#begun || (name && this.#isBlank(name.end, to))) return;
    this.#begun = true;
    const said = name?.end ?? start;
    if (this.#speaker !== undefined) {
      this.#found.leads.push({ start: said, end: said, speaker: this.#speaker });
    }
  }

  #begin(speaker: string | undefined, { start, end }: Span): void {
    if (this.#begun && speaker !== this.#speaker) {
      this.#found.markers.push({ kind: "speaker", start, end });
      this.#begun = false;
    } else if (end > start) this.#found.names.push({ start, end });
    this.#speaker = speaker;
  }

  #isHeading(content: number): boolean {
    HEADING.lastIndex = content;
    return HEADING.test(this.#text);
  }

  #isRule(start: number, end: number): boolean {
    let at = start;
    while (at < end && this.#isSpace(at)) at++;
    return "-*_".includes(this.#text[at] ?? "") && RULE.test(this.#text.slice(at, end));
  }

  #isBlank(from: number, to: number): boolean {
    let at = from;
    while (at < to && this.#isSpace(at)) at++;
    return at >= to;
  }

  #isSpace(at: number): boolean {
    const character = this.#text[at];
    return character === " " || character === "\t" || character === "\n" || character === "\r";
  }
}
