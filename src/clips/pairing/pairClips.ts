import type { Clip } from "../model/clip.ts";
import { wantedFirst } from "../model/clipLookUp.ts";
import type { PairableClip, PairedClip, WantedClip } from "./pairedClip.ts";
import { isAlike, LikeTexts } from "./likeness.ts";
import { isSound, PairTable } from "./pairTable.ts";

export type { PairableClip, PairedClip, WantedClip };

/**
 * Pairs each segment with its clip, wherever that lies. What lies where the script's texts let it be expected comes first: a
 * locked clip of the same text, or one of the same identity; then the other locked clips by text, and the others by identity;
 * then locked takes by text, and takes of the same identity, first the one that was said or chosen last; then clips that have a segment already, and
 * that it may have a copy of. Segments that have none then get the former clips: by text, and what is left, with the locked
 * takes, by texts that are alike. What fits no text is left over, wherever it lies. No locked clip is left over while a
 * segment of its text has one that is not locked. Where all lie as arranging leaves them, each is its place's. Takes O(n), for
 * it is done at each keystroke.
 * @param wanted for each segment what its clip would have to be; `undefined` where it has nothing to say.
 * @returns for each segment its clip.
 */
export function pairClips<C extends PairableClip = Clip>(
  clips: readonly C[],
  wanted: readonly (WantedClip | undefined)[],
): readonly (PairedClip<C> | undefined)[] {
  const table = new PairTable(clips, wanted);
  if (isArranged(table)) {
    for (const clip of table.inPlace) table.pair(clip.segment, clip);
    return table.pairs;
  }
  pairUnmoved(table);
  if (table.hasOpen) pairSounds(table);
  pairFormer(table);
  pairLeftLocked(table);
  return table.pairs;
}

/** Whether each clip is where arranging would leave it. */
function isArranged<C extends PairableClip>(table: PairTable<C>): boolean {
  const { wanted, inPlace, index } = table;
  if (inPlace.some(({ segment }) => !wanted[segment])) return false;
  /** Texts of segments that lack their sound, and whether one of them has not even a former clip with its text. */
  const texts = new Map<string, boolean>();
  for (const [segment, want] of wanted.entries()) {
    const clip = table.clipAt(segment);
    if (!want || (clip && isSound(clip, want))) continue;
    const { identity, transcript } = want;
    if (index.has(identity) || index.awaits(transcript)) return false; // it lies elsewhere
    if (clip ? !isAlike(clip, transcript) : index.awaitsLike(transcript)) return false;
    const isBare = clip?.transcript !== want.transcript;
    texts.set(want.transcript, isBare || (texts.get(want.transcript) ?? false));
  }
  for (const [text, isBare] of texts) {
    const isElsewhere = ({ segment, locked }: C & { readonly segment: number }): boolean =>
      (locked || isBare) && wanted[segment]?.transcript !== text;
    if (index.saying(text).some(isElsewhere)) return false;
  }
  return true;
}

/** Pairs segments with clips that are to be heard as theirs. */
function pairSounds<C extends PairableClip>(table: PairTable<C>): void {
  const { clips, inPlace } = table;
  table.pairExpected(isSound);
  table.pairInOrder(
    inPlace.filter(({ locked }) => locked),
    ({ transcript }) => transcript,
  );
  table.pairInOrder(inPlace, ({ identity }) => identity);
  const { waiting } = table.index;
  table.pairInOrder(waiting, ({ transcript }) => transcript);
  const takes = clips.filter(({ segment }) => segment === undefined);
  takes.sort(wantedFirst);
  table.pairInOrder(takes, ({ identity }) => identity);
  table.pairWithCopies();
}

/** Pairs the other segments with the clips that they had. */
function pairFormer<C extends PairableClip>(table: PairTable<C>): void {
  if (table.inPlace.some((clip) => !table.isUsed(clip))) {
    table.pairExpected((clip, want) => clip.transcript === want.transcript);
    table.pairInOrder(table.inPlace, ({ transcript }) => transcript);
  }
  pairAlike(table);
}

