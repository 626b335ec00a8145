import { createHash } from "node:crypto";
import * as disk from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClipFolder } from "./clipFolder.ts";
import { ifAbsent } from "../model/disk.ts";
import { manifestName } from "../model/fileName.ts";
import { isAlive } from "./folderLock.ts";
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
 * @throws what the file system throws.
 */
export async function noteOpen(storageRoot: string, documentUri: string): Promise<void> {
  const { folder } = storageFolder(storageRoot, documentUri);
  await disk.mkdir(clipsIn(storageRoot), { recursive: true });
  await disk.writeFile(folder.replace(/\.speech$/, `.${process.pid}.open`), "");
}

/**
 * Sets the clips aside that an earlier document of this name left in the storage: a new one, such as the next *Untitled-1*, is to
 * begin without them. Nobody asks for them any more: `cleanStorage` removes them some day. Not while another window has such a
 * document open: they may be the clips of that.
 * @throws what the file system throws.
 */
export async function setStoredAside(storageRoot: string, documentUri: string): Promise<void> {
  const { folder } = storageFolder(storageRoot, documentUri);
  const opened = (await marksIn(storageRoot)).filter(
    ({ of, pid }) => of === folder && isAlive(pid),
  );
  if (opened.length > 0) return;
  const aside = folder.replace(/\.speech$/, `.${Date.now()}.former`);
  await disk.rename(folder, aside).catch(ifAbsent);
}

/**
 * Removes from the storage what nobody asks for any more: clips that were last changed three months ago, and are neither those of
 * a file that is still there nor those of a document that a window has had open.
 * @param now milliseconds since 1970.
 * @throws what the file system throws.
 */
export async function cleanStorage(storageRoot: string, now: number): Promise<void> {
  const open = new Set<string>();
  for (const { path, of, pid } of await marksIn(storageRoot)) {
    if (pid === process.pid || isAlive(pid)) open.add(of);
    else await disk.rm(path, { force: true });
  }
  const names = (await disk.readdir(clipsIn(storageRoot)).catch(ifAbsent)) ?? [];
  for (const name of names.filter((name) => /^[0-9a-f]{32}\.(speech|\d+\.former)$/.test(name))) {
    const folder = join(clipsIn(storageRoot), name);
    if (open.has(folder) || now - (await changedAt(folder)) < keptMs) continue;
    const isWanted = await isOfFile(folder).catch(() => true); // what nobody can tell stays
    if (!isWanted) await disk.rm(folder, { recursive: true, force: true });
  }
}

/** What `noteOpen` has written: which folder of clips each is about, and who wrote it. */
async function marksIn(
  storageRoot: string,
): Promise<{ readonly path: string; readonly of: string; readonly pid: number }[]> {
  const names = (await disk.readdir(clipsIn(storageRoot)).catch(ifAbsent)) ?? [];
  return names.flatMap((name) => {
    const [, digest, pid] = /^([0-9a-f]{32})\.([1-9]\d{0,9})\.open$/.exec(name) ?? [];
    if (digest === undefined) return [];
    const clips = clipsIn(storageRoot);
    return { path: join(clips, name), of: join(clips, `${digest}.speech`), pid: Number(pid) };
  });
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
  const manifest = await readManifest(disk, folder);
  const document = "document" in manifest ? (manifest.document ?? "") : "";
  if (!document.startsWith("file:") || !URL.canParse(document)) return false;
  return disk.access(fileURLToPath(document)).then(
    () => true,
    () => false,
  );
}
