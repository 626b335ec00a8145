import type { Clip } from "../model/clip.ts";
import { newestFirst, wantedFirst } from "../model/clipLookUp.ts";

/**
 * The takes that are too many: of each transcript those beyond the newest `keep`; one more is kept where no clip in place has
 * it, for that is what was in place before. The newest clip of a sound is never too many, however many there are: the text
 * may come back, or the voice, and what was paid for is found again. Nor is one that a user decided on: a locked one, or of a
 * sound the one that was chosen last.
 */
export function spareTakes(clips: readonly Clip[], keep: number): readonly Clip[] {
  const inPlace = clips.filter(({ segment }) => segment !== undefined);
  const texts = new Set(inPlace.map(({ transcript }) => transcript));
  const newest = newestOfSounds(clips);
  const counts = new Map<string, number>();
  const spare: Clip[] = [];
  for (const take of clips.filter(({ segment }) => segment === undefined).sort(newestFirst)) {
    const { transcript } = take;
    const count = (counts.get(transcript) ?? 0) + 1;
    counts.set(transcript, count);
    const most = texts.has(transcript) ? keep : keep + 1;
    if (count > most && !take.locked && !newest.has(take)) spare.push(take);
  }
  return spare;
}

/** Of each identity the clip that was said last, and the one that was said or chosen last; one in place before a take. */
function newestOfSounds(clips: readonly Clip[]): ReadonlySet<Clip> {
  const said = new Map<string, Clip>();
  const wanted = new Map<string, Clip>();
  for (const clip of clips) {
    const { identity, spokenAt } = clip;
    if (spokenAt > (said.get(identity)?.spokenAt ?? "")) said.set(identity, clip);
    const other = wanted.get(identity);
    if (!other || wantedFirst(clip, other) < 0) wanted.set(identity, clip);
  }
  return new Set([...said.values(), ...wanted.values()]);
}