/** Gives locked clips that are left over segments of their texts, whose clips then are left over instead. */
function pairLeftLocked<C extends PairableClip>(table: PairTable<C>): void {
  const left = new Map<string, C[]>();
  for (const clip of table.inPlace) {
    if (!clip.locked || table.isUsed(clip)) continue;
    left.set(clip.transcript, [...(left.get(clip.transcript) ?? []), clip]);
  }
  if (left.size === 0) return;
  table.wanted.forEach((want, segment) => {
    const pair = table.pairs[segment];
    if (!want || (pair?.clip.locked && !pair.copy)) return;
    const clip = left.get(want.transcript)?.shift();
    if (clip) table.pair(segment, clip);
  });
}

/**
 * Pairs segments that have no clip with clips of texts that are like theirs: those that lie where theirs are to be expected,
 * then the others, what is most alike first. A place alone tells nothing: what is left over has no segment.
 */
function pairAlike<C extends PairableClip>(table: PairTable<C>): void {
  const waiting = table.index.waiting.filter((clip) => !table.isUsed(clip));
  const left = table.inPlace.filter((clip) => !table.isUsed(clip));
  if (left.length + waiting.length === 0 || !table.hasOpen) return;
  table.pairExpected((clip, want) => isAlike(clip, want.transcript));
  const texts = new LikeTexts<C>([...left.filter((clip) => !table.isUsed(clip)), ...waiting]);
  const found = table.wanted.flatMap((want, segment) =>
    want && !table.pairs[segment]
      ? texts.like(want.transcript).map((alike) => ({ ...alike, segment }))
      : [],
  );
  const distance = ({ saying, segment }: (typeof found)[number]): number =>
    saying.segment === undefined ? Infinity : Math.abs(saying.segment - segment);
  found.sort((a, b) => b.likeness - a.likeness || distance(a) - distance(b) || 0);
  for (const { saying, segment } of found) {
    if (!table.pairs[segment] && !table.isUsed(saying)) table.pair(segment, saying);
  }
}

/**
 * Pairs all segments before the first that has changed, and all behind the last one, with their clips: mostly that is nearly
 * all, and the others take much longer for each.
 */
function pairUnmoved<C extends PairableClip>(table: PairTable<C>): void {
  const { wanted, inPlace } = table;
  const last = inPlace.at(-1);
  if (!last) return;
  let first = 0;
  while (first < wanted.length && fitsAt(table, first, first)) pairAt(table, first, first++);
  let end = wanted.length - 1;
  while (end >= first && !isSound(last, wanted[end])) end--;
  const moved = last.segment - end;
  const run = runBack(table, { first, end, shift: moved });
  // Where many segments say the same, what is behind may not have moved all the same.
  const unmovedRun = runBack(table, { first, end, shift: 0 });
  const isMoved = run.length > unmovedRun.length;
  for (const segment of isMoved ? run : unmovedRun) {
    pairAt(table, segment, segment + (isMoved ? moved : 0));
  }
}

/** The segments back from `end` that have their clips so far from them; those without a clip there are passed over. */
function runBack<C extends PairableClip>(
  table: PairTable<C>,
  { first, end, shift }: { first: number; end: number; shift: number },
): number[] {
  const segments: number[] = [];
  for (; end >= first && fitsAt(table, end, end + shift); end--) {
    if (table.clipAt(end + shift)) segments.push(end);
  }
  return segments;
}

/** Whether the clip at this place is to be heard as the segment's; also where there is none. */
function fitsAt<C extends PairableClip>(
  table: PairTable<C>,
  segment: number,
  place: number,
): boolean {
  const clip = table.clipAt(place);
  return !clip || (!table.isUsed(clip) && isSound(clip, table.wanted[segment]));
}

function pairAt<C extends PairableClip>(table: PairTable<C>, segment: number, place: number): void {
  const clip = table.clipAt(place);
  if (clip) table.pair(segment, clip);
}
