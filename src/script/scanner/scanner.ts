import { CodeSpans } from "./codeSpans.ts";
import { Containers } from "./containers.ts";
import { MARKER, type FlushMarker } from "../model/flushMarker.ts";
import { forwardFinder } from "../model/forwardFinder.ts";
import type { ScanOptions } from "./scanOptions.ts";
import type { Replaced, Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import { SPELL_START, spellFinder } from "../model/serviceTags.ts";
import { isNoteComment, type DeckTool } from "./deckTool.ts";
import { SpeakerNames, type WrittenName } from "./speakerNames.ts";
import { SpeakerTurns, type Lead } from "./speakerTurns.ts";
import { SpeechCommands, type CommandFault } from "./speechCommands.ts";

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
  /** What is not said as it stands, by the comments in the text. */
  readonly replaced: Replaced[];
  readonly faults: CommandFault[];
  /** A deck's speaker notes in comments, and what encloses them: to Markdown they stand on lines of their own. */
  readonly notes: Span[];
  readonly opened: Span[];
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

/** The number signs of a heading: what is said instead of it is said as one. */
const HEADING_SIGNS = /#{1,6}[ \t]+/y;
/** The mark of Slidev in a note where the next click is (Slidev, "Click markers"). */
const CLICK = /\[click(?::\d+)?\][ \t]*/gi;
/** A deck whose notes are said, as far as its slides are known. */
export interface ScannedDeck {
  readonly tool: DeckTool;
  readonly markers?: readonly FlushMarker[];
}

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
  readonly #commands: SpeechCommands;
  /** Where what is said begins on the line that is being scanned. */
  #lineFrom = 0;
  /** Of a deck whose notes are said. */
  readonly #deck: DeckTool | undefined;
  /** What parts its slides. */
  readonly #slides: readonly FlushMarker[];
  #nextSlide = 0;
  readonly #cuts: Cuts;

  constructor(text: string, options: ScanOptions, start: number, deck?: ScannedDeck) {
    const {
      language,
      markers = [],
      speakers = [],
      names,
      anyName = false,
      headings = true,
    } = options;
    this.#text = text;
    this.#deck = deck?.tool;
    this.#slides = deck?.markers ?? [];
    this.#commands = new SpeechCommands(text);
    const { replaced, faults } = this.#commands;
    const found = { markers: [], spells: [], silent: [], leads: [], borders: [] };
    const said = { names: [], turns: [], notes: [], opened: [] };
    this.#cuts = { ...found, ...said, replaced, faults };
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
    if (this.#takeSlide(start, end) || this.#takeLiteral(start, end)) return end;
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

  /** Takes the marker of a slide on a line. Whether it is the whole line. */
  #takeSlide(start: number, lineEnd: number): boolean {
    while ((this.#slides[this.#nextSlide]?.start ?? Infinity) < start) this.#nextSlide++;
    const slide = this.#slides[this.#nextSlide];
    if (!slide || slide.start > lineEnd) return false;
    this.#nextSlide++;
    this.#cuts.markers.push(slide);
    this.#turns?.passMarker(slide.end);
    return slide.end > slide.start;
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
    this.#lineFrom = from;
    for (let at = this.#nextSign(from); at < end; at = this.#nextSign(at)) {
      this.#turns?.passText(at);
      at = this.#passSign(at, end, at === from && this.#containers.indent < 4);
      if (at > end) {
        end = this.#lineEnd(at);
        this.#lineFrom = at;
      }
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
    const command = this.#passCommand(at);
    if (command !== undefined) return command;
    if (this.#markdown && this.#text.startsWith("<!--", at))
      return this.#passComment(at, beginsLine);
    SPELL.lastIndex = at;
    return SPELL.test(this.#text) ? this.#passSpell(at) : at + 1;
  }

  #passCommand(at: number): number | undefined {
    const { markers, names, spells, silent, replaced } = this.#cuts;
    let from = Math.max(this.#lineFrom, markers.at(-1)?.end ?? 0, names.at(-1)?.end ?? 0);
    HEADING_SIGNS.lastIndex = from;
    if (this.#markdown && HEADING_SIGNS.test(this.#text)) from = HEADING_SIGNS.lastIndex;
    while (from < at && /[ \t]/.test(this.#text[from] ?? "")) from++;
    const known = replaced.length;
    const end = this.#commands.pass(at, Math.min(from, at), (offset) => this.#lineEnd(offset));
    if (end === undefined) return undefined;
    const { start, said } = replaced[known] as Replaced;
    for (const within of [spells, silent]) {
      while ((within.at(-1)?.start ?? -1) >= start) within.pop();
    }
    if (said === "") {
      if (this.#markdown) silent.push({ start, end });
      this.#turns?.passSilence(end);
    } else this.#turns?.passText(end);
    this.#lineFrom = end;
    return end;
  }

  #passComment(start: number, beginsLine: boolean): number {
    // From the second dash on: `<!-->` is a whole comment.
    const close = this.#nextCommentEnd(start + 2);
    const closed = close < Infinity && (beginsLine || close < this.#nextBlankLine(start));
    if (!closed && !beginsLine) return start + 1;
    const end = closed ? close + 3 : this.#text.length;
    if (closed && this.#deck && isNoteComment(this.#deck, this.#text, start, end)) {
      return this.#openNote(start, end);
    }
    this.#cuts.silent.push({ start, end });
    this.#turns?.passSilence(end);
    return end;
  }

  /** Goes on within a comment: what stands in it is text. */
  #openNote(start: number, end: number): number {
    const { notes, opened, replaced } = this.#cuts;
    const content = start + "<!--".length;
    const close = end - "-->".length;
    const written = this.#text.slice(content, close);
    const blank = /^[ \t]*/.exec(written)?.[0].length ?? 0;
    notes.push({ start: content, end: close });
    opened.push({ start, end: content + blank });
    for (const { start: from, end: to } of deepLines(written)) {
      opened.push({ start: content + from, end: content + to });
    }
    for (const { index, 0: click } of written.matchAll(CLICK)) {
      const at = content + index;
      if (this.#deck !== "slidev") continue;
      replaced.push({ start: at, end: at + click.length, said: "", reason: "direction" });
    }
    opened.push({ start: close, end });
    this.#turns?.passSilence(content);
    return content;
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

/** The white space before lines that would be code, behind an empty line, if they did not stand in a note. */
function deepLines(note: string): Span[] {
  const found: Span[] = [];
  let isBlank = false;
  for (const { 0: line, 1: indent = "", index } of note.matchAll(
    /([ \t]*)[^\r\n]*(?:\r\n|\n|\r|$)/g,
  )) {
    const isText = indent.length < line.trimEnd().length;
    if (isText && isBlank && /\t| {4}/.test(indent)) {
      found.push({ start: index, end: index + indent.length });
    }
    isBlank = !isText;
  }
  return found;
}
