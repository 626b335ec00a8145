import { join } from "node:path";
import { isFreeOrOurs, readClip } from "./clipFile.ts";
import { kindOf, removeQuietly } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { keptName, readTemporaryName } from "./fileName.ts";

/**
 * Ends what a crash interrupted: clips that were whole under their temporary names get their places, or are kept aside
 * where those are taken; other temporary files of ours are removed.
 * @throws what the file system throws.
 */
export async function adoptTemporaries(disk: Disk, folder: string): Promise<void> {
  for (const name of await disk.readdir(folder)) {
    const meantFor = readTemporaryName(name);
    if (meantFor === undefined) continue;
    const temporary = join(folder, name);
    const clip = await readClip(disk, temporary);
    if (!clip) {
      await removeQuietly(disk, temporary);
      continue;
    }
    const place = join(folder, meantFor);
    const kept = join(folder, keptName(clip.identity));
    if ((await kindOf(disk, place)) === "absent") await disk.rename(temporary, place);
    else if (await isFreeOrOurs(disk, kept)) await disk.rename(temporary, kept);
  }
}
