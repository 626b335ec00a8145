import { isAlike, LikeTexts } from "./likeness.ts";
import type { PairableClip } from "./pairedClip.ts";
import type { PairTable } from "./pairTable.ts";

/**
 * Pairs segments that have no clip with clips of texts that are like theirs: those that lie where theirs are to be expected,
 * then the others, what is most alike first. A place alone tells nothing: what is left over has no segment.
 */
export function pairAlike<C extends PairableClip>(table: PairTable<C>): void {
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
