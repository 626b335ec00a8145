import { HeadingFinder, type Heading } from "./headings.ts";
import type { Scan } from "./scan.ts";
import { between, endOf, LineCounter, type LinePlace, type LineRange } from "./linePlaces.ts";
import type { ScriptLanguage } from "./script.ts";
import type { SegmentPlace } from "./segmentPlaces.ts";

/** A part of a script as an outline shows it. */
export interface OutlineItem extends LineRange {
  /** A heading's title, or a segment's first words; never empty. */
  readonly name: string;
  /** The segment's index; a heading has none. */
  readonly segment?: number;
  /** What is selected when one goes there: within its range. */
  readonly place: LineRange;
  readonly children: readonly OutlineItem[];
}

/** UTF-16 units of a segment's first words, at most. */
const longestName = 48;
/** UTF-16 units that its first words are looked for in. */
const reach = 160;

type Open = OutlineItem & { readonly level: number; readonly children: OutlineItem[] };

/** What was made of a segment, as far as the next heading in it, which begins so many UTF-16 units behind its start. */
interface KnownSegment {
  readonly length: number;
  /** Nothing where it has no words. */
  readonly item: OutlineItem | undefined;
}

/**
 * Makes the outline of one script, again and again while it is written: its segments under the headings above them, those
 * under the headings above these. A heading goes to the next of its level or a higher one; a segment that goes on over a
 * heading ends there. Segments without a letter or a digit are left out. Linear; what stands as it stood is the very same
 * item.
 */
export class OutlineReader {
  readonly #headings = new HeadingFinder();
  /** By the contents of segments. */
  readonly #known = new WeakMap<object, KnownSegment>();

  /** @param segments the scan's segments, in their places. */
  read(
    text: string,
    scan: Scan,
    segments: readonly SegmentPlace[],
    language: ScriptLanguage,
  ): OutlineItem[] {
    const found = language === "markdown" ? this.#headings.find(text, scan) : [];
    const headings = placed(found, text, segments);
    const items: OutlineItem[] = [];
    const open: Open[] = [];
    let next = 0;
    const add = (item: OutlineItem): void => void (open.at(-1)?.children ?? items).push(item);
    const openUpTo = (offset: number): void => {
      for (; (headings[next]?.start ?? Infinity) <= offset; next++) {
        const { level, title, range, place } = headings[next] as PlacedHeading;
        while ((open.at(-1)?.level ?? 0) >= level) open.pop();
        const name = withoutSigns(title) || title || "#".repeat(level);
        const item = { name, ...range, place, children: [] };
        add(item);
        open.push({ ...item, level });
      }
    };
    segments.forEach((segment, index) => {
      openUpTo(segment.start);
      const heading = headings[next];
      const isCut = heading !== undefined && heading.start < segment.end;
      const item = this.#itemOf(text, segment, index, isCut ? heading : undefined);
      if (item) add(item);
    });
    openUpTo(text.length);
    return items;
  }

  #itemOf(
    text: string,
    segment: SegmentPlace,
    index: number,
    heading: PlacedHeading | undefined,
  ): OutlineItem | undefined {
    const { start, end, line, character, content } = segment;
    const length = (heading?.start ?? end) - start;
    const known = this.#known.get(content);
    if (known?.length === length && (!known.item || isAt(known.item, segment, index))) {
      return known.item;
    }
    const name = firstWords(text.slice(start, start + Math.min(length, reach)));
    const first = Math.min(length, lineEnd(text, start) - start);
    const to = heading ? heading.range : { line: segment.endLine, character: segment.endCharacter };
    const item =
      name === ""
        ? undefined
        : {
            name,
            segment: index,
            ...between(segment, to),
            place: { line, character, endLine: line, endCharacter: character + first },
            children: noChildren,
          };
    this.#known.set(content, { length, item });
    return item;
  }
}

const noChildren: readonly OutlineItem[] = [];

/** Whether this is the item of a segment of this number that begins here; as its text is the same, it ends as it did. */
function isAt(item: OutlineItem, { line, character }: LinePlace, index: number): boolean {
  return item.segment === index && item.line === line && item.character === character;
}

/** A heading with its section, which goes to the next one that is no lower. */
interface PlacedHeading extends Heading {
  readonly range: LineRange;
  readonly place: LineRange;
}

function placed(
  headings: readonly Heading[],
  text: string,
  segments: readonly SegmentPlace[],
): PlacedHeading[] {
  let at = 0;
  const places = headings.map(({ start, end }) => {
    while ((segments[at + 1]?.start ?? Infinity) <= start) at++;
    const segment = segments[at];
    const lines = new LineCounter(text, segment?.start ?? 0, segment ?? endOf(undefined));
    return between(lines.at(start), lines.at(end));
  });
  const last = segments.at(-1);
  const documentEnd = new LineCounter(text, last?.end ?? 0, endOf(last)).at(text.length);
  const ends = sectionEnds(headings);
  return headings.map((heading, index) => {
    const place = places[index] as LineRange;
    return { ...heading, place, range: between(place, places[ends[index] ?? -1] ?? documentEnd) };
  });
}

/** For each heading the next one that is no lower, if there is one. */
function sectionEnds(headings: readonly Heading[]): (number | undefined)[] {
  const ends = headings.map((): number | undefined => undefined);
  const open: number[] = [];
  headings.forEach(({ level }, at) => {
    while (open.length > 0 && (headings[open.at(-1) ?? 0]?.level ?? 0) >= level) {
      ends[open.pop() ?? 0] = at;
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
