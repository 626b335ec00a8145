import type { PairableClip } from "./pairedClip.ts";
import { isSound } from "./pairTable.ts";
import type { PairTable } from "./pairTable.ts";

/**
 * Pairs all segments before the first that has changed, and all behind the last one, with their clips: mostly that is nearly
 * all, and the others take much longer for each.
 */
export function pairUnmoved<C extends PairableClip>(table: PairTable<C>): void {
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
