import { join } from "node:path";
import { isFreeOrOurs, readClip } from "./clipFile.ts";
import { kindOf, removeQuietly, rename } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { isTakeoverName, keptName, lockName, readFileName, readTemporaryName } from "./fileName.ts";
import { renameAside } from "./placing.ts";
import type { Places } from "./placing.ts";

/**
 * Whether a crash may have interrupted something in a folder, or somebody is changing it now.
 * @throws what the file system throws.
 */
export async function isUnfinished(disk: Disk, folder: string): Promise<boolean> {
  const names = await disk.readdir(folder);
  return names.some(
    (name) => name === lockName || isTakeoverName(name) || readTemporaryName(name) !== undefined,
  );
}

/**
 * Ends what a crash interrupted: clips that were whole under their temporary names get their places, or are kept aside
 * where those are taken; other temporary files of ours are removed. Only for who holds the folder's lock.
 * @throws {ClipError} `disk`, and what the file system throws.
 */
export async function adoptTemporaries(places: Places): Promise<void> {
  const { disk, folder } = places;
  for (const name of await disk.readdir(folder)) {
    const temporary = join(folder, name);
    if (isTakeoverName(name)) await removeQuietly(disk, temporary);
    const meantFor = readTemporaryName(name);
    if (meantFor === undefined) continue;
    const clip = await readClip(places, temporary);
    if (!clip) {
      await removeQuietly(disk, temporary);
      continue;
    }
    const place = join(folder, meantFor);
    const kept = join(folder, keptName(clip.identity, clip.container));
    if ((await kindOf(disk, place)) === "absent") await rename(disk, temporary, place);
    else if (await isFreeOrOurs(places, kept)) await rename(disk, temporary, kept);
  }
}

/**
 * Sets headerless files of clips aside that only a lost manifest knew: nothing says any more what they are, and they would be
 * in the way of new ones.
 * @throws {ClipError} `disk`, and what the file system throws.
 */
export async function setUnknownAside(places: Places): Promise<void> {
  const { disk, folder, notice } = places;
  const names: string[] = [];
  for (const name of await disk.readdir(folder)) {
    if (readFileName(name)?.container !== "raw") continue;
    const path = join(folder, name);
    if ((await kindOf(disk, path)) !== "file" || (await readClip(places, path))) continue;
    names.push(await renameAside(places, name));
  }
  if (names.length === 0) return;
  notice(
    `Only the manifest said what the headerless clips in “${folder}” are. They are now “${names.join("”, “")}”.`,
  );
}
