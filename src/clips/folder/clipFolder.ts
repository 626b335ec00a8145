import * as l10n from "@vscode/l10n";
import * as fileSystem from "node:fs/promises";
import { basename, dirname, extname, join, posix, relative, resolve, sep, win32 } from "node:path";
import { ClipError, onDisk } from "../model/clipError.ts";
import { assertInside, ifAbsent, isInside, kindOf } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { isTextName } from "../../script/model/textName.ts";
import { readFileName } from "../model/fileName.ts";
import { isSameDocument, readManifest } from "../files/manifest.ts";
import { listFiles } from "../files/takes.ts";

/** Where a document's clips lie, whether they are there yet or not. */
export interface ClipFolder {
  /** The absolute path of the folder. */
  readonly folder: string;
  /** The document as its manifest names it: its path from beside the folder, with `/`; its file name, where it lies there. */
  readonly documentName: string;
  /** The folder that clips may not leave, links followed. */
  readonly within: string;
  /** The document's own folder, which is never made: where it is gone, so is the document. */
  readonly home: string;
}

/** More documents than these don't share a name and a place. */
const mostCandidates = 100;

/**
 * Finds where a document's clips lie: `talk.md` and `talk.speech.md` have theirs in `talk.speech`. Where that is another
 * document's, by its manifest, or may be that of another one beside it, or is the document itself, it is
 * `<full file name>.speech`, or a numbered one. Makes nothing.
 * @throws {ClipError} `outside` where the setting, or a link, leads out of the workspace; `not-ours` where a file stands
 *   in the folder's place; `disk`.
 */
export async function findClipFolder(
  document: {
    /** The document's absolute path. */
    readonly path: string;
    /** The setting `audio.folder`: in which folder the clips' folder lies, from the document's. */
    readonly audioFolder?: string | undefined;
    /** The absolute path of the document's workspace folder. Without one clips stay inside the document's folder. */
    readonly workspaceRoot?: string | undefined;
    /** The absolute path that the document had until now, if it was renamed: its folder is no other document's. */
    readonly formerPath?: string | undefined;
  },
  disk: Disk = fileSystem,
): Promise<ClipFolder> {
  const { path, audioFolder = "", workspaceRoot, formerPath } = document;
  const home = dirname(path);
  const within =
    workspaceRoot !== undefined && isInside(home, workspaceRoot) ? workspaceRoot : home;
  const parent = placeOf(audioFolder, home, within);
  const nameOf = (document: string): string => relative(parent, document).split(sep).join("/");
  const documentName = nameOf(path);
  const formerName = formerPath && nameOf(formerPath);
  await assertInside(disk, parent, within);
  let free: string | undefined;
  for (const [at, name] of candidates(basename(path)).entries()) {
    const folder = join(parent, name);
    if (folder === path) continue;
    await assertInside(disk, folder, within);
    const owner = await ownerOf(disk, folder, { path, documentName, formerName });
    if (owner === "this") return { folder, documentName, within, home };
    if (owner === "a file" && at === 0) throw inTheWay(folder);
    if (owner === "nobody") free ??= folder;
    // The second place is looked at even where the first is free: it may have been ours since the first was taken.
    if (free !== undefined && at > 0) return { folder: free, documentName, within, home };
  }
  throw new ClipError(
    "not-ours",
    l10n.t(
      "All folders for the clips of “{0}” belong to other documents. Rename the document, or remove folders in “{1}”.",
      path,
      parent,
    ),
  );
}

/**
 * Finds the documents whose clips lie in a folder, as the manifests there say.
 * @param parent the absolute path of the folder that the folders of clips are in, which need not be there.
 * @returns their absolute paths.
 * @throws {ClipError} `disk`
 */
export async function findDocuments(parent: string, disk: Disk = fileSystem): Promise<string[]> {
  const names = await onDisk(
    parent,
    async () => (await disk.readdir(parent).catch(ifAbsent)) ?? [],
  );
  const found = names
    .filter((name) => /\.speech$/i.test(name))
    // What is no folder of clips, or can't be looked at, is none of a document's.
    .map((name) => documentOf(disk, join(parent, name)).catch(() => undefined));
  const documents = await Promise.all(found);
  return documents.flatMap((document) => (document === undefined ? [] : resolve(parent, document)));
}

