/** What arranging needs to know of a clip. */
export interface Placed {
  readonly identity: string;
  /** The segment whose place it has; `undefined` for one that is kept aside. */
  readonly segment: number | undefined;
}

/** How clips get to the places where they are wanted: first the copies, then the moves and what is put aside, all at once. */
export interface Arrangement<C extends Placed> {
  /** Clips that are wanted in more places than they have files. */
  readonly copies: readonly { readonly clip: C; readonly to: number }[];
  readonly moves: readonly { readonly clip: C; readonly to: number }[];
  /** Clips that nobody wants, and that can't stay where they are. */
  readonly aside: readonly C[];
}

/**
 * Plans how each segment gets a clip of its identity, if there is one. A clip that is where it is wanted stays there. One that no
 * segment wants stays too while its place is that of a segment that has no other clip, and is put aside otherwise.
 * @param wanted for each segment the identity of its clip; `undefined` where it has nothing to say.
 */
export function planArrangement<C extends Placed>(
  clips: readonly C[],
  wanted: readonly (string | undefined)[],
): Arrangement<C> {
  const isPlaced = ({ segment, identity }: C): boolean =>
    segment !== undefined && wanted[segment] === identity;
  const placed = new Set(clips.filter(isPlaced).map(({ segment }) => segment));
  const free = byIdentity(clips.filter((clip) => !isPlaced(clip)));
  const all = byIdentity(clips);
  const copies: { clip: C; to: number }[] = [];
  const moves: { clip: C; to: number }[] = [];
  wanted.forEach((identity, to) => {
    if (identity === undefined || placed.has(to)) return;
    const clip = free.get(identity)?.shift();
    const original = all.get(identity)?.[0];
    if (clip) moves.push({ clip, to });
    else if (original) copies.push({ clip: original, to });
  });
  const moved = new Set(moves.map(({ clip }) => clip));
  const taken = new Set([...moves, ...copies].map(({ to }) => to));
  const aside = clips.filter(
    (clip) =>
      clip.segment !== undefined &&
      !isPlaced(clip) &&
      !moved.has(clip) &&
      (taken.has(clip.segment) || clip.segment >= wanted.length),
  );
  return { copies, moves, aside };
}

function byIdentity<C extends Placed>(clips: readonly C[]): Map<string, C[]> {
  const groups = new Map<string, C[]>();
  for (const clip of clips) {
    const group = groups.get(clip.identity);
    if (group) group.push(clip);
    else groups.set(clip.identity, [clip]);
  }
  return groups;
}
