import type { PairableClip, PairedClip } from "./pairedClip.ts";

/** How clips get to the places where they are wanted. */
export interface Arrangement<C extends PairableClip> {
  /** Clips in place that no segment has any more: they become takes. */
  readonly aside: readonly C[];
  /** Clips that have more segments than they have files. */
  readonly copies: readonly { readonly clip: C; readonly to: number }[];
  readonly moves: readonly { readonly clip: C; readonly to: number }[];
}

/** Plans how each segment gets the clip that it is paired with. A clip that lies there already stays. */
export function planArrangement<C extends PairableClip>(
  clips: readonly C[],
  pairs: readonly (PairedClip<C> | undefined)[],
): Arrangement<C> {
  const copies: { clip: C; to: number }[] = [];
  const moves: { clip: C; to: number }[] = [];
  const settled = new Set<C>();
  pairs.forEach((pair, to) => {
    if (!pair) return;
    const { clip, copy } = pair;
    if (copy) copies.push({ clip, to });
    else if (clip.segment !== to) moves.push({ clip, to });
    if (!copy) settled.add(clip);
  });
  const aside = clips.filter((clip) => clip.segment !== undefined && !settled.has(clip));
  return { aside, copies, moves };
}
