import type { Segment, Span } from "../model/script.ts";
import type { ReplacedText, Wording } from "./replaceWords.ts";
import { seamBetween } from "../transcript/seam.ts";
import { findServiceTags, isSpeakable } from "../model/serviceTags.ts";
import type { SpokenText } from "../transcript/spokenText.ts";
import { detached } from "../model/textChange.ts";

/** A script's segments, in document order. */
export interface SegmentList {
  readonly segments: readonly Segment[];
  /** For each the tag of the service that it has though it has nothing to say, counted from its start. */
  readonly loneTags: readonly (Span | undefined)[];
  /** For each how many UTF-16 units are put into it in the place of what is written. */
  readonly put: readonly number[];
}

/** A segment that was read anew. */
export interface NewSegment {
  readonly span: Span;
  readonly spoken: SpokenText;
  readonly speaker?: string | undefined;
}

export const noSegments: SegmentList = { segments: [], loneTags: [], put: [] };

/** A change of a list: from `first` on, `removed` of its members are replaced. */
export interface Replacement {
  readonly first: number;
  readonly removed: number;
  /** How many UTF-16 units further on those before it and those behind it stand then. */
  readonly shiftBefore: number;
  readonly shiftBehind: number;
  /** What is said in the place of what is written in those that are added. */
  readonly wording: Wording;
  /** How many UTF-16 units may be put into all segments up to the last of those that are added. */
  readonly most: number;
}

/** How many UTF-16 units are put into all segments of a list in the place of what is written. */
export function allPut({ put }: Pick<SegmentList, "put">): number {
  return put.reduce((sum, own) => sum + own, 0);
}

/** The list with some of its segments replaced. One that is as it was, place and all, is the very same object. */
export function replaceSegments(
  { segments, loneTags, put }: SegmentList,
  { first, removed, shiftBefore, shiftBehind, wording, most }: Replacement,
  anew: readonly NewSegment[],
): SegmentList {
  let room = most - allPut({ put: put.slice(0, first) });
  const added = anew.map(({ span, spoken, speaker }) => {
    const replaced = wording.replace(spoken, room);
    room -= replaced.put;
    return { span, spoken: replaced, speaker };
  });
  const before = moveSegments(segments.slice(0, first), 0, shiftBefore);
  const moved = added.length - removed;
  const behind = moveSegments(segments.slice(first + removed), moved, shiftBehind);
  let following = behind.find(({ speakable }) => speakable)?.transcript ?? "";
  const read: Segment[] = [];
  for (let at = added.length - 1; at >= 0; at--) {
    const segment = newSegment(first + at, added[at] as WordedSegment, following);
    if (segment.speakable) following = segment.transcript;
    read.push(segment);
  }
  return {
    segments: [...joinTo(before, following), ...read.reverse(), ...behind],
    loneTags: [
      ...loneTags.slice(0, first),
      ...added.map(({ spoken }) => loneTag(spoken)),
      ...loneTags.slice(first + removed),
    ],
    put: [
      ...put.slice(0, first),
      ...added.map(({ spoken }) => spoken.put),
      ...put.slice(first + removed),
    ],
  };
}

interface WordedSegment extends NewSegment {
  readonly spoken: ReplacedText;
}

function newSegment(
  index: number,
  { span: { start, end }, spoken: { text, offsets, written, unfilled }, speaker }: WordedSegment,
  following: string,
): Segment {
  const isUnfilled = unfilled.length > 0;
  const said = speaker !== undefined && { speaker };
  if (isUnfilled || !isSpeakable(text)) {
    const silent = { transcript: "", seam: "", offsets: [], speakable: false } as const;
    return { index, start, end, ...silent, ...(isUnfilled && { unfilled }), ...said };
  }
  const transcript = detached(text);
  const seam = following === "" ? "" : seamBetween(transcript, following);
  const replaced = written.length > 0 && { written };
  return { index, start, end, transcript, seam, offsets, speakable: true, ...replaced, ...said };
}

function moveSegments(segments: Segment[], places: number, shift: number): Segment[] {
  if (places === 0 && shift === 0) return segments;
  return segments.map((segment) => ({
    ...segment,
    index: segment.index + places,
    start: segment.start + shift,
    end: segment.end + shift,
  }));
}

/** Joins the last speakable one of these segments to the transcript that follows now. */
function joinTo(segments: Segment[], following: string): Segment[] {
  let at = segments.length - 1;
  while (at >= 0 && !segments[at]?.speakable) at--;
  const segment = segments[at];
  if (!segment) return segments;
  const seam = following === "" ? "" : seamBetween(segment.transcript, following);
  if (seam !== segment.seam) segments[at] = { ...segment, seam };
  return segments;
}

function loneTag({ text, offsets }: SpokenText): Span | undefined {
  const [tag] = isSpeakable(text) ? [] : findServiceTags(text);
  if (tag === undefined) return undefined;
  const start = offsets[tag.start] ?? 0;
  return { start, end: start + tag.end - tag.start };
}
