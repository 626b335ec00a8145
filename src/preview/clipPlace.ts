import * as disk from "node:fs/promises";
import { dirname, join, posix, relative, resolve } from "node:path";
import { findClipFolder, findDocuments, type ClipFolder } from "../clips/folder/clipFolder.ts";
import { renameClipFolder } from "../clips/folder/renameClipFolder.ts";
import { ClipError } from "../clips/model/clipError.ts";
import { isInside, kindOf } from "../clips/model/disk.ts";
import { manifestName } from "../clips/model/fileName.ts";
import {
  cleanStorage,
  findStoredFiles,
  noteClosed,
  noteOpen,
  setStoredAside,
  storageFolder,
} from "../clips/folder/storageFolder.ts";

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
  return hasManifest((await placeOf(document)).place);
}

/**
 * Finds the documents in a folder that was renamed or moved whose clips lie outside of it, and so did not go along: as the
 * manifests say, whatever was opened.
 * @param folder as it was, as a document is described.
 * @returns their paths from the folder.
 * @throws ClipError, or what the file system throws, where what lies there can't be read.
 */
export async function documentsLeftBehind(folder: PreviewDocument): Promise<readonly string[]> {
  const { path, audioFolder, storage } = folder;
  if (path === undefined) return [];
  const [, ups = "", rest = ""] =
    /^((?:\.\.\/)*)(.*)$/.exec(`${posix.normalize(audioFolder.replaceAll("\\", "/"))}/`) ?? [];
  const depth = ups.length / "../".length;
  // A document so many folders down leads out of it if the setting goes up farther.
  const parents = Array.from({ length: depth }, (_, down) =>
    resolve(path, ...Array.from({ length: depth - down }, () => ".."), rest),
  );
  const found = await Promise.all(parents.map((parent) => findDocuments(parent)));
  const stored = storage === undefined ? [] : await findStoredFiles(storage);
  const inside = [...found.flat(), ...stored].filter(
    (document) => document !== path && isInside(document, path),
  );
  return [...new Set(inside)].map((document) => relative(path, document));
}

/**
 * Gives the clips of a document that was renamed or moved their new place, wherever they lie; the document need not be there.
 * @throws ClipError where that can't be done; the clips are then where they were.
 */
export async function moveClips(from: PreviewDocument, to: PreviewDocument): Promise<void> {
  for (const place of await formerPlaces(from)) {
    if (!(await hasManifest(place))) continue;
    await renameClipFolder(place, (await placeOf(to, from.path)).place);
    return;
  }
}

/** Where the clips of a document may lie that is not there any more. */
async function formerPlaces({
  uri,
  path,
  storage,
  audioFolder,
  workspaceRoot,
}: PreviewDocument): Promise<readonly ClipFolder[]> {
  const places: ClipFolder[] = [];
  try {
    if (path !== undefined) places.push(await findClipFolder({ path, audioFolder, workspaceRoot }));
  } catch (error) {
    if (!(error instanceof ClipError)) throw error; // where its folder is gone, so are its clips: along with it
  }
  if (storage !== undefined) places.push(storageFolder(storage, uri));
  return places;
}

async function hasManifest({ folder }: ClipFolder): Promise<boolean> {
  return (await kindOf(disk, join(folder, manifestName))) === "file";
}

/**
 * Ends what a document without a path has in the extension's storage: it is closed. Its clips are set aside where another document
 * has them now.
 * @throws what the file system throws.
 */
export async function leaveStorage(
  { uri, storage }: PreviewDocument,
  { isCopied }: { readonly isCopied: boolean },
): Promise<void> {
  if (storage === undefined) return;
  await noteClosed(storage, uri);
  if (isCopied) await setStoredAside(storage, uri);
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
  await noteOpen(storage, uri);
  await cleanStorage(storage, Date.now());
}

async function canWrite(folder: string): Promise<boolean> {
  return disk.access(folder, disk.constants.W_OK).then(
    () => true,
    () => false,
  );
}
