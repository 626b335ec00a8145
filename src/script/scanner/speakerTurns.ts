import type { FlushMarker } from "../model/flushMarker.ts";
import type { Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import { isDirection, nameParts, type SpeakerNames, type WrittenName } from "./speakerNames.ts";

/** The first text of a segment that is said by a speaker. */
export interface Lead {
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
}

/** What speakers make of the document. */
export interface SpokenTurns {
  readonly markers: FlushMarker[];
  /** Names before paragraphs that begin no segment, directions on lines of their own, and headings: they are not said. */
  readonly names: SilentSpan[];
  /** All names, those that begin a segment, too. */
  readonly turns: WrittenName[];
  readonly leads: Lead[];
}

/** What Markdown has beyond paragraphs. */
export interface MarkdownTurns {
  /** Whether headings are said. */
  readonly headings: boolean;
  /** Whether a line is a flush marker. */
  readonly isMarker: (line: string) => boolean;
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
const UNDERLINE = /(?:\r\n|\n|\r) {0,3}(=+|-{4,})[ \t]*(?=[\r\n]|$)/y;
/** A line that goes on with a paragraph. */
const FURTHER_LINE =
  /(?:\r\n|\n|\r)(?![ \t]*(?:[\r\n]|$)| {0,3}(?:[>#<]|[-+*][ \t]|[-*_]{3}|\d{1,9}[.)][ \t]|```|~~~))([^\r\n]*)/y;
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
 *
 * Where names stand above what is said, one that is alone on its line begins a paragraph that an empty line may follow.
 *
 * A heading that is not said parts what a speaker says from what follows as nobody's text would, but is no segment.
 */
export class SpeakerTurns {
  readonly #text: string;
  readonly #names: SpeakerNames;
  readonly #markdown: MarkdownTurns | undefined;
  readonly #found: SpokenTurns;
  #speaker: string | undefined;
  /** Whether the segment has text so far. */
  #begun = false;
  /** Whether a paragraph is going on. */
  #open = false;
  /** Whether the paragraph has a name, and nothing that is said so far. */
  #awaits = false;
  /** Whether the paragraph began in a list or a quote: it goes on there on lines that are not marked so. */
  #contained = false;
  /** The line. */
  #line: Span = { start: 0, end: 0 };
  /** Whether the line is a block of its own. */
  #closes = false;
  /** Where the line ends that makes a heading of those above it. */
  #underlineEnd = 0;
  /** Where the paragraph ends that no line makes a heading. */
  #plainEnd = 0;
  /** Whether a name may stand next. */
  #nameable = false;
  /** Where the first heading behind the text begins that is not said. */
  #headingAt: number | undefined;
  /** Up to where the text was looked at. */
  #from = 0;

  /**
   * @param markdown nothing in plain text.
   * @param found where what is found is put.
   */
  constructor(
    text: string,
    names: SpeakerNames,
    markdown: MarkdownTurns | undefined,
    found: SpokenTurns,
  ) {
    this.#text = text;
    this.#names = names;
    this.#markdown = markdown;
    this.#found = found;
  }

  enterLine({ start, end, content, contained, deep }: TurnLine): void {
    if (this.#closes) this.endParagraph();
    const goesOn = start < this.#underlineEnd;
    this.#line = { start, end };
    this.#from = start;
    const isBlank = this.#isBlank(start, end);
    if (isBlank || (this.#markdown && !deep && this.#isRule(start, end))) {
      if (!(isBlank && this.#awaits && this.#names.above)) this.endParagraph();
      this.#closes = false;
      this.#from = end;
      return;
    }
    if (!goesOn && !contained && !deep && !this.#open) this.#underlineEnd = this.#underlineOf(end);
    this.#closes =
      start < this.#underlineEnd ||
      (!!this.#markdown && !contained && !deep && this.#isHeading(content));
    if (this.#closes) this.endParagraph();
    this.#nameable = !contained && !deep && !this.#contained && !goesOn;
    this.#contained ||= contained;
  }

  /** A block ends here, if not the text. */
  endParagraph(): void {
    this.#open = false;
    this.#awaits = false;
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
    this.#headingAt = undefined;
  }

  #say(start: number, to: number): void {
    const { end } = this.#line;
    const isWhole = this.#nameable && this.#isBlank(to, end);
    const name = this.#nameable ? this.#nameAt(start, to, isWhole) : undefined;
    this.#nameable = false;
    if (name) {
      this.#found.turns.push(name);
      this.#closes = false;
      this.#underlineEnd = 0;
      this.#begin(name.speaker, { start, end: name.end });
      this.#awaits = this.#isBlank(name.end, end);
    } else if (this.#closes && this.#markdown?.headings === false) {
      this.#headingAt ??= this.#line.start;
      this.#found.names.push({ start, end: to, reason: "heading" });
      return;
    } else if (isWhole && this.#isDirection(start, to)) {
      this.#found.names.push({ start, end: to, reason: "direction" });
      return;
    } else if (!this.#open) this.#begin(undefined, { start: this.#from, end: this.#from });
    this.#open = true;
    if (name && this.#isBlank(name.end, to)) return;
    this.#awaits = false;
    if (this.#begun) return;
    this.#begun = true;
    const said = name?.end ?? start;
    if (this.#speaker !== undefined) {
      this.#found.leads.push({ start: said, end: said, speaker: this.#speaker });
    }
  }

  #nameAt(start: number, to: number, isWhole: boolean): WrittenName | undefined {
    const name = this.#names.find(this.#text, start, to);
    return name ?? (isWhole ? this.#names.findAbove(this.#text, start, to) : undefined);
  }

  /** Whether a line is a direction for the speaker: below the name, or, where names stand above, within what is said. */
  #isDirection(start: number, end: number): boolean {
    const isSpeech = this.#open && this.#speaker !== undefined;
    if (!isSpeech || !(this.#awaits || this.#names.above)) return false;
    return isDirection(this.#text, start, end);
  }

  #begin(speaker: string | undefined, { start, end }: Span): void {
    const heading = this.#headingAt;
    const isParted = heading !== undefined && this.#speaker !== undefined;
    const cuts = this.#begun && (speaker !== this.#speaker || isParted);
    const at = cuts && heading !== undefined ? { start: heading, end: heading } : { start, end };
    if (cuts) {
      const parts = nameParts(this.#text, at);
      const named = parts.length > 1 ? { parts } : {};
      this.#found.markers.push({ kind: "speaker", ...at, ...named });
      this.#begun = false;
    }
    if (end > start && !(cuts && at.start === start))
      this.#found.names.push({ start, end, reason: "speaker" });
    this.#headingAt = undefined;
    this.#speaker = speaker;
  }

  #isHeading(content: number): boolean {
    HEADING.lastIndex = content;
    return HEADING.test(this.#text);
  }

  /**
   * Where the line ends by which the line that ends here is a heading, alone or with those below it: at least four `-`, for
   * three are meant to be a rule. 0 where there is none.
   */
  #underlineOf(lineEnd: number): number {
    if (!this.#markdown) return 0;
    let end = lineEnd;
    while (end >= this.#plainEnd) {
      UNDERLINE.lastIndex = end;
      const underline = UNDERLINE.exec(this.#text)?.[1];
      if (underline !== undefined && !this.#markdown.isMarker(underline))
        return UNDERLINE.lastIndex;
      FURTHER_LINE.lastIndex = end;
      const line = underline === undefined ? FURTHER_LINE.exec(this.#text)?.[1] : undefined;
      const next = FURTHER_LINE.lastIndex;
      if (line === undefined || this.#markdown.isMarker(line.trim())) break;
      if (this.#nameAt(next - line.length, next, true)) break;
      end = next;
    }
    this.#plainEnd = Math.max(this.#plainEnd, end);
    return 0;
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
