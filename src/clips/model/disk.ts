import * as l10n from "@vscode/l10n";
import { constants } from "node:fs";
import type * as fileSystem from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ClipError, isDiskError, onDisk } from "./clipError.ts";
import { temporaryName } from "./fileName.ts";

/** The part of the file system that clips need. */
export type Disk = Pick<
  typeof fileSystem,
  "lstat" | "mkdir" | "open" | "readdir" | "readFile" | "realpath" | "rename" | "rm" | "rmdir"
>;

/**
 * How a file is opened that is to be read, and may be something else by now: a link is not followed, and a FIFO does not make
 * one wait. Windows knows neither.
 */
export const readFlags =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

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
  await onDisk(path, () => writeNew(disk, temporary, bytes, { synced: true }));
  return temporary;
}

/**
 * Writes a file that must not be there yet.
 * @throws what the file system throws, `EEXIST` where there is one; then nothing is left of it.
 */
export async function writeNew(
  disk: Disk,
  path: string,
  bytes: Uint8Array,
  { synced = false } = {},
): Promise<void> {
  const file = await whenLetGo(() => disk.open(path, "wx"));
  try {
    try {
      await file.writeFile(bytes);
      if (synced) await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await removeQuietly(disk, path);
    throw error;
  }
}

const appendFlags =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/**
 * Writes at the end of a file, which is made where there is none.
 * @returns once the bytes are on the disk.
 * @throws what the file system throws; then a part of them may be there.
 */
export async function appendTo(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const file = await whenLetGo(() => disk.open(path, appendFlags));
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** After so many milliseconds each, what another program holds for a moment is tried again. */
const triesAfterMs = [10, 40, 150] as const;

/**
 * Does `work` on a file that another program may hold for a moment, as search indexes and virus scanners do on Windows.
 * @throws what `work` throws, in the end.
 */
export async function whenLetGo<T>(work: () => Promise<T>): Promise<T> {
  for (const waitMs of triesAfterMs) {
    try {
      return await work();
    } catch (error) {
      if (!["EBUSY", "EPERM", "EACCES"].some((code) => isDiskError(error, code))) throw error;
    }
    await sleep(waitMs);
  }
  return work();
}

/**
 * Gives a file or folder another name; a file that has it is replaced.
 * @throws {ClipError} `disk`, naming `to`.
 */
export async function rename(disk: Disk, from: string, to: string): Promise<void> {
  await onDisk(to, () => whenLetGo(() => disk.rename(from, to)));
}

/** What `Clip.version` is for a file that looks like this from outside. */
export function versionOf({ mtimeMs, size }: { mtimeMs: number; size: number }): string {
  return `${mtimeMs}-${size}`;
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
    l10n.t(
      "“{0}” is a link that leads out of “{1}”. Clips are not saved there: remove the link, or choose another folder.",
      existing,
      within,
    ),
  );
}

/** Whether `path` is `root` or lies in it, by name alone. */
export function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Makes a folder for a document's files, with those that it lies in, but never the document's own or one that this lies in.
 * @param home the document's own folder.
 * @throws {ClipError} `disk`, also where `home` is gone.
 */
export async function makeFolder(disk: Disk, folder: string, home: string): Promise<void> {
  if (await isMade(disk, folder)) return;
  if ((await kindOf(disk, home)) === "absent") throw homeGone(home);
  const missing: string[] = [];
  for (let at = folder; (await kindOf(disk, at)) === "absent"; at = dirname(at)) {
    missing.unshift(at);
  }
  for (const path of missing) {
    if (isInside(home, path) || !(await isMade(disk, path))) throw homeGone(home);
  }
}

/** Makes a folder, where there is none. @returns false where that in which it would lie is not there. */
async function isMade(disk: Disk, path: string): Promise<boolean> {
  return onDisk(path, async () => {
    try {
      await disk.mkdir(path);
    } catch (error) {
      if (isDiskError(error, "ENOENT")) return false;
      if (!isDiskError(error, "EEXIST")) throw error;
    }
    return true;
  });
}

function homeGone(home: string): ClipError {
  return new ClipError(
    "disk",
    l10n.t(
      "The script's folder “{0}” is gone: it was renamed, moved or deleted. Open the script where it lies now, and preview it again.",
      home,
    ),
  );
}

export function ifAbsent(error: unknown): undefined {
  if (!isDiskError(error, "ENOENT")) throw error;
}
