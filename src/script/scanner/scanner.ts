import { CodeSpans } from "./codeSpans.ts";
import { Containers } from "./containers.ts";
import { MARKER, type FlushMarker } from "../model/flushMarker.ts";
import { forwardFinder } from "../model/forwardFinder.ts";
import type { ScanOptions } from "./scanOptions.ts";
import type { Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import { SPELL_START, spellFinder } from "../model/serviceTags.ts";
import { SpeakerNames, type WrittenName } from "./speakerNames.ts";
import { SpeakerTurns, type Lead } from "./speakerTurns.ts";

/** What a scanner found in a document, in its order; the offsets are the document's. */
export interface Cuts {
  readonly markers: FlushMarker[];
  /** `<spell>…</spell>` elements. */
  readonly spells: Span[];
  /** Markdown only: fenced code blocks and comments. */
  readonly silent: Span[];
  /** Speakers' names that begin no segment, and headings that are not said. */
  readonly names: SilentSpan[];
  /** All names of speakers. */
  readonly turns: WrittenName[];
  /** Where the segments begin that are a speaker's. */
  readonly leads: Lead[];
  /**
   * Markdown only: where it may be cut to be parsed in stretches, its start included. Nothing runs on over a border, no edit
   * behind it takes it away, and no marker or other span goes over it: it is the start of a line without indentation behind
   * an empty one, outside of fenced code and comments.
   */
  readonly borders: number[];
}

const SPELL = /<spell>/iy;
/** An info string after backticks holds no backtick, or else the line is a code span. */
const FENCE = /(`{3,})[^`\r\n]*(?=[\r\n]|$)|(~{3,})/y;

interface Fence {
  readonly start: number;
  readonly mark: string;
  readonly depth: number;
}

/** Goes over a document from `start` on and cuts it, as `scanScript` says. */
export class Scanner {
  readonly #text: string;
  readonly #markdown: boolean;
  readonly #literals: ReadonlySet<string>;
  readonly #containers: Containers;
  readonly #codeSpans: CodeSpans;
  readonly #nextLineFeed: (from: number) => number;
  readonly #nextReturn: (from: number) => number;
  readonly #nextSign: (from: number) => number;
  readonly #nextCommentEnd: (from: number) => number;
  readonly #nextBlankLine: (from: number) => number;
  readonly #nextPercents: (from: number) => number;
  readonly #spellEnd: (start: number) => number | undefined;
  /** Where speakers are known. */
  readonly #turns: SpeakerTurns | undefined;
  #fence: Fence | undefined;
  readonly #start: number;
  readonly #cuts: Cuts = {
    markers: [],
    spells: [],
    silent: [],
    names: [],
    turns: [],
    leads: [],
    borders: [],
  };

  constructor(text: string, options: ScanOptions, start: number) {
    const {
      language,
      markers = [],
      speakers = [],
      names,
      anyName = false,
      headings = true,
    } = options;
    this.#text = text;
    this.#start = start;
    this.#markdown = language === "markdown";
    this.#literals = new Set(markers.map((marker) => marker.trim()).filter(Boolean));
    this.#containers = new Containers(text);
    this.#codeSpans = new CodeSpans(text);
    this.#nextLineFeed = forwardFinder(text, "\n");
    this.#nextReturn = forwardFinder(text, "\r");
    this.#nextSign = forwardFinder(text, this.#markdown ? /[<`\\]/g : "<");
    this.#nextCommentEnd = forwardFinder(text, "-->");
    this.#nextBlankLine = forwardFinder(text, /(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]/g);
    this.#nextPercents = forwardFinder(text, /%%(?=[ \t]*(?:[\r\n]|$))/g);
    this.#spellEnd = spellFinder(text);
    if (speakers.length > 0 || anyName || !headings) {
      const known = new SpeakerNames({ speakers, names, anyName }, this.#markdown);
      const isMarker = (line: string): boolean => this.#literals.has(line);
      const blocks = this.#markdown ? { headings, isMarker } : undefined;
      this.#turns = new SpeakerTurns(text, known, blocks, this.#cuts);
    }
  }

  /** Cuts all of it; once. */
  scan(): Cuts {
    const [text, cuts] = [this.#text, this.#cuts];
    // A byte order mark is no part of the first line.
    let line = this.#start === 0 && text.startsWith("\uFEFF") ? 1 : this.#start;
    if (this.#markdown && line < text.length) cuts.borders.push(this.#start);
    while (line < text.length) {
      line = this.#lineAfter(this.#scanLine(line));
      if (this.#markdown && this.#isBorder(line)) cuts.borders.push(line);
    }
    if (this.#fence) cuts.silent.push({ start: this.#fence.start, end: text.length });
    return cuts;
  }

  #isBorder(line: number): boolean {
    const begins = this.#fence === undefined && !/[ \t\r\n\uFEFF]/.test(this.#text[line] ?? " ");
    return begins && this.#followsBlankLine(line);
  }

  #followsBlankLine(line: number): boolean {
    let at = line - 1;
    if (this.#text[at] === "\n" && this.#text[at - 1] === "\r") at--;
    while (this.#text[at - 1] === " " || this.#text[at - 1] === "\t") at--;
    return this.#text[at - 1] === "\n" || this.#text[at - 1] === "\r";
  }

  /**
   * Scans the line that begins at `start`, and with it those that a comment or a spell element runs
   * into. Returns where it came to: the end of a line.
   */
  #scanLine(start: number): number {
    const end = this.#lineEnd(start);
    if (this.#markdown) {
      this.#containers.continueAt(start, end);
      if (this.#fence && this.#staysFenced(this.#fence, end)) return end;
    }
    if (this.#takeLiteral(start, end)) return end;
    if (!this.#markdown) {
      this.#turns?.enterLine({ start, end, content: start, contained: false, deep: false });
      return this.#scanInline(start, end);
    }
    this.#containers.enterNew(end);
    const { content, depth, indent } = this.#containers;
    if (this.#opensFence()) {
      this.#turns?.endParagraph();
      return end;
    }
    const comment = depth === 0 && indent < 4 ? this.#passCommentLines(content, end) : undefined;
    if (comment !== undefined) return comment;
    this.#turns?.enterLine({ start, end, content, contained: depth > 0, deep: indent >= 4 });
    return this.#scanInline(content, end);
  }

  /** Whether the current line belongs to the fenced code, as its text or as its end. */
  #staysFenced({ start, mark, depth }: Fence, end: number): boolean {
    const { content, indent } = this.#containers;
    if (this.#containers.depth < depth) {
      this.#cuts.silent.push({ start, end: content });
      this.#fence = undefined;
      return false;
    }
    let close = content;
    while (this.#text[close] === mark[0]) close++;
    if (indent < 4 && close - content >= mark.length && this.#isBlank(close, end)) {
      this.#cuts.silent.push({ start, end });
      this.#fence = undefined;
    }
    return true;
  }

  #opensFence(): boolean {
    const { content, indent, depth } = this.#containers;
    if (indent >= 4) return false;
    FENCE.lastIndex = content;
    const opening = FENCE.exec(this.#text);
    if (opening === null) return false;
    this.#fence = { start: content, mark: opening[1] ?? opening[2] ?? "", depth };
    return true;
  }

  #takeLiteral(start: number, end: number): boolean {
    if (this.#literals.size === 0) return false;
    const line = this.#text.slice(start, end);
    const literal = line.trim();
    if (!this.#literals.has(literal)) return false;
    const from = start + line.length - line.trimStart().length;
    this.#cuts.markers.push({ kind: "literal", start: from, end: from + literal.length });
    this.#turns?.passMarker(end);
    return true;
  }

  #scanInline(from: number, lineEnd: number): number {
    let end = lineEnd;
    for (let at = this.#nextSign(from); at < end; at = this.#nextSign(at)) {
      this.#turns?.passText(at);
      at = this.#passSign(at, end, at === from && this.#containers.indent < 4);
      if (at > end) end = this.#lineEnd(at);
    }
    this.#turns?.passText(end);
    return end;
  }

  /** Takes what begins at one of `<`, a backtick, a backslash, and returns where it ends. */
  #passSign(at: number, lineEnd: number, beginsLine: boolean): number {
    const sign = this.#text[at];
    if (sign === "\\") return at + (/[!-/:-@[-`{-~]/.test(this.#text[at + 1] ?? "") ? 2 : 1);
    if (sign === "`") return this.#codeSpans.pass(at, lineEnd);
    MARKER.lastIndex = at;
    const marker = MARKER.exec(this.#text)?.[0];
    if (marker !== undefined) {
      const end = at + marker.length;
      this.#cuts.markers.push({ kind: marker[1] === "!" ? "comment" : "tag", start: at, end });
      this.#turns?.passMarker(end);
      return end;
    }
    if (this.#markdown && this.#text.startsWith("<!--", at))
      return this.#passComment(at, beginsLine);
    SPELL.lastIndex = at;
    return SPELL.test(this.#text) ? this.#passSpell(at) : at + 1;
  }

  #passComment(start: number, beginsLine: boolean): number {
    // From the second dash on: `<!-->` is a whole comment.
    const close = this.#nextCommentEnd(start + 2);
    const closed = close < Infinity && (beginsLine || close < this.#nextBlankLine(start));
    if (!closed && !beginsLine) return start + 1;
    const end = closed ? close + 3 : this.#text.length;
    this.#cuts.silent.push({ start, end });
    this.#turns?.passSilence(end);
    return end;
  }

  /** A comment as Obsidian has it: from a line that begins with `%%` to one that ends so. */
  #passCommentLines(start: number, lineEnd: number): number | undefined {
    if (!this.#text.startsWith("%%", start)) return undefined;
    const first = this.#text.slice(start + 2, lineEnd);
    if (first.includes("%%")) return undefined;
    const close = this.#nextPercents(lineEnd);
    const closed = first.trim() === "" ? close < Infinity : close < this.#nextBlankLine(start);
    if (!closed) return undefined;
    this.#cuts.silent.push({ start, end: close + 2 });
    this.#turns?.passSilence(close + 2);
    return this.#lineEnd(close + 2);
  }

  #passSpell(start: number): number {
    const end = this.#spellEnd(start);
    if (end === undefined) return start + SPELL_START;
    this.#cuts.spells.push({ start, end });
    return end;
  }

  #lineEnd(from: number): number {
    return Math.min(this.#nextLineFeed(from), this.#nextReturn(from), this.#text.length);
  }

  #lineAfter(lineEnd: number): number {
    return lineEnd + (this.#text.startsWith("\r\n", lineEnd) ? 2 : 1);
  }

  #isBlank(from: number, end: number): boolean {
    return this.#text.slice(from, end).trim() === "";
  }
}
