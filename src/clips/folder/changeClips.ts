import { join } from "node:path";
import { planArrangement } from "../pairing/arrangement.ts";
import type { Clip } from "../model/clip.ts";
import { ClipError, onDisk, vanished } from "../model/clipError.ts";
import { sayingOf, wantedFirst, newestFirst } from "../model/clipLookUp.ts";
import { removeQuietly, whenLetGo } from "../model/disk.ts";
import { flushName } from "../model/fileName.ts";
import type { OpenFolder } from "./openFolder.ts";
import { pairClips, type WantedClip } from "../pairing/pairClips.ts";
import {
  assertNoStrangerAt,
  carryOut,
  copyAside,
  planPossible,
  putInPlace,
  type Places,
} from "./placing.ts";
import { becomeTake, doubleTakes } from "../files/takes.ts";
import { adoptTemporaries } from "./tidying.ts";

/**
 * Gives each clip the place of the segment that it is paired with. Does not touch the disk where each has it.
 * @throws {ClipError} of any code; nothing is lost then.
 */
export async function arrangeClips(
  folder: OpenFolder,
  wanted: readonly (WantedClip | undefined)[],
): Promise<void> {
  const seen = planArrangement(folder.clips, pairClips(folder.clips, wanted));
  if (seen.aside.length + seen.copies.length + seen.moves.length === 0) return;
  const path = folder.place.folder;
  await folder.change(path, async (places) => {
    await folder.readAll(places);
    const plan = await planPossible(places, folder.clips, pairClips(folder.clips, wanted));
    const lockedBefore = folder.clips.filter((clip) => clip.locked);
    let moved: ReadonlyMap<Clip, string>;
    try {
      moved = await carryOut(places, plan);
    } catch (error) {
      await onDisk(path, () => adoptTemporaries(places));
      throw error;
    } finally {
      await folder.readAll(places);
    }
    // The manifest can't tell copies of one clip apart.
    const locked = new Set(lockedBefore.map((clip) => moved.get(clip) ?? clip.path));
    folder.lock(({ path }) => locked.has(path));
    await remove(folder, places, await doubleTakes(places.disk, folder.clips));
    await folder.writeManifest();
  });
}

/**
 * Gives a take a segment's place, or a copy of the clip of another segment; the clip that is there becomes a take.
 * @throws {ClipError} of any code, `disk` where the take has vanished; nothing is lost then.
 */
export async function restoreTake(
  folder: OpenFolder,
  take: Clip,
  { segment, lock }: { readonly segment: number; readonly lock: boolean },
): Promise<Clip> {
  return folder.change(take.path, async (places) => {
    const found = folder.clips.find(
      ({ path, identity }) => path === take.path && identity === take.identity,
    );
    if (!found) throw gone(take.path);
    const { container } = found;
    const path = join(places.folder, flushName(segment, container));
    if (found.path !== path) {
      await assertNoStrangerAt(places, path);
      const isTake = found.segment === undefined;
      const from = isTake ? found.path : await copyAside(places, found, path);
      try {
        const placed = await putInPlace(places, { from, segment, container });
        await folder.readAgain(places, placed.changed);
        folder.lock((clip) => clip.locked && !placed.displaced.includes(clip.path));
      } catch (error) {
        if (!isTake) await removeQuietly(places.disk, from);
        await folder.readAll(places);
        throw error;
      }
    }
    if (!lock) letGo(folder, found.transcript);
    folder.lock((clip) => (clip.segment === segment ? lock : clip.locked));
    folder.choose(found);
    await folder.writeManifest();
    const restored = folder.clips.find((clip) => clip.path === path);
    if (!restored) throw gone(path);
    return restored;
  });
}

/**
 * Makes the clip in a segment's place a take, if there is one.
 * @throws {ClipError} of any code; nothing is lost then.
 */
export async function setAside(folder: OpenFolder, segment: number): Promise<void> {
  const find = (): Clip | undefined => folder.clips.find((clip) => clip.segment === segment);
  const known = find();
  if (!known) return;
  await folder.change(known.path, async (places) => {
    const clip = find();
    if (!clip) return;
    let path: string | undefined;
    try {
      path = await becomeTake(places, clip);
    } finally {
      await folder.readAll(places);
    }
    folder.lock((other) => other.locked && other.path !== path);
    folder.unchoose(clip);
    await folder.writeManifest();
  });
}

