import { firstIndex } from "../model/firstIndex.ts";
import type { Span } from "../model/script.ts";
import { withoutServiceTags } from "../model/serviceTags.ts";
import type { ServiceTag } from "../model/serviceTags.ts";
import type { SilenceReason, SilentSpan } from "../model/silence.ts";
import type { Speech } from "./speech.ts";
import { invisibleClass, isNeeded, plainLetter, styledClass, styledLetter } from "./characters.ts";
import { sendable, trimSpoken } from "./spokenText.ts";
import type { SpokenText } from "./spokenText.ts";
import { isCjk, isNeutral, isUnspaced } from "../model/writing.ts";

export interface TranscriptSource {
  /** The document. */
  readonly text: string;
  readonly segments: readonly Span[];
  /** The flush markers between the segments: never said. */
  readonly markers: readonly Span[];
  /** What is not said though a reader takes it for text: speakers' names, signs. */
  readonly silent: readonly SilentSpan[];
  /** The service's tags, in document order: said as they stand, as far as they can be sent. */
  readonly tags: readonly ServiceTag[];
}

/**
 * What has been read between two words: white space, a line's or block's end, or one that wants to
 * be heard.
 */
type Gap = "none" | "space" | "break" | "," | ".";

/** A marker, or a tag: taken whole. */
interface Atom extends Span {
  readonly tag: ServiceTag | undefined;
}

/** A stretch of a transcript. */
interface Piece {
  text: string;
  readonly offset: number;
  /**
   * Whether each unit has its own offset in the document, from `offset` on; else all of them have
   * that one.
   */
  readonly exact: boolean;
  readonly tag: boolean;
  /** From where after `offset` each unit comes, where not all of the document's text is sent: in a tag. */
  readonly from?: readonly number[];
}

/**
 * What is invisible; white space; letters of mathematics; words. Control characters and lone surrogates are none of these:
 * they can't be said, nor sent.
 */
const WORDS = new RegExp(
  `([${invisibleClass}])|([\\s\\u0085]+)|(${styledLetter})|[^\\s\\p{Cc}\\p{Cs}${invisibleClass}${styledClass}]+|[${styledClass}]`,
  "gu",
);
const SPEAKABLE = /[\p{L}\p{N}]/u;
const PAUSING = /[\p{Terminal_Punctuation}…—–]/u;
const CLOSING = /[)\]}>"'’”»›」』）】〉》〕｝\p{M}\p{Cf}]/u;
/** Punctuation that leans on the word before it. */
const LEANING = /^[,.;:!?)\]}…](?![\p{L}\p{N}])/u;
const FULL_WIDTH = { ",": "，", ".": "。" } as const;
/** Code points that are looked through at most to learn in which writing a text stands. */
const FAR = 64;

/**
 * Writes the transcripts of all segments, from what a reader tells it in document order. White
 * space becomes one space, none begins or ends a transcript; marks that a voice needs for its
 * pauses are put where there are none.
 */
export class TranscriptBuilder implements Speech {
  readonly #text: string;
  readonly #segments: readonly Span[];
  readonly #atoms: readonly Atom[];
  readonly #pieces: Piece[][];
  /** Of each segment, the offsets of braces that enclose no variable, counted from its start. */
  readonly #literal = new Map<number, Set<number>>();
  /** Of each segment, counted from its start. */
  readonly #references: Span[][];
  readonly #silent: SilentSpan[][];
  #segment = 0;
  #nextAtom = 0;
  #gap: Gap = "none";
  #gapOffset = 0;
  /** The last piece that is a word, or a tag that sounds. */
  #lastWord = -1;
  /** Whether something speakable was said since the last pause. */
  #unfinished = false;
  /** Whether a soft hyphen was read last: at the end of a line it parts a word. */
  #parted = false;
  /** Whether something was left out since the last word. */
  #skipped = false;

