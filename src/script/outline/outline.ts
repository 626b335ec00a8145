import { firstWords } from "./firstWords.ts";
import { findHeadings, type Heading } from "./headings.ts";
import type { Scan } from "../scanner/scan.ts";
import { endOf, LineCounter, rangeBetween, type LineRange } from "../model/linePlaces.ts";
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

/**
 * The outline of a script: its segments under the headings above them, those under the headings above these. A heading goes to
 * the next of its level or a higher one; a segment that goes on over a heading ends there. Segments without a letter or a digit
 * are left out. Linear.
 *
 * @param segments the scan's segments, in their places.
 */
export function outlineOf(
  text: string,
  scan: Scan,
  segments: readonly SegmentPlace[],
  language: ScriptLanguage,
): OutlineItem[] {
  const headings = placed(language === "markdown" ? findHeadings(text, scan) : [], text);
  const saidFrom = behindNames(text, scan.names);
  const items: OutlineItem[] = [];
  const open: Open[] = [];
  const add = (item: OutlineItem): void => void (open.at(-1)?.children ?? items).push(item);
  const closeTo = (level: number): void => {
    while ((open.at(-1)?.heading.level ?? 0) >= level) add(sectionOf(open.pop() as Open));
  };
  let next = 0;
  const openUpTo = (offset: number): void => {
    for (; (headings[next]?.start ?? Infinity) <= offset; next++) {
      const heading = headings[next] as PlacedHeading;
      closeTo(heading.level);
      open.push({ heading, children: [] });
    }
  };
  for (const [index, segment] of segments.entries()) {
    openUpTo(segment.start);
    const heading = headings[next];
    const isCut = heading !== undefined && heading.start < segment.end;
    const said = saidFrom(segment);
    const item = itemOf(text, { segment, said }, index, isCut ? heading : undefined);
    if (item) add(item);
  }
  openUpTo(text.length);
  closeTo(1);
  return items;
}

function sectionOf({ heading: { title, range, place, level }, children }: Open): OutlineItem {
  return { name: title || "#".repeat(level), ...range, place, children };
}

/** Tells of segments in their order where they go on behind the names, directions and headings before what is said. */
function behindNames(text: string, names: Scan["names"]): (segment: SegmentPlace) => number {
  let next = 0;
  return ({ start, end }) => {
    let at = start;
    while ((names[next]?.start ?? Infinity) < start) next++;
    for (; (names[next]?.start ?? Infinity) < end; next++) {
      const name = names[next];
      if (!name || text.slice(at, name.start).trim() !== "") break;
      at = name.end;
    }
    return at;
  };
}

/** @param heading the next one, where it stands in the segment. @returns nothing where the segment has no words */
function itemOf(
  text: string,
  { segment, said }: { readonly segment: SegmentPlace; readonly said: number },
  index: number,
  heading: PlacedHeading | undefined,
): OutlineItem | undefined {
  const { start, line, character } = segment;
  const length = (heading?.start ?? segment.end) - start;
  const name = firstWords(text.slice(said, Math.min(start + length, said + reach)));
  if (name === "") return undefined;
  const lineEnd = text.slice(start, start + length).search(/[\r\n]/);
  const first = lineEnd < 0 ? length : lineEnd;
  return {
    name,
    segment: index,
    ...rangeBetween(segment, heading?.range ?? endOf(segment)),
    place: { line, character, endLine: line, endCharacter: character + first },
    children: [],
  };
}

/** A heading with its section, which goes to the next one that is no lower. */
interface PlacedHeading extends Heading {
  readonly range: LineRange;
  readonly place: LineRange;
}

function placed(headings: readonly Heading[], text: string): PlacedHeading[] {
  const lines = new LineCounter(text);
  const places = headings.map(({ start, end }) => rangeBetween(lines.at(start), lines.at(end)));
  const documentEnd = lines.at(text.length);
  const ends = sectionEnds(headings);
  return headings.map((heading, index) => {
    const place = places[index] as LineRange;
    const range = rangeBetween(place, places[ends[index] ?? -1] ?? documentEnd);
    return { ...heading, place, range };
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