/**
 * Removes the clips that `isMeant` tells, if there are any.
 * @throws {ClipError} of any code.
 */
export async function removeClips(
  folder: OpenFolder,
  isMeant: (clip: Clip) => boolean,
): Promise<void> {
  const known = folder.clips.find(isMeant);
  if (!known) return;
  await folder.change(known.path, async (places) => {
    const clips = folder.clips.filter(isMeant);
    if (clips.length === 0) return;
    for (const { path } of clips) {
      await onDisk(path, () => whenLetGo(() => places.disk.rm(path, { force: true })));
      await folder.readAgain(places, [path]);
    }
    await folder.writeManifest();
  });
}

/**
 * Locks the clip in a segment's place, or unlocks it.
 * @throws {ClipError} of any code, `disk` where there is none to lock; then it is as it was.
 */
export async function lockClip(
  folder: OpenFolder,
  segment: number,
  locked: boolean,
): Promise<void> {
  const path = join(folder.place.folder, flushName(segment, "wav"));
  const find = (): Clip | undefined => folder.clips.find((clip) => clip.segment === segment);
  if (!locked && !find()) return;
  await folder.change(find()?.path ?? path, async () => {
    const clip = find();
    if (!clip && locked) throw gone(path);
    if (!clip || clip.locked === locked) return;
    if (!locked) letGo(folder, clip.transcript);
    folder.lock((other) => (other.path === clip.path ? locked : other.locked));
    await folder.writeManifest();
  });
}

/**
 * Locks those clips that are locked among others, a take where one is, and says of those that were chosen that they were.
 * @throws {ClipError} of any code.
 */
export async function adoptDecisions(folder: OpenFolder, clips: readonly Clip[]): Promise<void> {
  const decided = clips.filter(({ locked, chosen }) => locked || chosen !== undefined);
  if (decided.length === 0) return;
  await folder.change(folder.place.folder, async () => {
    const keyOf = (clip: Clip): string => `${sayingOf(clip)} ${clip.segment ?? ""}`;
    const locked = new Set(decided.filter((clip) => clip.locked).map(keyOf));
    const chosen = decided.filter((clip) => clip.chosen !== undefined);
    for (const clip of chosen.sort(wantedFirst).reverse()) folder.choose(clip);
    folder.lock((clip) => clip.locked || locked.has(keyOf(clip)));
    await folder.writeManifest();
  });
}

/** Unlocks the takes of a text: what its segment is to have was just decided anew. */
function letGo(folder: OpenFolder, transcript: string): void {
  folder.lock(
    (clip) => clip.locked && (clip.segment !== undefined || clip.transcript !== transcript),
  );
}

/**
 * Removes the takes that are too many, or there twice.
 * @param how.except the path of a clip that is not to be removed.
 * @throws {ClipError} `disk`
 */
export async function removeSpareTakes(
  folder: OpenFolder,
  places: Places,
  how: { readonly keep: number; readonly except: string },
): Promise<void> {
  const isOther = ({ path }: Clip): boolean => path !== how.except;
  const double = await doubleTakes(places.disk, folder.clips);
  await remove(folder, places, double.filter(isOther));
  await remove(folder, places, spareTakes(folder.clips, how.keep).filter(isOther));
}

async function remove(folder: OpenFolder, places: Places, clips: readonly Clip[]): Promise<void> {
  if (clips.length === 0) return;
  for (const { path } of clips) await removeQuietly(places.disk, path);
  await folder.readAgain(
    places,
    clips.map(({ path }) => path),
  );
}

function gone(path: string): ClipError {
  return new ClipError("disk", vanished(path));
}

/**
 * The takes that are too many: of each transcript those beyond the newest `keep`; one more is kept where no clip in place has
 * it, for that is what was in place before. The newest clip of a sound is never too many, however many there are: the text
 * may come back, or the voice, and what was paid for is found again. Nor is one that a user decided on: a locked one, or of a
 * sound the one that was chosen last.
 */
function spareTakes(clips: readonly Clip[], keep: number): readonly Clip[] {
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
