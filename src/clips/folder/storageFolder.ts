import { createHash } from "node:crypto";
import * as disk from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClipFolder } from "./clipFolder.ts";
import { ifAbsent } from "../model/disk.ts";
import { manifestName } from "../model/fileName.ts";
import { parseJson } from "../model/clipFacts.ts";
import { askWhether, readProcessMark, thisProcess } from "../model/runningProcess.ts";
import { readManifest } from "../files/manifest.ts";

/** So long, in milliseconds, clips are kept in the storage that no document asks for any more. */
const keptMs = 90 * 24 * 3_600_000;

/**
 * Where the clips of a document lie that has no place on disk, or none that can be written: in the extension's own storage,
 * for each document a folder of its own, whose name nothing in the document's can steer. Makes nothing.
 * @param storageRoot the absolute path of the extension's storage, which must be there before a clip is saved.
 * @param documentUri the whole URI, which the manifest names as the document.
 */
export function storageFolder(storageRoot: string, documentUri: string): ClipFolder {
  const digest = createHash("sha256").update(documentUri).digest("hex");
  return {
    folder: join(clipsIn(storageRoot), `${digest.slice(0, 32)}.speech`),
    documentName: documentUri,
    within: storageRoot,
    home: storageRoot,
  };
}

/**
 * Says in the storage that this process has a document open whose name is not its alone: each window may have an *Untitled-1*.
 * Where it did not begin here, VS Code has brought it back after a window ended: it gets back the clips that another document of
 * its name found in its place.
 * @throws what the file system throws.
 */
export async function noteOpen(storageRoot: string, documentUri: string): Promise<void> {
  const { folder } = storageFolder(storageRoot, documentUri);
  const own = ownMark(storageRoot, documentUri);
  await disk.mkdir(clipsIn(storageRoot), { recursive: true });
  const left = (await marksIn(storageRoot)).find((mark) => mark.of === folder && mark.isLeft);
  if (left && !(await isThere(own))) {
    const former = (await foldersIn(storageRoot)).filter(
      (path) => path.endsWith(".former") && ownerOf(path) === folder,
    );
    const latest = former.sort().at(-1);
    if (latest !== undefined && !(await isThere(folder))) await disk.rename(latest, folder);
    await disk.rm(left.path, { force: true });
  }
  await disk.writeFile(own, JSON.stringify(await thisProcess()));
}

/**
 * Says in the storage that a document which `noteOpen` has named is closed: VS Code does not bring it back.
 * @throws what the file system throws.
 */
export async function noteClosed(storageRoot: string, documentUri: string): Promise<void> {
  await disk.rm(ownMark(storageRoot, documentUri), { force: true });
}

/**
 * Sets the clips aside that an earlier document of this name left in the storage: a new one, such as the next *Untitled-1*, is to
 * begin without them. Nobody asks for them any more, unless VS Code brings that one back: `cleanStorage` removes them some day.
 * Not while another window has such a document open: they may be the clips of that.
 * @throws what the file system throws.
 */
export async function setStoredAside(storageRoot: string, documentUri: string): Promise<void> {
  const { folder } = storageFolder(storageRoot, documentUri);
  const marks = await marksIn(storageRoot);
  if (marks.some(({ of, isLeft, isOwn }) => of === folder && !isLeft && !isOwn)) return;
  const aside = folder.replace(/\.speech$/, `.${Date.now()}.former`);
  await disk.rename(folder, aside).catch(ifAbsent);
}

/**
 * Removes from the storage what nobody can come back to: clips that were last changed three months ago, and are neither those of
 * a file that is still there nor those of a document that a window has open, or had when it ended: VS Code brings that back.
 * @param now milliseconds since 1970.
 * @throws what the file system throws.
 */
export async function cleanStorage(storageRoot: string, now: number): Promise<void> {
  const wanted = new Set<string>();
  for (const { path, of, isLeft } of await marksIn(storageRoot)) {
    wanted.add(of);
    if (isLeft) await disk.rename(path, path.replace(/open$/, "left"));
  }
  for (const folder of await foldersIn(storageRoot)) {
    if (wanted.has(ownerOf(folder)) || now - (await changedAt(folder)) < keptMs) continue;
    const isWanted = await isOfFile(folder).catch(() => true); // what nobody can tell stays
    if (!isWanted) await disk.rm(folder, { recursive: true, force: true });
  }
}

