import * as l10n from "@vscode/l10n";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Clip, Container } from "../model/clip.ts";
import { ClipError, isLink, onDisk } from "../model/clipError.ts";
import { ifAbsent, kindOf, readFlags, rename } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { isTakeName, takeName, takesName } from "../model/fileName.ts";

/**
 * The paths of what may be ours in a clips' folder and in that of its takes: each where files with such a name belong.
 * @throws {ClipError} as `hasTakes`, and what the file system throws.
 */
export async function listFiles(disk: Disk, folder: string): Promise<string[]> {
  const takes = join(folder, takesName);
  const names = await disk.readdir(folder);
  const takeNames = (await hasTakes(disk, folder)) ? await disk.readdir(takes) : [];
  return [
    ...names.filter((name) => !isTakeName(name)).map((name) => join(folder, name)),
    ...takeNames.filter(isTakeName).map((name) => join(takes, name)),
  ];
}

/**
 * Whether there is a folder of takes.
 * @throws {ClipError} `outside` where it is a link, `not-ours` where it is a file, or `disk`.
 */
export async function hasTakes(disk: Disk, folder: string): Promise<boolean> {
  const path = join(folder, takesName);
  switch (await kindOf(disk, path)) {
    case "absent":
      return false;
    case "folder":
      return true;
    case "link":
      throw isLink(path);
    default:
      throw new ClipError(
        "not-ours",
        l10n.t(
          "“{0}” is needed as the folder of takes, but a file has that name. Move or rename that file.",
          path,
        ),
      );
  }
}

/**
 * The path of a new take, where nothing is yet. Makes the folder of takes.
 * @throws {ClipError} `disk`
 */
export async function freeTakePath(
  { disk, folder }: { readonly disk: Disk; readonly folder: string },
  clip: { readonly identity: string; readonly spokenAt: string; readonly container: Container },
): Promise<string> {
  const takes = join(folder, takesName);
  await onDisk(takes, () => disk.mkdir(takes, { recursive: true }));
  for (let nth = 1; ; nth++) {
    const path = join(takes, takeName(clip, clip.container, nth));
    if ((await kindOf(disk, path)) === "absent") return path;
  }
}

/**
 * Makes a clip a take.
 * @returns its path now.
 * @throws {ClipError} `disk`; then it lies where it was.
 */
export async function becomeTake(
  place: { readonly disk: Disk; readonly folder: string },
  clip: Clip,
): Promise<string> {
  const path = await freeTakePath(place, clip);
  await rename(place.disk, clip.path, path);
  return path;
}

/**
 * The takes that are the very same as another clip, to the byte: copies that the script needs no more. A locked one is none
 * of them, for it waits for a segment of its own.
 * @param clips those in place before the takes.
 * @throws {ClipError} `disk`
 */
export async function doubleTakes(disk: Disk, clips: readonly Clip[]): Promise<readonly Clip[]> {
  const alike = new Map<string, Clip[]>();
  for (const clip of clips) {
    const key = `${clip.identity} ${clip.spokenAt} ${clip.container} ${clip.bytes}`;
    const group = alike.get(key);
    if (group) group.push(clip);
    else alike.set(key, [clip]);
  }
  const double: Clip[] = [];
  for (const group of alike.values()) {
    if (group.length < 2 || group.every(({ segment }) => segment !== undefined)) continue;
    const seen = new Set<string>();
    for (const clip of group) {
      const bytes = await onDisk(clip.path, () =>
        disk.readFile(clip.path, { flag: readFlags }).catch(ifAbsent),
      );
      if (!bytes) continue;
      const digest = createHash("sha256").update(bytes).digest("hex"); // a group may be larger than the memory
      const isCopy = clip.segment === undefined && !clip.locked;
      if (isCopy && seen.has(digest)) double.push(clip);
      else seen.add(digest);
    }
  }
  return double;
}
