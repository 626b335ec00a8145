import type { PairableClip } from "./pairClips.ts";
import type { PairTable } from "./pairTable.ts";

/**
 * Pairs what is left, between one segment with a clip in place and the next: a clip as far from the clip of the segment
 * before as their places are, but so that those behind it find room before the next segment.
 */
export function pairGaps<C extends PairableClip>(table: PairTable<C>): void {
  const { pairs } = table;
  const runEnds = endsOfRuns(table);
  /** The next clip, and how far it is from its segment. */
  let at = 0;
  let shift = 0;
  for (let segment = 0; segment < pairs.length; segment++) {
    const pair = pairs[segment];
    const place = pair?.copy ? undefined : pair?.clip.segment;
    if (place !== undefined) {
      at = (table.indexAt(place) ?? 0) + 1;
      shift = place - segment;
    }
    if (pair) continue;
    const from = segment;
    while (segment + 1 < pairs.length && !pairs[segment + 1]) segment++;
    at = pairGap(table, { from, end: segment + 1, shift }, { at, end: runEnds[at] ?? at });
  }
}

/** For each clip in place, where the first from it on is that has a segment. */
function endsOfRuns<C extends PairableClip>(table: PairTable<C>): number[] {
  const { inPlace } = table;
  const ends = inPlace.map(() => inPlace.length);
  let end = inPlace.length;
  for (let at = end - 1; at >= 0; at--) {
    const clip = inPlace[at];
    if (clip && table.isUsed(clip)) end = at;
    ends[at] = end;
  }
  return ends;
}

/**
 * Pairs the segments of a gap with the clips of a run.
 * @returns the next clip behind those that are done with.
 */
function pairGap<C extends PairableClip>(
  table: PairTable<C>,
  gap: { readonly from: number; readonly end: number; readonly shift: number },
  run: { readonly at: number; readonly end: number },
): number {
  let { from } = gap;
  let { at } = run;
  /** So many can't have a segment: those from before this gap, if there are any, and else the last. */
  let surplus = run.end - at - (gap.end - from);
  for (; at < run.end; at++) {
    const clip = table.inPlace[at];
    const natural = (clip?.segment ?? 0) - gap.shift;
    if (natural < from && surplus-- > 0) continue;
    const segment = Math.max(from, Math.min(natural, gap.end - (run.end - at)));
    if (!clip || segment >= gap.end) break;
    table.pair(segment, clip);
    from = segment + 1;
  }
  return at;
}
