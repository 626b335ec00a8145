import { HeadingFinder, type Heading } from "./headings.ts";
import type { Scan } from "./scan.ts";
import type { ScriptLanguage, Span } from "./script.ts";
import type { SegmentPlace } from "./segmentPlaces.ts";

/** A part of a script as an outline shows it. */
export interface OutlineItem extends Span {
  /** A heading's title, or a segment's first words; never empty. */
  readonly name: string;
  /** The segment's index; a heading has none. */
  readonly segment?: number;
  /** What is selected when one goes there: within its span. */
  readonly place: Span;
  readonly children: readonly OutlineItem[];
}

/** UTF-16 units of a segment's first words, at most. */
const longestName = 48;
/** UTF-16 units that its first words are looked for in. */
const reach = 160;

type Open = OutlineItem & { readonly level: number; readonly children: OutlineItem[] };

/** What is known of a segment's text, as far as the next heading in it. */
interface KnownWords {
  /** UTF-16 units. */
  readonly length: number;
  readonly name: string;
  /** UTF-16 units of its first line. */
  readonly line: number;
}

/**
 * Makes the outline of one script, again and again while it is written: its segments under the headings above them, those
 * under the headings above these. A heading goes to the next of its level or a higher one; a segment that goes on over a
 * heading ends there. Segments without a letter or a digit are left out. Linear; only what has changed is read again.
 */
export class OutlineReader {
  readonly #headings = new HeadingFinder();
  readonly #known = new WeakMap<object, KnownWords>();

  /** @param segments the scan's segments, in their places. */
  read(
    text: string,
    scan: Scan,
    segments: readonly SegmentPlace[],
    language: ScriptLanguage,
  ): OutlineItem[] {
    const headings = language === "markdown" ? this.#headings.find(text, scan) : [];
    const ends = sectionEnds(headings, text.length);
    const items: OutlineItem[] = [];
    const open: Open[] = [];
    let next = 0;
    const add = (item: OutlineItem): void => void (open.at(-1)?.children ?? items).push(item);
    const openUpTo = (offset: number): void => {
      for (; (headings[next]?.start ?? Infinity) <= offset; next++) {
        const { start, end, level, title } = headings[next] as Heading;
        while ((open.at(-1)?.level ?? 0) >= level) open.pop();
        const name = withoutSigns(title) || title || "#".repeat(level);
        const item = { name, start, end: ends[next] ?? end, place: { start, end }, children: [] };
        add(item);
        open.push({ ...item, level });
      }
    };
    segments.forEach((segment, index) => {
      const { start, end } = segment;
      openUpTo(start);
      const to = Math.min(end, Math.max(start, headings[next]?.start ?? end));
      const { name, line } = this.#wordsOf(text, segment, to - start);
      if (name === "") return;
      const place = { start, end: start + line };
      add({ name, segment: index, start, end: to, place, children: noChildren });
    });
    openUpTo(text.length);
    return items;
  }

  #wordsOf(text: string, { start, content }: SegmentPlace, length: number): KnownWords {
    const known = this.#known.get(content);
    if (known?.length === length) return known;
    const name = firstWords(text.slice(start, start + Math.min(length, reach)));
    const line = Math.min(length, lineEnd(text, start) - start);
    const words = { length, name, line };
    this.#known.set(content, words);
    return words;
  }
}

const noChildren: readonly OutlineItem[] = [];

/** Where the section of each heading ends: at the next one that is no lower. */
function sectionEnds(headings: readonly Heading[], length: number): number[] {
  const ends: number[] = new Array<number>(headings.length).fill(length);
  const open: number[] = [];
  headings.forEach(({ start, level }, at) => {
    while (open.length > 0 && (headings[open.at(-1) ?? 0]?.level ?? 0) >= level) {
      ends[open.pop() ?? 0] = start;
    }
    open.push(at);
  });
  return ends;
}

/** The first words of a segment as they are written, without signs of Markdown and tags; "" where there are none. */
export function firstWords(text: string): string {
  const words = withoutSigns(text);
  if (!/[\p{L}\p{N}]/u.test(words)) return "";
  if (words.length <= longestName) return words;
  const cut = words.slice(0, longestName);
  const space = cut.lastIndexOf(" ");
  const whole = space > longestName / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, "");
  return `${whole.replace(/[\s,;:.–—-]+$/, "")}…`;
}

function withoutSigns(text: string): string {
  let words = text;
  if (words.includes("<")) words = words.replace(/<!--[^]*?(?:-->|$)|<\/?[a-z][^<>]*>/gi, " ");
  if (words.includes("](")) {
    words = words.replace(/!?\[([^\][]*)\]\([^()\s]*(?:[ \t]+"[^"]*")?\)/g, "$1");
  }
  if (/^[ \t]*[>#+*\d-]/m.test(words)) {
    words = words.replace(/^[ \t]*(?:[>#]+|[-+*]|\d+[.)])(?=\s)/gm, " ");
  }
  if (/[*_`~]/.test(words)) words = words.replace(/[*_`~]+/g, "");
  if (/[^\S ]| {2}/.test(words)) words = words.replace(/\s+/g, " ");
  return words.trim();
}

function lineEnd(text: string, from: number): number {
  const next = /[\r\n]|$/g;
  next.lastIndex = from;
  return next.exec(text)?.index ?? text.length;
}

/** The lines of a part that can be folded away behind its first, counted from 0. */
export interface Fold {
  readonly first: number;
  readonly last: number;
}

/**
 * The folds of segments of several lines: from the line that a segment begins on to its last, but not the line that the next
 * one begins on.
 */
export function segmentFolds(segments: readonly SegmentPlace[]): Fold[] {
  const folds: Fold[] = [];
  segments.forEach(({ start, end, line, endLine }, at) => {
    if (start === end || segments[at - 1]?.line === line) return;
    const last = Math.min(endLine, (segments[at + 1]?.line ?? Infinity) - 1);
    if (last > line) folds.push({ first: line, last });
  });
  return folds;
}
