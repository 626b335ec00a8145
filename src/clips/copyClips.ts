import * as fileSystem from "node:fs/promises";
import type { Container } from "./clip.ts";
import { readSamples } from "./clipFile.ts";
import type { ClipFolder } from "./clipFolder.ts";
import { ClipStore } from "./clipStore.ts";
import type { Disk } from "./disk.ts";

/**
 * Copies the clips of segments to another place, where they get the same segments' places. What is kept aside stays; a clip
 * that is there already is not copied again, so that what was interrupted can be done once more.
 * @returns the store of the other place.
 * @throws {ClipError} of any code; what was copied until then is whole, and nothing is gone from where it was.
 */
export async function copyClips(
  from: ClipStore,
  to: ClipFolder,
  { container, disk = fileSystem }: { container?: Container; disk?: Disk } = {},
): Promise<ClipStore> {
  const store = await ClipStore.open({ ...to, container, disk });
  for (const clip of from.clips()) {
    const { segment, identity } = clip;
    if (segment === undefined) continue;
    if (store.find(identity).some((other) => other.segment === segment)) continue;
    await store.save({ ...clip, segment, samples: await readSamples(disk, clip) });
  }
  return store;
}
