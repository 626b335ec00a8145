import * as l10n from "@vscode/l10n";
import * as fileSystem from "node:fs/promises";
import { dirname, join } from "node:path";
import { ClipError } from "../model/clipError.ts";
import type { ClipFolder } from "./clipFolder.ts";
import { assertInside, kindOf, makeFolder, removeQuietly, rename } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { lockName } from "../model/fileName.ts";
import { FolderLock } from "./folderLock.ts";
import { isSameDocument } from "../files/manifest.ts";
import { ManifestFile } from "../files/manifestFile.ts";

/**
 * Gives a document's folder of clips its new place, after the document was renamed or moved, and names the new document in
 * the manifest. What can't be done wholly is undone.
 * @returns whether there was a folder.
 * @throws {ClipError} `not-ours` where something stands in the new place, or the folder is another document's; `newer`;
 *   `busy`; `outside`; `disk`, as between two disks. The clips are then where they were.
 */
export async function renameClipFolder(
  from: ClipFolder,
  to: ClipFolder,
  { disk = fileSystem, patienceMs = 10_000 }: { disk?: Disk; patienceMs?: number } = {},
): Promise<boolean> {
  if ((await kindOf(disk, from.folder)) === "absent") return false;
  await assertInside(disk, from.folder, from.within);
  await assertInside(disk, to.folder, to.within);
  // On a disk that does not tell cases apart, a folder whose name changes in case only is in its own way.
  const isOnePlace = isSameDocument(from.folder, to.folder);
  if (!isOnePlace && (await kindOf(disk, to.folder)) !== "absent") throw taken(from, to);
  await new FolderLock(from.folder, disk, patienceMs).hold(to.folder, async () => {
    await manifestOf(from, disk).lookToChange();
    await makeFolder(disk, dirname(to.folder), to.home);
    if (from.folder !== to.folder) await rename(disk, from.folder, to.folder);
    try {
      await manifestOf({ ...from, folder: to.folder }, disk).rename(to.documentName);
    } catch (error) {
      if (from.folder !== to.folder) await rename(disk, to.folder, from.folder);
      throw error;
    }
    // The lock went with the folder.
    if (!isOnePlace) await removeQuietly(disk, join(to.folder, lockName));
  });
  return true;
}

function manifestOf({ folder, documentName }: ClipFolder, disk: Disk): ManifestFile {
  return new ManifestFile({ folder, documentName, disk, notice: () => undefined });
}

function taken(from: ClipFolder, to: ClipFolder): ClipError {
  return new ClipError(
    "not-ours",
    l10n.t(
      "“{0}” is there already, so the clips stay in “{1}”. Move or rename one of them.",
      to.folder,
      from.folder,
    ),
  );
}
