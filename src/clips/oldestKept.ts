import type { Clip } from "./clip.ts";

/** Kept clips beyond so many for each segment are removed, the oldest first … */
const keptPerSegment = 5;
/** … but in a short script so many are kept in any case. */
const keptAnyway = 100;

/** The clips that are kept aside and are too many, the oldest ones. */
export function oldestKept(clips: readonly Clip[]): readonly Clip[] {
  const kept = clips.filter(({ segment }) => segment === undefined);
  const most = Math.max(keptAnyway, keptPerSegment * (clips.length - kept.length));
  if (kept.length <= most) return [];
  const byAge = kept.sort((a, b) => (a.spokenAt < b.spokenAt ? -1 : 1));
  return byAge.slice(0, kept.length - most);
}
