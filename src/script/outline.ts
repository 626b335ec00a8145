import { findHeadings, type Heading } from "./headings.ts";
import type { Scan } from "./scan.ts";
import type { ScriptLanguage, Span } from "./script.ts";

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

/**
 * The outline of a script: its segments under the headings above them, those under the headings above these. A heading
 * goes to the next of its level or a higher one; a segment that goes on over a heading ends there. Segments without a letter
 * or a digit are left out. Linear.
 *
 * @param segments the scan's segments, without the white space at their ends.
 */
export function outline(
  text: string,
  scan: Scan,
  segments: readonly Span[],
  language: ScriptLanguage,
): OutlineItem[] {
  const headings = language === "markdown" ? findHeadings(text, scan) : [];
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
  segments.forEach(({ start, end }, segment) => {
    openUpTo(start);
    const to = Math.min(end, Math.max(start, headings[next]?.start ?? end));
    const name = firstWords(text.slice(start, Math.min(to, start + reach)));
    if (name === "") return;
    const place = { start, end: Math.min(to, lineEnd(text, start)) };
    add({ name, segment, start, end: to, place, children: [] });
  });
  openUpTo(text.length);
  return items;
}

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

/** The lines of a part that can be folded away behind its first, counted as `lineOf` does. */
export interface Fold {
  readonly first: number;
  readonly last: number;
}

/**
 * The folds of segments of several lines: from the line that a segment begins on to its last, but not the line that the next
 * one begins on.
 *
 * @param segments without the white space at their ends.
 * @param lineOf the line of an offset.
 */
export function segmentFolds(
  segments: readonly Span[],
  lineOf: (offset: number) => number,
): Fold[] {
  const firsts = segments.map(({ start }) => lineOf(start));
  return segments.flatMap(({ start, end }, at) => {
    const first = firsts[at] ?? 0;
    if (start === end || firsts[at - 1] === first) return [];
    const last = Math.min(lineOf(end), (firsts[at + 1] ?? Infinity) - 1);
    return last > first ? [{ first, last }] : [];
  });
}
