import * as l10n from "@vscode/l10n";
import * as fileSystem from "node:fs/promises";
import { basename, dirname, extname, join, posix, relative, resolve, sep, win32 } from "node:path";
import { ClipError } from "../model/clipError.ts";
import { assertInside, isInside, kindOf } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { isSameDocument, readManifest } from "../files/manifest.ts";

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
 * document's, by its manifest, or the document itself, it is `<full file name>.speech`, or a numbered one. Makes nothing.
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
    const owner = await ownerOf(disk, folder, { documentName, formerName });
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

/** Whose clips lie in a folder. One whose manifest can't be read is left to whoever opens it. */
async function ownerOf(
  disk: Disk,
  folder: string,
  names: { readonly documentName: string; readonly formerName: string | undefined },
): Promise<"this" | "another" | "nobody" | "a file"> {
  const kind = await kindOf(disk, folder);
  if (kind === "absent") return "nobody";
  if (kind === "file" || kind === "other") return "a file";
  const manifest = await readManifest(disk, folder);
  if (manifest.kind !== "ours" && manifest.kind !== "newer") return "nobody";
  if (manifest.document === undefined) return "nobody";
  const { document } = manifest;
  if (isSameDocument(document, names.documentName)) return "this";
  const isFormer = names.formerName !== undefined && isSameDocument(document, names.formerName);
  return isFormer ? "nobody" : "another";
}

function inTheWay(folder: string): ClipError {
  return new ClipError(
    "not-ours",
    l10n.t(
      "“{0}” is needed as the folder of clips, but a file has that name. Move or rename that file.",
      folder,
    ),
  );
}
