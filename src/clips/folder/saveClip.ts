import * as l10n from "@vscode/l10n";
import { join } from "node:path";
import type { Clip, Container, NewClip } from "../model/clip.ts";
import { ClipError } from "../model/clipError.ts";
import { wantedFirst } from "../model/clipLookUp.ts";
import { removeQuietly, rename, writeAside } from "../model/disk.ts";
import { flushName, takesName } from "../model/fileName.ts";
import type { OpenFolder } from "./openFolder.ts";
import { assertNoStrangerAt, putInPlace } from "./placing.ts";
import type { Placed, Places } from "./placing.ts";
import { wholeSamples } from "../files/rawClip.ts";
import { freeTakePath } from "../files/takes.ts";
import { encodeClip } from "../files/wavClip.ts";

/** A clip that is to be saved, and the bytes of its file. */
export interface EncodedClip {
  readonly said: NewClip;
  readonly container: Container;
  readonly bytes: Uint8Array;
}

/**
 * Where a clip is saved: in its segment's place; there, unless a user has locked the clip that has it, or chosen it after that
 * decision, and otherwise as a take; or as a take.
 */
export type SavedAs = "place" | { readonly unlessDecidedSince: number } | "take";

/**
 * A clip as its file will be; its samples may change afterwards.
 * @throws {WavError} where the sound fits into no WAV file.
 * @throws {RangeError} where the segment is no index, or the sample rate of a raw clip none.
 */
export function encodeNewClip(clip: NewClip, container: Container): EncodedClip {
  assertSegment(clip.segment);
  if (container === "wav") return { said: clip, container, bytes: encodeClip(clip) };
  const samples = wholeSamples(clip);
  return { said: { ...clip, samples }, container, bytes: samples };
}

/** @throws {RangeError} where `segment` is no index. */
export function assertSegment(segment: number): void {
  if (Number.isSafeInteger(segment) && segment >= 0) return;
  throw new RangeError(`A segment's index can't be ${segment}.`);
}

/**
 * Saves a clip in its segment's place, or as a take. A clip that lies in that place becomes a take.
 * @param tidy is called, with the clip's path, before the manifest is written.
 * @returns the clip as its file, or of a raw clip the manifest, says it.
 * @throws {ClipError} of any code; no other clip is lost then.
 */
export async function saveClip(
  folder: OpenFolder,
  clip: EncodedClip,
  how: {
    readonly as: SavedAs;
    readonly tidy: (places: Places, path: string) => Promise<void>;
  },
): Promise<Clip> {
  const { said, container } = clip;
  const place = join(folder.place.folder, flushName(said.segment, container));
  const named = how.as === "take" ? join(folder.place.folder, takesName) : place;
  const isDecided = (since: number): boolean =>
    folder.clips.some(
      ({ segment, locked, chosen = 0 }) => segment === said.segment && (locked || chosen > since),
    );
  return folder.change(named, async (places) => {
    // Seen now: a lock may have been put since the clip was said, in another window, too.
    const asTake =
      how.as === "take" || (how.as !== "place" && isDecided(how.as.unlessDecidedSince));
    const path = asTake ? await freeTakePath(places, { ...said, container }) : place;
    if (!asTake) await assertNoStrangerAt(places, path);
    const displaced = await write(folder, places, { ...clip, path, asTake });
    const before = folder.clips;
    folder.lock((other) => other.locked && !displaced.includes(other.path));
    const letsGo = folder.clips.some((clip, at) => clip !== before[at]);
    const isOutdone = !asTake && how.as !== "place" && isOutdoneIn(folder, said);
    if (isOutdone) folder.choose(said);
    await how.tidy(places, path);
    if (letsGo || isOutdone) await folder.writeManifest();
    else await folder.writeManifestSoon();
    const saved = folder.clips.find((other) => other.path === path);
    if (saved) return saved;
    throw new ClipError("disk", l10n.t("“{0}” was removed as soon as it was saved.", path));
  });
}

/** Whether another clip of its sound would be taken for the one that is wanted: it was chosen before, or a clock is wrong. */
function isOutdoneIn(folder: OpenFolder, said: NewClip): boolean {
  const { identity, spokenAt } = said;
  return folder.clips.some(
    (clip) => clip.identity === identity && wantedFirst(clip, { spokenAt }) < 0,
  );
}

/** @returns the paths, as takes, of clips that had to give way: whoever locked them has let them go. */
async function write(
  folder: OpenFolder,
  places: Places,
  { said, container, bytes, path, asTake }: EncodedClip & { path: string; asTake: boolean },
): Promise<readonly string[]> {
  const from = await writeAside(places.disk, path, bytes);
  try {
    // What a headerless file is must be said before it has a clip's name.
    const known = container === "raw" ? await folder.announce(places, said, from) : places;
    const { segment } = said;
    let placed: Placed = { changed: [path], displaced: [] };
    if (asTake) await rename(places.disk, from, path);
    else placed = await putInPlace(known, { segment, container, from });
    await folder.readAgain(known, placed.changed);
    return placed.displaced;
  } catch (error) {
    await removeQuietly(places.disk, from);
    await folder.readAll(places);
    throw error;
  }
}
