import { basename, join } from "node:path";
import type { Arrangement } from "./arrangement.ts";
import type { Clip } from "./clip.ts";
import { ClipError, onDisk } from "./clipError.ts";
import { isFreeOrOurs, readClip } from "./clipFile.ts";
import { kindOf, writeAside } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { asideName, flushName, keptName, temporaryName } from "./fileName.ts";

/** A folder in which clips are given their places. */
export interface Places {
  readonly disk: Disk;
  readonly folder: string;
  /** The names of the files that the folder's manifest lists. */
  readonly listed: ReadonlySet<string>;
  /** Tells the user something they should know, in a sentence. */
  readonly notice: (message: string) => void;
}

/**
 * Gives a whole clip under a temporary name its place. A clip of another identity that is there is kept aside; one of the
 * same identity is replaced.
 * @returns the paths of the files that became others.
 * @throws {ClipError} `not-ours` where a file stands there that is not ours, or `disk`.
 */
export async function putInPlace(
  places: Places,
  temporary: string,
  path: string,
  identity: string,
): Promise<string[]> {
  const changed = [path];
  const occupant = await occupantOf(places, path);
  if (occupant === "a damaged clip") await setAside(places, path);
  else if (occupant && occupant.identity !== identity) {
    changed.push(await keepAside(places, occupant));
  }
  await onDisk(path, () => places.disk.rename(temporary, path));
  return changed;
}

/** Whether `putInPlace` would find a file there that is not ours. */
export async function isStrangerAt(places: Places, path: string): Promise<boolean> {
  try {
    await occupantOf(places, path);
    return false;
  } catch (error) {
    if (error instanceof ClipError && error.code !== "disk") return true;
    throw error;
  }
}

/**
 * Carries out a plan. A crash on the way leaves whole clips only, each under its old, its new, a kept or a temporary name.
 * @throws {ClipError} as `putInPlace`.
 */
export async function carryOut(places: Places, plan: Arrangement<Clip>): Promise<void> {
  const { disk, folder } = places;
  const ready: { temporary: string; path: string; identity: string }[] = [];
  for (const { clip, to } of plan.copies) {
    const path = join(folder, flushName(to));
    const bytes = await onDisk(clip.path, () => disk.readFile(clip.path));
    ready.push({ temporary: await writeAside(disk, path, bytes), path, identity: clip.identity });
  }
  for (const { clip, to } of plan.moves) {
    const path = join(folder, flushName(to));
    const temporary = join(folder, temporaryName(flushName(to)));
    await onDisk(clip.path, () => disk.rename(clip.path, temporary));
    ready.push({ temporary, path, identity: clip.identity });
  }
  for (const clip of plan.aside) await keepAside(places, clip);
  for (const { temporary, path, identity } of ready) {
    await putInPlace(places, temporary, path, identity);
  }
}

/** @returns the path under which the clip is kept; a kept one of the same identity is replaced. */
async function keepAside({ disk, folder }: Places, clip: Clip): Promise<string> {
  const path = join(folder, keptName(clip.identity));
  if (!(await isFreeOrOurs(disk, path))) throw stranger(path);
  await onDisk(path, () => disk.rename(clip.path, path));
  return path;
}

async function occupantOf(
  { disk, listed }: Places,
  path: string,
): Promise<Clip | "a damaged clip" | undefined> {
  const kind = await kindOf(disk, path);
  if (kind === "absent") return undefined;
  if (kind === "link") {
    throw new ClipError("outside", `“${path}” is a link, which is not followed. Remove it.`);
  }
  const clip = await readClip(disk, path);
  if (clip) return clip;
  if (kind === "file" && listed.has(basename(path))) return "a damaged clip";
  throw stranger(path);
}

/** What we wrote and something else changed is no longer only ours: it is not overwritten. */
async function setAside({ disk, folder, notice }: Places, path: string): Promise<void> {
  const aside = asideName(basename(path), new Date());
  await onDisk(path, () => disk.rename(path, join(folder, aside)));
  notice(`“${path}” was changed or damaged by something else. It is now “${aside}”.`);
}

function stranger(path: string): ClipError {
  return new ClipError(
    "not-ours",
    `“${path}” is not a clip of this extension, so it is not overwritten. Move or rename it.`,
  );
}
