import type { ReadOptions } from "../reader/replaceWords.ts";
import type { Segment, Span } from "../model/script.ts";
import { ParseCache } from "../reader/parseCache.ts";
import { parseScript } from "../reader/parseScript.ts";
import type { Scan } from "../scanner/scan.ts";
import { scanDeclared } from "../scanner/scanDeclared.ts";
import { segmentAt, writtenSpan } from "../model/segmentAt.ts";
import { withEdits, type TextEdit } from "../model/textEdit.ts";
import { lineEndingOf, placeBefore, wordStarts, type WordPlace } from "../words/wordPlaces.ts";

/** A change of a script, and where the cursor goes. */
export interface SegmentEdit {
  /** In order; they do not overlap. Offsets are those of the document as it stands. */
  readonly edits: readonly TextEdit[];
  /** Where the cursor is afterwards, in the changed document. */
  readonly cursor: number;
}

/** How many places around the cursor are tried for a marker. */
const mostTried = 12;
const marker = "<flush/>";

/**
 * Changes one version of a document by its segments. Each change is read before it is offered: what of the words is not to
 * change does not. Where that can't be done, there is no change.
 */
export class SegmentEditor {
  readonly #text: string;
  readonly #options: ReadOptions;
  readonly #segments: readonly Segment[];
  readonly #scan: Scan;
  readonly #cache: ParseCache;
  /** A line's end and an empty line. */
  readonly #emptyLine: string;

  /** @param cache of the document: with it this version costs what has changed. */
  constructor(text: string, options: ReadOptions, cache = new ParseCache()) {
    this.#text = text;
    this.#options = options;
    this.#cache = cache;
    this.#segments = parseScript(text, options, cache).segments;
    this.#scan = scanDeclared(text, options);
    this.#emptyLine = lineEndingOf(text).repeat(2);
  }