/** The names that a document's folder may have, best first. */
function candidates(fileName: string): string[] {
  const stem = fileName.slice(0, fileName.length - extname(fileName).length);
  const plain = stem.replace(/(?<=.)\.speech$/i, "");
  const numbered = Array.from({ length: mostCandidates - 2 }, (_, at) => `${fileName}-${at + 2}`);
  return [plain, fileName, ...numbered].map((name) => `${name}.speech`);
}

function placeOf(audioFolder: string, home: string, within: string): string {
  if (audioFolder.includes("\0")) {
    throw new ClipError(
      "outside",
      l10n.t(
        "The setting “scriptedSpeech.audio.folder” is “{0}”, which no path can be. Set a path from the document's folder to one inside “{1}”.",
        audioFolder,
        within,
      ),
    );
  }
  if (
    posix.isAbsolute(audioFolder) ||
    win32.isAbsolute(audioFolder) ||
    /^[a-z]:/i.test(audioFolder)
  ) {
    throw new ClipError(
      "outside",
      l10n.t(
        "The setting “scriptedSpeech.audio.folder” is “{0}”, which is not a relative path. Set a path from the document's folder to one inside “{1}”.",
        audioFolder,
        within,
      ),
    );
  }
  const place = resolve(home, audioFolder);
  if (isInside(place, within)) return place;
  throw new ClipError(
    "outside",
    l10n.t(
      "The setting “scriptedSpeech.audio.folder” is “{0}”, which leads out of the workspace. Set a path from the document's folder to one inside “{1}”.",
      audioFolder,
      within,
    ),
  );
}

/** Whose clips lie in a folder. */
async function ownerOf(
  disk: Disk,
  folder: string,
  names: {
    readonly path: string;
    readonly documentName: string;
    readonly formerName: string | undefined;
  },
): Promise<"this" | "another" | "nobody" | "a file"> {
  const kind = await kindOf(disk, folder);
  if (kind === "absent") return "nobody";
  if (kind === "file" || kind === "other") return "a file";
  const document = await documentOf(disk, folder);
  if (document === undefined)
    return (await mayBeAnothers(disk, folder, names.path)) ? "another" : "nobody";
  if (isSameDocument(document, names.documentName)) return "this";
  const isFormer = names.formerName !== undefined && isSameDocument(document, names.formerName);
  return isFormer ? "nobody" : "another";
}

/**
 * Whether the clips in a folder of which nothing says whose they are may be those of another document, beside this one, that would
 * have such a folder.
 */
async function mayBeAnothers(disk: Disk, folder: string, path: string): Promise<boolean> {
  if ((await onDisk(folder, () => listFiles(disk, folder))).every((file) => !isClipName(file)))
    return false;
  const home = dirname(path);
  const names = await onDisk(home, async () => (await disk.readdir(home).catch(ifAbsent)) ?? []);
  for (const name of names.filter(isTextName)) {
    if (isSameDocument(name, basename(path))) continue;
    const folders = candidates(name).slice(0, 2);
    if (!folders.includes(basename(folder))) continue;
    const others = folders.map((other) => join(dirname(folder), other));
    const found = await Promise.all(others.map((other) => documentOf(disk, other)));
    if (!found.some((document) => basename(document ?? "") === name)) return true; // it has no other one
  }
  return false;
}

/** The document that the manifest in a folder names, if there is one. */
async function documentOf(disk: Disk, folder: string): Promise<string | undefined> {
  if ((await kindOf(disk, folder)) === "absent") return undefined;
  const manifest = await readManifest(disk, folder);
  return manifest.kind === "none" ? undefined : manifest.document;
}

function isClipName(path: string): boolean {
  return readFileName(basename(path)) !== undefined;
}

/** What keeps a folder of clips from being made there: a file has its name. */
export function inTheWay(folder: string): ClipError {
  return new ClipError(
    "not-ours",
    l10n.t(
      "“{0}” is needed as the folder of clips, but a file has that name. Move or rename that file.",
      folder,
    ),
  );
}