  constructor({ text, segments, markers, silent, tags }: TranscriptSource) {
    this.#text = text;
    this.#segments = segments;
    this.#atoms = [
      ...[...markers, ...silent].map(({ start, end }) => ({ start, end, tag: undefined })),
      ...tags.map((tag) => ({ start: tag.start, end: tag.end, tag })),
    ].sort((a, b) => a.start - b.start);
    this.#pieces = segments.map(() => []);
    this.#references = segments.map(() => []);
    this.#silent = segments.map(() => []);
    for (const { start, end, reason } of silent) this.passSilence(start, end, reason);
  }

  say(start: number, end: number, literal = false): void {
    let at = start;
    while (at < end) {
      while ((this.#atoms[this.#nextAtom]?.end ?? Infinity) <= at) this.#nextAtom++;
      const atom = this.#atoms[this.#nextAtom];
      if (atom === undefined || atom.start >= end) return this.#sayWords(at, end, literal);
      this.#sayWords(at, atom.start, literal);
      // Its text may come in pieces: it is said with the first of them.
      if (at <= atom.start && atom.tag) this.#sayTag(atom.tag);
      else this.#skipped = true;
      at = atom.end;
    }
  }

  sayDecoded(text: string, start: number, end: number): void {
    if (!this.#enter(start)) return;
    if (text === "{" || text === "}") this.#noteLiteral(start);
    this.#sayMatches(text, () => start, false);
    this.#noteReference(start, end);
  }

  passSilence(start: number, end: number, reason: SilenceReason): void {
    let at = firstIndex(this.#segments.length, (index) => {
      return (this.#segments[index]?.end ?? Infinity) > start;
    });
    for (; (this.#segments[at]?.start ?? Infinity) < end; at++) {
      const { start: base, end: last } = this.#segments[at] as Span;
      const from = Math.max(start, base) - base;
      this.#silent[at]?.push({ start: from, end: Math.min(end, last) - base, reason });
    }
  }

  breakLine(): void {
    if (this.#parted) return;
    if (this.#gap === "none" || this.#gap === "space") this.#gap = "break";
  }

  pause(mark: "," | "."): void {
    this.#parted = false;
    this.breakLine();
    if (this.#unfinished || this.#gap === ",") this.#gap = mark;
    this.#unfinished = false;
  }

  endSentence(start: number): void {
    if (start >= (this.#current?.end ?? Infinity)) return;
    if (this.#unfinished || this.#gap === "," || this.#gap === ".") this.#mark(".");
    this.#unfinished = false;
    this.#gap = "break";
  }

  /** The transcripts of all segments, in their order. */
  finish(): SpokenText[] {
    return this.#pieces.map((pieces, index) => {
      const start = this.#segments[index]?.start ?? 0;
      const offsets: number[] = [];
      for (const piece of pieces) {
        for (let i = 0; i < piece.text.length; i++) offsets.push(offsetOf(piece, i) - start);
      }
      const text = pieces.map((piece) => piece.text).join("");
      const literal = this.#literal.get(index);
      return {
        ...trimSpoken({ text, offsets }),
        ...(literal && { literal }),
        references: this.#references[index] ?? [],
        silent: this.#silent[index] ?? [],
      };
    });
  }

  #sayWords(start: number, end: number, literal: boolean): void {
    if (start >= end || !this.#enter(start)) return;
    const text = this.#text.slice(start, end);
    if (literal) {
      for (const { index } of text.matchAll(/[{}]/g)) this.#noteLiteral(start + index);
    }
    this.#sayMatches(text, (index) => start + index, true);
  }

  #noteLiteral(offset: number): void {
    const offsets = this.#literal.get(this.#segment) ?? new Set();
    this.#literal.set(this.#segment, offsets.add(offset - (this.#current?.start ?? 0)));
  }

  #sayMatches(text: string, offsetAt: (index: number) => number, exact: boolean): void {
    for (const { 0: match, 1: invisible, 2: space, 3: styled, index } of text.matchAll(WORDS)) {
      const offset = offsetAt(index);
      if (space !== undefined) this.#passSpace(space, offset);
      else if (styled !== undefined) {
        this.#sayPiece({ text: plainLetter(styled), offset, exact: false, tag: false });
        this.#noteReference(offset, offset + (exact ? styled.length : 1));
      } else if (invisible !== undefined && !this.#isNeeded(invisible)) {
        this.#parted = invisible === "\u00AD";
      } else this.#sayPiece({ text: match, offset, exact, tag: false });
    }
  }

  #noteReference(start: number, end: number): void {
    const base = this.#current?.start ?? 0;
    this.#references[this.#segment]?.push({ start: start - base, end: end - base });
  }

  #sayTag({ kind, start, end }: ServiceTag): void {
    if (!this.#enter(start)) return;
    const { text, offsets } = sendable(this.#text.slice(start, end));
    this.#sayPiece({ text, offset: start, exact: true, tag: true, from: offsets });
    if (kind !== "control") this.#noteWord(true);
  }

  /** Goes on to the segment that holds `offset`; what was open in the one before is forgotten. */
  #enter(offset: number): boolean {
    const from = this.#segment;
    while (this.#segment < this.#segments.length - 1 && offset >= (this.#current?.end ?? 0)) {
      this.#segment++;
    }
    if (this.#segment !== from) {
      this.#gap = "none";
      this.#parted = false;
      this.#lastWord = -1;
      this.#unfinished = false;
    }
    return this.#current !== undefined && offset >= this.#current.start;
  }

  get #current(): Span | undefined {
    return this.#segments[this.#segment];
  }

  get #said(): Piece[] {
    return this.#pieces[this.#segment] ?? [];
  }

  #passSpace(space: string, offset: number): void {
    const isLineEnd = /[\r\n]/.test(space);
    if (isLineEnd) this.breakLine();
    if (this.#gap !== "none" || (isLineEnd && this.#parted)) return;
    this.#gap = "space";
    this.#gapOffset = offset;
  }

  #noteWord(speakable: boolean): void {
    this.#lastWord = this.#said.length - 1;
    this.#unfinished ||= speakable;
  }

  #sayPiece(piece: Piece): void {
    this.#fillGap(piece);
    const last = this.#said.at(-1);
    const follows = last?.exact && piece.exact && last.offset + last.text.length === piece.offset;
    if (last && follows && !last.tag && !piece.tag && last.text !== " ") last.text += piece.text;
    else this.#said.push(piece);
    if (!piece.tag) this.#noteWord(SPEAKABLE.test(piece.text));
  }

  /** Whether an invisible character has to be said behind what was said last. */
  #isNeeded(invisible: string): boolean {
    const last = this.#said.at(-1);
    return this.#gap === "none" && last?.tag === false && isNeeded(invisible, last.text);
  }

  #fillGap(next: Piece): void {
    const [gap, skipped] = [this.#gap, this.#skipped];
    this.#parted = this.#skipped = false;
    this.#gap = "none";
    if (gap === "none" || this.#said.length === 0) return;
    if (gap === "," || gap === ".") this.#mark(gap);
    if (gap === "space") {
      // What was left out stood between them.
      if (!skipped || !LEANING.test(next.text)) this.#push(" ", this.#gapOffset, true);
    } else if (!this.#joins(next)) this.#push(" ", this.#lastOffset(), false);
  }

  #push(text: string, offset: number, exact: boolean): void {
    this.#said.push({ text, offset, exact, tag: false });
  }

  /** Puts a mark after the last word, unless it ends in one. */
  #mark(mark: "," | "."): void {
    const last = this.#lastCharacter((character) => !CLOSING.test(character));
    if (this.#lastWord < 0 || PAUSING.test(last)) return;
    const text = isCjk(last) ? FULL_WIDTH[mark] : mark;
    const offset = this.#lastOffset(this.#lastWord);
    this.#lastWord++;
    this.#said.splice(this.#lastWord, 0, { text, offset, exact: false, tag: false });
  }

  /**
   * Whether the words on both sides of a line's end belong together, as in a writing without
   * spaces.
   */
  #joins(next: Piece): boolean {
    if (!isUnspaced(this.#lastCharacter((character) => !isNeutral(character)))) return false;
    if (next.tag) return true;
    const first = [...next.text.slice(0, FAR)].find((character) => !isNeutral(character));
    return first === undefined || isUnspaced(first);
  }

  /** The last character of the words said that fits; "" if none of the last few does. */
  #lastCharacter(fits: (character: string) => boolean): string {
    let left = FAR;
    for (let i = this.#lastWord; i >= 0 && left > 0; i--) {
      const { text, tag } = this.#said[i] ?? { text: "", tag: false };
      const characters = [...(tag ? withoutServiceTags(text) : text).slice(-left)];
      left -= Math.max(characters.length, 1);
      const found = characters
        .reverse()
        .find((character) => !/\s/.test(character) && fits(character));
      if (found !== undefined) return found;
    }
    return "";
  }

  #lastOffset(index = this.#said.length - 1): number {
    const last = this.#said[index];
    return last ? offsetOf(last, last.text.length - 1) : 0;
  }
}

/** Where in the document a unit of a piece comes from. */
function offsetOf({ offset, exact, from }: Piece, unit: number): number {
  return exact ? offset + (from?.[unit] ?? unit) : offset;
}
