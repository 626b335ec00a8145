import { dirname, join, relative } from "node:path";
import { isDiskError } from "../model/clipError.ts";
import { isInside } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";

/** A folder that has another place now, with all that lies in it. */
export interface MovedFolder {
  readonly from: string;
  readonly to: string;
}

/** A folder, and what the file system knows it by wherever it lies. */
interface KnownFolder {
  readonly path: string;
  readonly id: string;
}

/** So many files and folders are looked at where one is searched that was moved. */
const mostLookedAt = 5000;

/** A folder and those that it lies in, as they were once seen: by that each is known again where it was renamed or moved. */
export class FolderTrace {
  readonly #disk: Disk;
  /** From the folder up, with what the file system knows each by. */
  readonly #way: readonly KnownFolder[];

  private constructor(disk: Disk, way: readonly KnownFolder[]) {
    this.#disk = disk;
    this.#way = way;
  }

  /** Looks at a folder that need not be there. Never throws. */
  static async of(disk: Disk, folder: string): Promise<FolderTrace> {
    const way: KnownFolder[] = [];
    for (let path = folder; ; path = dirname(path)) {
      const id = await idOf(disk, path);
      if (id !== undefined) way.push({ path, id });
      if (dirname(path) === path) return new FolderTrace(disk, way);
    }
  }

  /**
   * Finds what was renamed or moved, if the folder is gone for that: itself or one that it lies in, beside where it was or in
   * folders there. Never throws.
   */
  async findMoved(): Promise<MovedFolder | undefined> {
    let gone: KnownFolder | undefined;
    for (const { path, id } of this.#way) {
      if ((await idOf(this.#disk, path)) === id) return gone && this.#search(path, gone);
      gone = { path, id };
    }
    return undefined;
  }

  async #search(above: string, { path: from, id }: KnownFolder): Promise<MovedFolder | undefined> {
    const folders = [above];
    let left = mostLookedAt;
    for (const folder of folders) {
      for (const name of await this.#disk.readdir(folder).catch(() => [])) {
        if (--left < 0) return undefined;
        const path = join(folder, name);
        const found = await idOf(this.#disk, path);
        if (found === id) return { from, to: path };
        if (found !== undefined) folders.push(path);
      }
    }
    return undefined;
  }
}

/** Where a path leads that lay in what was moved, or elsewhere. */
export function afterMove(path: string, { from, to }: MovedFolder): string {
  return isInside(path, from) ? join(to, relative(from, path)) : path;
}

/** What the file system knows a folder by; `undefined` where there is none, or it can't be looked at. */
async function idOf(disk: Disk, path: string): Promise<string | undefined> {
  try {
    const found = await disk.lstat(path);
    return found.isDirectory() ? `${found.dev} ${found.ino} ${found.birthtimeMs}` : undefined;
  } catch (error) {
    if (!isDiskError(error)) throw error;
    return undefined;
  }
}
