import type { Clip } from "./clip.ts";
import { newestFirst } from "./clipLookUp.ts";

/** Of the takes of texts that no clip in place has, so many are kept for each clip in place … */
const orphansPerClip = 5;
/** … but in a short script so many in any case. */
const orphansAnyway = 100;

/**
 * The takes that are too many. Of each transcript the newest `keep` are kept; one more where no clip in place has it, for
 * that is what an undone edit needs. Of the latter, over all transcripts, the oldest are too many beyond a limit.
 */
export function spareTakes(clips: readonly Clip[], keep: number): readonly Clip[] {
  const inPlace = clips.filter(({ segment }) => segment !== undefined);
  const texts = new Set(inPlace.map(({ transcript }) => transcript));
  const kept = new Map<string, number>();
  const spare: Clip[] = [];
  const orphans: Clip[] = [];
  for (const take of clips.filter(({ segment }) => segment === undefined).sort(newestFirst)) {
    const { transcript } = take;
    const isOrphan = !texts.has(transcript);
    const count = (kept.get(transcript) ?? 0) + 1;
    kept.set(transcript, count);
    if (count > keep + (isOrphan ? 1 : 0)) spare.push(take);
    else if (isOrphan) orphans.push(take);
  }
  const most = Math.max(orphansAnyway, orphansPerClip * inPlace.length);
  return [...spare, ...orphans.slice(most)];
}
