import { firstWords } from "./firstWords.ts";
import { HeadingFinder, type Heading } from "./headings.ts";
import type { Scan } from "../scanner/scan.ts";
import {
  endOf,
  isSameRange,
  LineCounter,
  rangeBetween,
  type LineRange,
} from "../model/linePlaces.ts";
import type { ScriptLanguage } from "../model/script.ts";
import type { SegmentPlace } from "../model/segmentPlaces.ts";

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

/** UTF-16 units that a segment's first words are looked for in. */
const reach = 160;

/** A heading whose section goes on. */
interface Open {
  readonly heading: PlacedHeading;
  readonly children: OutlineItem[];
}

/** What was made of a segment, as far as the next heading in it, which begins so many UTF-16 units behind its start. */
interface KnownSegment {
  readonly content: object;
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
  /** The segments of the last reading. */
  #known: readonly KnownSegment[] = [];
  /** By their lines, the sections of the last reading. */
  #sections: ReadonlyMap<number, OutlineItem> = new Map();

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
    const sections = new Map<number, OutlineItem>();
    const add = (item: OutlineItem): void => void (open.at(-1)?.children ?? items).push(item);
    const closeTo = (level: number): void => {
      while ((open.at(-1)?.heading.level ?? 0) >= level) {
        const section = this.#sectionOf(open.pop() as Open);
        sections.set(section.line, section);
        add(section);
      }
    };
    let next = 0;
    const openUpTo = (offset: number): void => {
      for (; (headings[next]?.start ?? Infinity) <= offset; next++) {
        const heading = headings[next] as PlacedHeading;
        closeTo(heading.level);
        open.push({ heading, children: [] });
      }
    };
    const gone = this.#known.length - segments.length;
    this.#known = segments.map((segment, index) => {
      openUpTo(segment.start);
      const heading = headings[next];
      const cutAt = heading !== undefined && heading.start < segment.end ? heading : undefined;
      // Mostly what was read of it stands where it stood, counted from the start or from the end.
      const [before, behind] = [this.#known[index], this.#known[index + gone]];
      const old = before?.content === segment.content ? before : behind;
      const isSame = old && stands(old, segment, index, cutAt);
      const known = isSame ? old : readSegment(text, segment, index, cutAt);
      if (known.item) add(known.item);
      return known;
    });
    openUpTo(text.length);
    closeTo(1);
    this.#sections = sections;
    return items;
  }

  #sectionOf({ heading: { title, range, place, level }, children }: Open): OutlineItem {
    const name = title || "#".repeat(level);
    const known = this.#sections.get(range.line);
    const isSame =
      known?.name === name &&
      isSameRange(known, range) &&
      isSameRange(known.place, place) &&
      known.children.length === children.length &&
      known.children.every((child, at) => child === children[at]);
    return isSame ? known : { name, ...range, place, children };
  }
}

/** Whether this was read of a segment that stands as it stood then; as its text is the same, it ends as it did. */
function stands(
  { content, length, item }: KnownSegment,
  segment: SegmentPlace,
  index: number,
  heading: PlacedHeading | undefined,
): boolean {
  if (content !== segment.content || length !== lengthOf(segment, heading)) return false;
  const { line, character } = segment;
  return !item || (item.segment === index && item.line === line && item.character === character);
}

function readSegment(
  text: string,
  segment: SegmentPlace,
  index: number,
  heading: PlacedHeading | undefined,
): KnownSegment {
  const { start, line, character, content } = segment;
  const length = lengthOf(segment, heading);
  const name = firstWords(text.slice(start, start + Math.min(length, reach)));
  if (name === "") return { content, length, item: undefined };
  const first = Math.min(length, lineEnd(text, start) - start);
  const item = {
    name,
    segment: index,
    ...rangeBetween(segment, heading?.range ?? endOf(segment)),
    place: { line, character, endLine: line, endCharacter: character + first },
    children: noChildren,
  };
  return { content, length, item };
}

/** UTF-16 units of a segment up to the next heading. */
function lengthOf({ start, end }: SegmentPlace, heading: PlacedHeading | undefined): number {
  return (heading?.start ?? end) - start;
}

const noChildren: readonly OutlineItem[] = [];

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
  const from = (segment: SegmentPlace | undefined): LineCounter =>
    new LineCounter(text, segment?.start ?? 0, segment ?? endOf(undefined));
  let lines = from(segments[0]);
  const places = headings.map(({ start, end, isUnderlined }) => {
    if ((segments[at + 1]?.start ?? Infinity) <= start) {
      while ((segments[at + 1]?.start ?? Infinity) <= start) at++;
      lines = from(segments[at]);
    }
    const place = lines.at(start);
    if (isUnderlined) return rangeBetween(place, lines.at(end));
    return rangeBetween(place, { line: place.line, character: place.character + end - start });
  });
  const last = segments.at(-1);
  const documentEnd = new LineCounter(text, last?.end ?? 0, endOf(last)).at(text.length);
  const ends = sectionEnds(headings);
  return headings.map((heading, index) => {
    const place = places[index] as LineRange;
    return {
      ...heading,
      place,
      range: rangeBetween(place, places[ends[index] ?? -1] ?? documentEnd),
    };
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
