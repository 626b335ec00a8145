import * as disk from "node:fs/promises";
import { dirname, join } from "node:path";
import { findClipFolder, type ClipFolder } from "../clips/folder/clipFolder.ts";
import { kindOf } from "../clips/model/disk.ts";
import { manifestName } from "../clips/model/fileName.ts";
import { cleanStorage, setStoredAside, storageFolder } from "../clips/folder/storageFolder.ts";

/** A document, and where its clips may lie. */
export interface PreviewDocument {
  /** The whole URI. */
  readonly uri: string;
  /** The document's absolute path; `undefined` where it has none on this disk. */
  readonly path: string | undefined;
  /** The setting `audio.folder`, relative to the document; "" for beside it. */
  readonly audioFolder: string;
  /** The absolute path of the workspace folder that the document is in. */
  readonly workspaceRoot: string | undefined;
  /**
   * The absolute path of the extension's storage: for clips that can't lie beside their document. `undefined` where they are to
   * lie nowhere else.
   */
  readonly storage: string | undefined;
  readonly container: "wav" | "raw";
}

/**
 * Finds where a document's clips lie, whether they are there yet or not: beside it, or where the setting says, and in the
 * extension's storage where it has no place on disk or none that can be written. Makes nothing.
 * @param formerPath where the document lay before it was renamed.
 * @throws ClipError where the place can't be used.
 */
export async function placeOf(
  document: PreviewDocument,
  formerPath?: string,
): Promise<{ readonly place: ClipFolder; readonly inStorage: boolean }> {
  const { path, uri, storage, audioFolder, workspaceRoot } = document;
  if (path !== undefined && (storage === undefined || (await canWrite(dirname(path))))) {
    const place = await findClipFolder({ path, formerPath, audioFolder, workspaceRoot });
    return { place, inStorage: false };
  }
  if (storage === undefined) throw new Error("A document without a path needs a storage.");
  return { place: storageFolder(storage, uri), inStorage: true };
}

/**
 * Whether a document has clips: there is a folder for them, with a manifest. Another folder may have that name, too, and is not
 * to be taken along where the document is renamed. Reads no clip.
 * @throws ClipError where the place can't be used.
 */
export async function hasClips(document: PreviewDocument): Promise<boolean> {
  const { place } = await placeOf(document);
  return (await kindOf(disk, join(place.folder, manifestName))) === "file";
}

/**
 * Sets the clips aside that an earlier document of the same name left in the extension's storage, and removes what nobody has
 * asked for in a long time.
 * @param document one that has just been made, and has no path.
 * @throws what the file system throws.
 */
export async function beginWithoutClips({ uri, storage }: PreviewDocument): Promise<void> {
  if (storage === undefined) return;
  await setStoredAside(storage, uri);
  await cleanStorage(storage, Date.now());
}

async function canWrite(folder: string): Promise<boolean> {
  return disk.access(folder, disk.constants.W_OK).then(
    () => true,
    () => false,
  );
}
