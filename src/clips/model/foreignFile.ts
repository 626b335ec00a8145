import { lstat, open, realpath } from "node:fs/promises";
import { isDiskError } from "./clipError.ts";
import { ifAbsent, isInside, readFlags } from "./disk.ts";

/** A script, sample values, a .gitignore: so many bytes of a file that others may have made are read at most. */
export const mostForeignBytes = 4 * 2 ** 20;

/** A file that others may have made, as it was read. */
export interface ForeignFile {
  /** Its absolute path, links followed. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Why a file was not read: it is not there, it is something else, a link leads out, or it is too long. */
export type Unread = "absent" | "folder" | "no-file" | "link-out" | "too-long";

/**
 * Reads a whole file that others may have made: regular files alone, of `mostForeignBytes` at most. Never waits, as who opens a
 * FIFO would; opens no device.
 * @param within links are followed inside these folders only, which may be links themselves. Absolute paths.
 * @throws what the file system throws where it refuses.
 */
export async function readForeignFile(
  path: string,
  within: readonly string[],
): Promise<ForeignFile | Unread> {
  const real = await realpath(path).catch(ifNowhere);
  if (real === undefined) {
    const found = await lstat(path).catch(ifAbsent);
    return found?.isSymbolicLink() ? "link-out" : "absent"; // what it names might be made later, anywhere
  }
  const roots = await Promise.all(within.map((folder) => realpath(folder).catch(ifAbsent)));
  if (!roots.some((root) => root !== undefined && isInside(real, root))) return "link-out";
  const kind = await lstat(real);
  if (kind.isDirectory()) return "folder";
  if (!kind.isFile()) return "no-file";
  const file = await open(real, readFlags);
  try {
    // Looked at once more, for something else may have got its name since.
    const found = await file.stat();
    if (!found.isFile()) return "no-file";
    const buffer = Buffer.alloc(Math.min(found.size, mostForeignBytes) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
      length += bytesRead;
      if (bytesRead === 0) return { path: real, bytes: buffer.subarray(0, length) };
      if (length === buffer.length) return "too-long"; // or it grows while it is read
    }
  } finally {
    await file.close();
  }
}

/** For what is not there, and for links that lead round in a circle. */
function ifNowhere(error: unknown): undefined {
  return isDiskError(error, "ELOOP") ? undefined : ifAbsent(error);
}