  /** The segment at an offset. */
  segmentAt(offset: number): number {
    return segmentAt(this.#segments, offset);
  }

  /**
   * Lets a segment and the next one before or behind it that is not empty change places; all other characters stay where
   * they are, but for empty lines where the two could not stand without. What is said is the same, in the new order.
   *
   * @param cursor keeps its place in the segment.
   */
  move(segment: number, by: 1 | -1, cursor: number): SegmentEdit | undefined {
    const own = this.#written(segment);
    let other = segment + by;
    while (this.#segments[other] && isEmpty(this.#written(other))) other += by;
    if (isEmpty(own) || !this.#segments[other]) return undefined;
    const [upper, lower] = by < 0 ? [other, segment] : [segment, other];
    const expected = this.#segments.map(saidOf);
    [expected[upper], expected[lower]] = [expected[lower] ?? "", expected[upper] ?? ""];
    const within = Math.min(Math.max(cursor - own.start, 0), own.end - own.start);
    for (const gap of ["", this.#emptyLine]) {
      const [first, second] = [this.#put(upper, lower, gap), this.#put(lower, upper, gap)];
      if (!isEqual(this.#readSegments([first, second]).map(saidOf), expected)) continue;
      const grown = first.text.length - (first.end - first.start);
      const start = by < 0 ? first.start + first.lead : second.start + grown + second.lead;
      return { edits: [first, second].map(bare), cursor: start + within };
    }
    return undefined;
  }

  /**
   * Puts a flush marker between the two words that are nearest to the cursor, where both parts have something to say: on a
   * line of its own where a block begins. Never into a tag, code or a comment.
   */
  split(cursor: number): SegmentEdit | undefined {
    const index = segmentAt(this.#segments, cursor);
    const segment = this.#segments[index];
    if (!segment) return undefined;
    const { names } = this.#scan;
    const places = wordStarts(segment.transcript)
      .map((start) => placeBefore(this.#text, segment, start, names))
      .map((place) => ({ place, away: distance(place, cursor) }))
      .sort((one, other) => one.away - other.away)
      .slice(0, mostTried);
    for (const { place } of places) {
      for (const text of place.block ? [marker + this.#emptyLine, marker] : [marker]) {
        const edits = [{ start: place.offset, end: place.offset, text }];
        if (this.#isParted(index, this.#read(edits))) {
          return { edits, cursor: place.offset + text.length };
        }
      }
    }
    return undefined;
  }

  /**
   * Takes the flush marker between a segment and the next one away, and of the white space around it the greater part. Both
   * transcripts are then one, with their seam between them; only where the blocks that they are in can't be joined so, the
   * reader's own pause is.
   *
   * @returns with the cursor where the next one begins; nothing where no marker parts them, or two speakers do.
   */
  join(segment: number): SegmentEdit | undefined {
    const [one, next] = [this.#segments[segment], this.#segments[segment + 1]];
    if (!one || !next || one.end === next.start) return undefined;
    if (one.speakable && next.speakable && one.speaker !== next.speaker) return undefined;
    const follows = this.#written(segment + 1);
    const { end: start } = this.#written(segment);
    const end = isEmpty(follows) ? next.end : follows.start;
    const before = this.#text.slice(start, one.end);
    const after = this.#text.slice(next.start, end);
    const tidy = lines(after) > lines(before) || before === "" ? after : before;
    const joined =
      one.speakable && next.speakable
        ? one.transcript + one.seam + next.transcript
        : one.transcript + next.transcript;
    const expected = this.#transcripts();
    expected.splice(segment, 2, joined);
    const edit = (text: string): SegmentEdit => ({
      edits: [{ start, end, text }],
      cursor: start + text.length,
    });
    const line = lineEndingOf(this.#text);
    const others = lines(tidy) > 0 ? [line, " "] : [" ", line];
    for (const text of new Set([tidy, ...others, ""])) {
      if (isEqual(this.#read(edit(text).edits), expected)) return edit(text);
    }
    const found = this.#read(edit(tidy).edits);
    const [now = ""] = found.splice(segment, 1, joined);
    return isEqual(found, expected) && bareWords(now) === bareWords(joined)
      ? edit(tidy)
      : undefined;
  }

  /** Puts what is written in one segment where that of another is. */
  #put(place: number, other: number, gap: string): TextEdit & { readonly lead: number } {
    const { start, end } = this.#written(place);
    const segment = this.#segments[place] ?? { start, end };
    const put = this.#written(other);
    // Where the document begins or a line ends, there is space enough.
    const pad = (from: number, to: number): string =>
      /[\r\n]/.test(this.#text.slice(from, to)) ? "" : gap;
    const lead = place === 0 ? "" : pad(segment.start, start);
    const tail = place === this.#segments.length - 1 ? "" : pad(end, segment.end);
    const text = lead + this.#text.slice(put.start, put.end) + tail;
    return { start, end, text, lead: lead.length };
  }

  #isParted(index: number, found: readonly string[]): boolean {
    const expected = this.#transcripts();
    const [whole = ""] = expected.splice(index, 1);
    const [one = "", other = ""] = found.slice(index, index + 2);
    const rest = [...found.slice(0, index), ...found.slice(index + 2)];
    return (
      one !== "" &&
      other !== "" &&
      isEqual(rest, expected) &&
      bareWords(one) + bareWords(other) === bareWords(whole)
    );
  }

  /** A segment without the white space at its ends, and with the name of its speaker where that cuts the script. */
  #written(segment: number): Span {
    const own: Pick<Segment, "start" | "end" | "speaker"> = this.#segments[segment] ?? {
      start: 0,
      end: 0,
    };
    const written = writtenSpan(this.#text, own);
    const name = own.speaker === undefined ? undefined : this.#scan.markers[segment - 1];
    return name?.kind === "speaker" && !isEmpty(name)
      ? { start: name.start, end: written.end }
      : written;
  }

  #transcripts(): string[] {
    return this.#segments.map(({ transcript }) => transcript);
  }

  /** What would be said after these edits. */
  #read(edits: readonly TextEdit[]): string[] {
    return this.#readSegments(edits).map(({ transcript }) => transcript);
  }

  #readSegments(edits: readonly TextEdit[]): readonly Segment[] {
    return parseScript(withEdits(this.#text, edits), this.#options, this.#cache).segments;
  }
}

/** What is said, and who says it. */
const saidOf = ({ transcript, speaker = "" }: Segment): string => `${speaker}: ${transcript}`;

const isEmpty = ({ start, end }: Span): boolean => start === end;

const bare = ({ start, end, text }: TextEdit): TextEdit => ({ start, end, text });

const lines = (space: string): number => space.match(/\r\n|\n|\r/g)?.length ?? 0;

/** Without white space and punctuation, which the reader puts where blocks meet. */
const bareWords = (transcript: string): string => transcript.replace(/[^\p{L}\p{N}<>]/gu, "");

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}

function distance({ from, to }: WordPlace, offset: number): number {
  return Math.max(from - offset, offset - to, 0);
}
