import * as fileSystem from "node:fs/promises";
import type { Clip, Container, NewClip } from "./model/clip.ts";
import { readSamples } from "./files/clipFile.ts";
import type { ClipFolder } from "./folder/clipFolder.ts";
import { ClipStore } from "./clipStore.ts";
import type { Disk } from "./model/disk.ts";

/**
 * Copies clips to another place: those of segments, where they get the same segments' places, and the takes, with what users
 * decided on them. A clip that is there already is not copied again, so that what was interrupted can be done once more.
 * @returns the store of the other place, which keeps as many takes.
 * @throws {ClipError} of any code; what was copied until then is whole, and nothing is gone from where it was.
 */
export async function copyClips(
  from: ClipStore,
  to: ClipFolder,
  { container, disk = fileSystem }: { container?: Container; disk?: Disk } = {},
): Promise<ClipStore> {
  const { takesKeep } = from;
  const store = await ClipStore.open({ ...to, container, disk, takesKeep });
  const read = async (clip: Clip, segment = 0): Promise<NewClip> => ({
    ...clip,
    segment,
    samples: await readSamples(disk, clip),
  });
  for (const clip of from.clips()) {
    const { segment, identity } = clip;
    if (segment === undefined) continue;
    if (store.at(segment)?.identity !== identity) await store.save(await read(clip, segment));
  }
  const takes = from.clips().filter(({ segment }) => segment === undefined);
  // The oldest first, so that where too many come together they are the first to go.
  for (const take of takes.sort((a, b) => (a.spokenAt < b.spokenAt ? -1 : 1))) {
    const { identity, spokenAt, bytes } = take;
    const isThere = store
      .find(identity)
      .some((other) => other.spokenAt === spokenAt && other.bytes === bytes);
    if (!isThere) await store.saveTake(await read(take));
    await store.adoptDecisions([take]); // before the next comes, to which it would give way
  }
  await store.adoptDecisions(from.clips());
  await store.finish();
  return store;
}
