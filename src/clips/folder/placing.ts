import * as l10n from "@vscode/l10n";
import { basename, dirname, join } from "node:path";
import { planArrangement } from "../pairing/arrangement.ts";
import type { Arrangement } from "../pairing/arrangement.ts";
import type { Clip, Container } from "../model/clip.ts";
import { ClipError, isLink, onDisk } from "../model/clipError.ts";
import { readClip } from "../files/clipFile.ts";
import type { ClipSource } from "../files/clipFile.ts";
import { kindOf, readFlags, rename, writeAside } from "../model/disk.ts";
import { asideName, flushName, temporaryName } from "../model/fileName.ts";
import type { PairedClip } from "../pairing/pairClips.ts";
import { becomeTake } from "../files/takes.ts";

/** A folder in which clips are given their places. */
export interface Places extends ClipSource {
  readonly folder: string;
  /** The names of the files that the folder's manifest lists. */
  readonly listed: ReadonlySet<string>;
  /** Tells the user something they should know, in a sentence. */
  readonly notice: (message: string) => void;
}

/** A whole clip under a temporary name, or a take's, and where it is to be. */
export interface ReadyClip {
  /** The absolute path of its file. */
  readonly from: string;
  readonly segment: number;
  readonly container: Container;
}

/** What giving a clip its place did to files. */
export interface Placed {
  /** The paths of the files that became others. */
  readonly changed: readonly string[];
  /** The paths, as takes, of clips that had to give way. */
  readonly displaced: readonly string[];
}

/**
 * Gives a whole clip under another name its place. A clip that is there, in whatever container, becomes a take.
 * @throws {ClipError} `not-ours` where a file stands there that is not ours, or `disk`.
 */
export async function putInPlace(places: Places, ready: ReadyClip): Promise<Placed> {
  const { disk, folder } = places;
  const path = join(folder, flushName(ready.segment, ready.container));
  const otherPath = join(folder, flushName(ready.segment, otherThan(ready.container)));
  const displaced: string[] = [];
  const occupant = await occupantOf(places, path);
  const other = await readClip(places, otherPath);
  if (occupant === "a damaged clip") await setAside(places, path);
  else if (occupant) displaced.push(await becomeTake(places, occupant));
  if (other) displaced.push(await becomeTake(places, other));
  await rename(disk, ready.from, path);
  return { changed: [ready.from, path, otherPath, ...displaced], displaced };
}

/**
 * Makes sure that `putInPlace` will not find a file there that is not ours.
 * @throws {ClipError} as it would.
 */
export async function assertNoStrangerAt(places: Places, path: string): Promise<void> {
  await occupantOf(places, path);
}

/**
 * As `planArrangement`, where the places at which files stand that are not ours are left out; the user is told.
 * @throws {ClipError} `disk`
 */
export async function planPossible(
  places: Places,
  clips: readonly Clip[],
  pairs: readonly (PairedClip | undefined)[],
): Promise<Arrangement<Clip>> {
  const { copies, moves } = planArrangement(clips, pairs);
  const possible = [...pairs];
  for (const { clip, to } of [...copies, ...moves]) {
    const path = join(places.folder, flushName(to, clip.container));
    try {
      await assertNoStrangerAt(places, path);
    } catch (error) {
      if (!(error instanceof ClipError) || error.code === "disk") throw error;
      possible[to] = undefined;
      places.notice(
        l10n.t("“{0}” is not a clip of this extension: it is left alone, and in the way.", path),
      );
    }
  }
  return planArrangement(clips, possible);
}

/**
 * Carries out a plan. A crash on the way leaves whole clips only, each under its old or new name, a take's or a temporary one.
 * @returns the new paths of the clips that were moved, or set aside.
 * @throws {ClipError} as `putInPlace`.
 */
export async function carryOut(
  places: Places,
  plan: Arrangement<Clip>,
): Promise<ReadonlyMap<Clip, string>> {
  const { disk, folder } = places;
  const ready: ReadyClip[] = [];
  const paths = new Map<Clip, string>();
  for (const { clip, to } of plan.copies) {
    const from = await copyAside(places, clip, join(folder, flushName(to, clip.container)));
    ready.push({ from, segment: to, container: clip.container });
  }
  // Before the moves: then a crash finds the places free for which clips under temporary names are meant.
  for (const clip of plan.aside) paths.set(clip, await becomeTake(places, clip));
  for (const { clip, to } of plan.moves) {
    const name = flushName(to, clip.container);
    const from = join(folder, temporaryName(name));
    paths.set(clip, join(folder, name));
    await rename(disk, clip.path, from);
    ready.push({ from, segment: to, container: clip.container });
  }
  for (const clip of ready) await putInPlace(places, clip);
  return paths;
}

/**
 * Copies a clip under a temporary name, which is to get this path.
 * @throws {ClipError} `disk`
 */
export async function copyAside({ disk }: Places, clip: Clip, path: string): Promise<string> {
  const bytes = await onDisk(clip.path, () => disk.readFile(clip.path, { flag: readFlags }));
  return writeAside(disk, path, bytes);
}

/**
 * Sets a file aside that we wrote, and that can't be understood any more: it is no longer only ours, and not overwritten.
 * @returns the name that it has now.
 * @throws {ClipError} `disk`.
 */
export async function renameAside({ disk }: Places, path: string): Promise<string> {
  const aside = asideName(basename(path), new Date());
  await rename(disk, path, join(dirname(path), aside));
  return aside;
}

async function setAside(places: Places, path: string): Promise<void> {
  const aside = await renameAside(places, path);
  places.notice(
    l10n.t("“{0}” was changed or damaged by something else. It is now “{1}”.", path, aside),
  );
}

async function occupantOf(
  places: Places,
  path: string,
): Promise<Clip | "a damaged clip" | undefined> {
  const kind = await kindOf(places.disk, path);
  if (kind === "absent") return undefined;
  if (kind === "link") throw isLink(path);
  const clip = await readClip(places, path);
  if (clip) return clip;
  if (kind === "file" && places.listed.has(basename(path))) return "a damaged clip";
  throw stranger(path);
}

function otherThan(container: Container): Container {
  return container === "wav" ? "raw" : "wav";
}

function stranger(path: string): ClipError {
  return new ClipError(
    "not-ours",
    l10n.t(
      "“{0}” is not a clip of this extension, so it is not overwritten. Move or rename it.",
      path,
    ),
  );
}