/**
 * Finds the files whose clips lie in the storage, as the manifests there say.
 * @returns their absolute paths.
 * @throws what the file system throws.
 */
export async function findStoredFiles(storageRoot: string): Promise<string[]> {
  const files: string[] = [];
  for (const folder of await foldersIn(storageRoot)) {
    const path = await fileOf(folder).catch(() => undefined);
    if (path !== undefined) files.push(path);
  }
  return files;
}

/** What `noteOpen` has written. */
interface OpenMark {
  readonly path: string;
  /** Which folder of clips it is about. */
  readonly of: string;
  /** Whether this process wrote it. */
  readonly isOwn: boolean;
  /** Whether who wrote it ended with the document open. */
  readonly isLeft: boolean;
}

async function marksIn(storageRoot: string): Promise<readonly OpenMark[]> {
  const clips = clipsIn(storageRoot);
  const names = (await disk.readdir(clips).catch(ifAbsent)) ?? [];
  const { pid: ownPid, host } = await thisProcess();
  const marks: OpenMark[] = [];
  for (const name of names) {
    const [, digest, pid, state] = /^([0-9a-f]{32})\.([1-9]\d{0,9})\.(open|left)$/.exec(name) ?? [];
    if (digest === undefined) continue;
    const path = join(clips, name);
    const text = (await disk.readFile(path, "utf8").catch(ifAbsent)) ?? "";
    const mark = readProcessMark(parseJson(text)) ?? {
      pid: Number(pid),
      host,
      system: "",
      began: undefined,
    };
    const isOwn = state === "open" && mark.pid === ownPid && mark.host === host;
    const isLeft = state === "left" || (!isOwn && (await askWhether(mark)) === "ended");
    marks.push({ path, of: join(clips, `${digest}.speech`), isOwn, isLeft });
  }
  return marks;
}

function ownMark(storageRoot: string, documentUri: string): string {
  const { folder } = storageFolder(storageRoot, documentUri);
  return folder.replace(/\.speech$/, `.${process.pid}.open`);
}

/** The folders of clips in the storage, those that were set aside among them. */
async function foldersIn(storageRoot: string): Promise<readonly string[]> {
  const names = (await disk.readdir(clipsIn(storageRoot)).catch(ifAbsent)) ?? [];
  return names
    .filter((name) => /^[0-9a-f]{32}\.(speech|\d+\.former)$/.test(name))
    .map((name) => join(clipsIn(storageRoot), name));
}

/** Where the clips lie, or lay, of the document that a folder of the storage belongs to. */
function ownerOf(folder: string): string {
  return folder.replace(/\.\d+\.former$/, ".speech");
}

async function isThere(path: string): Promise<boolean> {
  return (await disk.lstat(path).catch(ifAbsent)) !== undefined;
}

function clipsIn(storageRoot: string): string {
  return join(storageRoot, "clips");
}

/** When the clips in a folder were last changed: milliseconds since 1970. */
async function changedAt(folder: string): Promise<number> {
  const paths = [folder, join(folder, manifestName)];
  const found = await Promise.all(paths.map((path) => disk.lstat(path).catch(ifAbsent)));
  return found.reduce((latest, stats) => Math.max(latest, stats?.mtimeMs ?? 0), 0);
}

/** Whether the clips in a folder are those of a file that is there. */
async function isOfFile(folder: string): Promise<boolean> {
  const path = await fileOf(folder);
  return path !== undefined && (await isThere(path));
}

/** The path of the file whose clips lie in a folder; `undefined` where they are those of no file. */
async function fileOf(folder: string): Promise<string | undefined> {
  const manifest = await readManifest(disk, folder);
  const document = "document" in manifest ? (manifest.document ?? "") : "";
  if (!document.startsWith("file:") || !URL.canParse(document)) return undefined;
  return fileURLToPath(document);
}
