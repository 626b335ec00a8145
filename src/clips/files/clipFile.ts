import { basename } from "node:path";
import { readWavLayout } from "../../audio/wav.ts";
import type { Clip } from "../model/clip.ts";
import { isDiskError, onDisk } from "../model/clipError.ts";
import { ifAbsent, readFlags, versionOf } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { readFileName, readTemporaryName } from "../model/fileName.ts";
import { readRawClip } from "./rawClip.ts";
import type { RawRecords } from "./rawClip.ts";
import { listFiles } from "./takes.ts";
import { readWavClip } from "./wavClip.ts";

/** Where clips are read: a WAV file says itself what it is, of the others the folder's manifest does. */
export interface ClipSource {
  readonly disk: Disk;
  readonly records: RawRecords;
}

/**
 * Reads what is known of the clip at `path`, under whatever name of ours, without its samples.
 * @returns nothing where it is no whole clip of ours, or can't be read.
 */
export async function readClip(source: ClipSource, path: string): Promise<Clip | undefined> {
  const { disk, records } = source;
  const { container } = placeByName(path) ?? {};
  try {
    // A link is never ours: what it leads to might be anything.
    if (!container || !(await disk.lstat(path)).isFile()) return undefined;
    return await (container === "wav" ? readWavClip(disk, path) : readRawClip(disk, path, records));
  } catch (error) {
    if (isDiskError(error)) return undefined;
    throw error;
  }
}

/**
 * All whole clips of ours in a folder, those of segments first, in the script's order, then takes. One that a crash left under
 * a temporary name counts where it was meant to be.
 * @throws {ClipError} as `hasTakes`, and what the file system throws.
 */
export async function readClips(source: ClipSource, folder: string): Promise<Clip[]> {
  const paths = (await listFiles(source.disk, folder)).filter(isClipPath);
  const clips: Clip[] = [];
  const readOn = async (): Promise<void> => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const clip = await readClip(source, path);
      if (clip) clips.push(clip);
    }
  };
  await Promise.all(Array.from({ length: 16 }, readOn));
  return sortClips(clips);
}

/**
 * Reads a clip's samples, headerless, in its format.
 * @throws {ClipError} `disk`, where the file has vanished too.
 * @throws {WavError} where it was replaced by something else.
 */
export async function readSamples(disk: Disk, clip: Clip): Promise<Uint8Array> {
  const file = await onDisk(clip.path, () => disk.readFile(clip.path, { flag: readFlags }));
  if (clip.container === "raw") return file;
  const { start, end } = readWavLayout(file, file.length);
  return file.subarray(start, end);
}

/**
 * What a folder's clips, as their names have it, look like from outside: by path, what `Clip.version` would be.
 * @throws {ClipError} as `hasTakes`, and what the file system throws.
 */
export async function readVersions(disk: Disk, folder: string): Promise<Map<string, string>> {
  const listed = await listFiles(disk, folder).catch(ifAbsent);
  const paths = (listed ?? []).filter(isClipPath);
  const found = await Promise.all(paths.map((path) => disk.lstat(path).catch(ifAbsent)));
  return new Map(paths.flatMap((path, at) => (found[at] ? [[path, versionOf(found[at])]] : [])));
}

/**
 * Clips of segments in the script's order, then takes. Where a segment has one in each container, the newer one has the
 * place, and the other counts as a take; so does one under a temporary name whose place is taken.
 */
export function sortClips(clips: readonly Clip[]): Clip[] {
  const newest = new Map<number, Clip>();
  for (const clip of clips) {
    const place = placeOf(clip);
    if (place === undefined) continue;
    const other = newest.get(place);
    if (!other || isBefore(clip, other)) newest.set(place, clip);
  }
  return clips
    .map((clip) => {
      const place = placeOf(clip);
      const segment = place !== undefined && newest.get(place) === clip ? place : undefined;
      return clip.segment === segment ? clip : { ...clip, segment };
    })
    .sort(compare);
}

/** Whether a clip lies in the place of a segment that another clip has. */
export function isSurplus(clip: Clip): boolean {
  return clip.segment === undefined && placeOf(clip) !== undefined;
}

function isClipPath(path: string): boolean {
  return placeByName(path) !== undefined;
}

function placeOf({ path }: Clip): number | undefined {
  return placeByName(path)?.segment;
}

/** What a file is by its name, or by that which it was meant to get. */
function placeByName(path: string): ReturnType<typeof readFileName> {
  const name = basename(path);
  return readFileName(readTemporaryName(name) ?? name);
}

/** Of two clips that were meant for one place, whether the first has it. */
function isBefore(clip: Clip, other: Clip): boolean {
  const isPlaced = ({ path }: Clip): boolean => readTemporaryName(basename(path)) === undefined;
  const isSameFile = clip.container === other.container;
  if (isSameFile && isPlaced(clip) !== isPlaced(other)) return isPlaced(clip);
  return changedAt(clip) > changedAt(other);
}

function compare(a: Clip, b: Clip): number {
  const place = ({ segment }: Clip): number => segment ?? Infinity;
  return a.segment === b.segment ? (a.path < b.path ? -1 : 1) : place(a) - place(b);
}

/** Milliseconds: a version begins with them. */
function changedAt({ version }: Clip): number {
  return Number.parseFloat(version);
}
