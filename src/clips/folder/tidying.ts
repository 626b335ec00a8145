import * as l10n from "@vscode/l10n";
import { basename, dirname, join } from "node:path";
import { readClip } from "../files/clipFile.ts";
import { kindOf, removeQuietly, rename } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { isTakeoverName, lockName, readFileName, readTemporaryName } from "../model/fileName.ts";
import { renameAside } from "./placing.ts";
import type { Places } from "./placing.ts";
import { becomeTake, listFiles } from "../files/takes.ts";

/**
 * Whether a crash may have interrupted something in a folder, or somebody is changing it now.
 * @throws what the file system throws.
 */
export async function isUnfinished(disk: Disk, folder: string): Promise<boolean> {
  const names = (await listFiles(disk, folder)).map((path) => basename(path));
  return names.some(
    (name) => name === lockName || isTakeoverName(name) || readTemporaryName(name) !== undefined,
  );
}

/**
 * Ends what a crash interrupted: clips that were whole under their temporary names get their places, or become takes where
 * those are taken; other temporary files of ours are removed. Only for who holds the folder's lock.
 * @throws {ClipError} `disk`, as `hasTakes`, and what the file system throws.
 */
export async function adoptTemporaries(places: Places): Promise<void> {
  const { disk, folder } = places;
  for (const temporary of await listFiles(disk, folder)) {
    const name = basename(temporary);
    if (isTakeoverName(name)) await removeQuietly(disk, temporary);
    const meantFor = readTemporaryName(name);
    if (meantFor === undefined) continue;
    const clip = await readClip(places, temporary);
    if (!clip) {
      await removeQuietly(disk, temporary);
      continue;
    }
    const place = join(dirname(temporary), meantFor);
    if ((await kindOf(disk, place)) === "absent") await rename(disk, temporary, place);
    else await becomeTake(places, clip);
  }
}

/**
 * Sets headerless files of clips aside that only a lost manifest knew: nothing says any more what they are, and they would be
 * in the way of new ones.
 * @throws {ClipError} `disk`, as `hasTakes`, and what the file system throws.
 */
export async function setUnknownAside(places: Places): Promise<void> {
  const { disk, folder, notice } = places;
  const names: string[] = [];
  for (const path of await listFiles(disk, folder)) {
    if (readFileName(basename(path))?.container !== "raw") continue;
    if ((await kindOf(disk, path)) !== "file" || (await readClip(places, path))) continue;
    names.push(await renameAside(places, path));
  }
  if (names.length === 0) return;
  notice(
    l10n.t(
      "Only the manifest said what the headerless clips in “{0}” are. They are now: {1}.",
      folder,
      names.join(", "),
    ),
  );
}
