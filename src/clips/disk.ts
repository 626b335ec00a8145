import type * as fileSystem from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { ClipError, isDiskError, onDisk } from "./clipError.ts";
import { temporaryName } from "./fileName.ts";

/** The part of the file system that clips need. */
export type Disk = Pick<
  typeof fileSystem,
  "lstat" | "mkdir" | "open" | "readdir" | "readFile" | "realpath" | "rename" | "rm"
>;

/** What stands at `path` itself, links not followed. */
export async function kindOf(
  disk: Disk,
  path: string,
): Promise<"absent" | "file" | "folder" | "link" | "other"> {
  const found = await onDisk(path, () => disk.lstat(path).catch(ifAbsent));
  if (!found) return "absent";
  if (found.isSymbolicLink()) return "link";
  if (found.isDirectory()) return "folder";
  return found.isFile() ? "file" : "other";
}

/**
 * Writes a new file that is to replace the one at `path`, in the same folder.
 * @returns its path, once its bytes are on the disk.
 * @throws {ClipError} `disk`; then nothing is left of it.
 */
export async function writeAside(disk: Disk, path: string, bytes: Uint8Array): Promise<string> {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  await onDisk(path, async () => {
    try {
      const file = await disk.open(temporary, "wx");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      await removeQuietly(disk, temporary);
      throw error;
    }
  });
  return temporary;
}

/** Removes a file that nobody will miss if it can't be removed. */
export async function removeQuietly(disk: Disk, path: string): Promise<void> {
  await disk.rm(path, { force: true }).catch(() => undefined);
}

/**
 * Makes sure that a folder, which need not be there yet, lies inside `within` when all links are followed.
 * @throws {ClipError} `outside`, or `disk`.
 */
export async function assertInside(disk: Disk, folder: string, within: string): Promise<void> {
  const root = await onDisk(within, () => disk.realpath(within));
  let existing = folder;
  while ((await kindOf(disk, existing)) === "absent" && dirname(existing) !== existing) {
    existing = dirname(existing);
  }
  // A link to nowhere has no real path: what it names might be made later, anywhere.
  const real = await onDisk(existing, () => disk.realpath(existing).catch(ifAbsent));
  if (real !== undefined && isInside(real, root)) return;
  throw new ClipError(
    "outside",
    `“${existing}” is a link that leads out of “${within}”. Clips are not saved there: remove the link, or choose another folder.`,
  );
}

/** Whether `path` is `root` or lies in it, by name alone. */
export function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export function ifAbsent(error: unknown): undefined {
  if (!isDiskError(error, "ENOENT")) throw error;
}
