import * as l10n from "@vscode/l10n";
import { randomBytes } from "node:crypto";
import { rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isDiskError } from "../../clips/model/clipError.ts";
import { ifAbsent, removeQuietly, whenLetGo, type Disk } from "../../clips/model/disk.ts";
import { ExportError, writing } from "./exportError.ts";

/** A file that is to be written. */
export interface PlannedFile {
  /** Absolute. */
  readonly path: string;
  /** Writes it whole, under another name. */
  readonly write: (path: string) => Promise<void>;
}

/**
 * Writes files aside, and gives them their names when all are whole: what fails on the way leaves nothing of them, and what
 * was there as it was. Their folder is made where it is not there.
 * @throws {ExportError} `exists`, where a file is there and is not to be replaced; `disk`; what `write` throws.
 */
export async function writeFiles(
  disk: Disk,
  files: readonly PlannedFile[],
  { overwrite }: { readonly overwrite: boolean },
): Promise<void> {
  const existing = await findExisting(
    disk,
    files.map(({ path }) => path),
  );
  if (existing.length > 0 && !overwrite) throw exists(existing);
  const made = await makeFolders(disk, files);
  const asides: string[] = [];
  const placed: string[] = [];
  try {
    for (const { path, write } of files) {
      const aside = asideOf(path);
      asides.push(aside);
      await writing(path, () => write(aside));
    }
    for (const [at, { path }] of files.entries()) {
      await place(disk, asides[at]!, path, { overwrite, placed });
    }
  } catch (error) {
    for (const path of [...asides, ...placed]) await removeQuietly(disk, path);
    for (const folder of made) await rmdir(folder).catch(() => undefined); // not where something else lies in it by now
    throw error;
  }
}

/** Which of these paths have something there. */
export async function findExisting(disk: Disk, paths: readonly string[]): Promise<string[]> {
  const existing: string[] = [];
  for (const path of paths) if (await isThere(disk, path)) existing.push(path);
  return existing;
}

async function isThere(disk: Disk, path: string): Promise<boolean> {
  return (await writing(path, () => disk.lstat(path).catch(ifAbsent))) !== undefined;
}

/** Writes parts as they come, as a new file; they are on the disk when it returns. */
export async function writeParts(
  disk: Disk,
  path: string,
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const file = await whenLetGo(() => disk.open(path, "wx"));
  try {
    for await (const part of parts) await file.writeFile(part); // which goes on where the last one ended
    await file.sync();
  } finally {
    await file.close();
  }
}

function asideOf(path: string): string {
  const stem = [...basename(path)].slice(0, 40).join("");
  return join(dirname(path), `.${stem}.${randomBytes(6).toString("hex")}.tmp`);
}

/** @returns the folders that were made, the innermost first. */
async function makeFolders(disk: Disk, files: readonly PlannedFile[]): Promise<string[]> {
  const made: string[] = [];
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    const first = await writing(folder, () => disk.mkdir(folder, { recursive: true }));
    for (let at = folder; first !== undefined; at = dirname(at)) {
      made.push(at);
      if (at === first) break;
    }
  }
  return made;
}

/** Gives a file that was written aside its name. Where nothing is to be replaced, the name is taken first, so that none is. */
async function place(
  disk: Disk,
  aside: string,
  path: string,
  { overwrite, placed }: { readonly overwrite: boolean; readonly placed: string[] },
): Promise<void> {
  if (!overwrite || !(await isThere(disk, path))) {
    await writing(path, async () => {
      try {
        await (await disk.open(path, "wx")).close();
      } catch (error) {
        if (isDiskError(error, "EEXIST") && !overwrite) throw exists([path]);
        throw error;
      }
    });
    placed.push(path);
  }
  await writing(path, () => whenLetGo(() => disk.rename(aside, path)));
}

function exists(paths: readonly string[]): ExportError {
  const [first = "", ...more] = paths;
  return new ExportError(
    "exists",
    more.length === 0
      ? l10n.t("“{0}” is there already. Choose another place, or allow replacing.", first)
      : l10n.t(
          "“{0}” and {1} more are there already. Choose another place, or allow replacing.",
          first,
          more.length,
        ),
  );
}
