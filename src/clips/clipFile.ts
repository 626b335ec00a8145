import { basename, join } from "node:path";
import { secondsOf } from "../audio/pcm.ts";
import { encodeWav, readWavLayout, WavError } from "../audio/wav.ts";
import { readWavNotes } from "../audio/wavNotes.ts";
import type { WavCue } from "../audio/wavNotes.ts";
import type { Clip, ClipFacts, ClipWord, NewClip } from "./clip.ts";
import { isDiskError } from "./clipError.ts";
import { ifAbsent, kindOf } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { readFileName } from "./fileName.ts";

/** What our files and manifests name as their maker. */
export const generator = "Scripted Speech Preview";

/** So much of a file is read to find its samples. Foreign tools may put their own chunks before them. */
const headBytes = 4096;
/** What a file says beside its samples is not read beyond this: no script fills it. */
const mostNoteBytes = 64 * 2 ** 20;

/** A clip as a WAV file that says itself what it is: transcript, identity and the rest in `INFO`, words as cues. */
export function encodeClip(clip: NewClip): Uint8Array<ArrayBuffer> {
  const { format, samples, transcript, words } = clip;
  const info = { title: transcript, comment: encodeComment(clip), software: generator };
  const cues = words.map((word) => cueOf(word, format.sampleRate));
  return encodeWav({ format, samples, info, cues });
}

/**
 * Reads what the file at `path` says of itself, without its samples.
 * @returns nothing where it is no whole clip of ours, or can't be read.
 */
export async function readClip(disk: Disk, path: string): Promise<Clip | undefined> {
  try {
    // A link is never ours: what it leads to might be anything.
    if (!(await disk.lstat(path)).isFile()) return undefined;
    const file = await disk.open(path, "r");
    try {
      return await readOpenClip(file, path);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof WavError || isDiskError(error)) return undefined;
    throw error;
  }
}

/** All whole clips of ours in a folder, those of segments first, in the script's order. */
export async function readClips(disk: Disk, folder: string): Promise<Clip[]> {
  const names = (await disk.readdir(folder)).filter((name) => readFileName(name));
  const clips: Clip[] = [];
  const readOn = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const clip = await readClip(disk, join(folder, name));
      if (clip) clips.push(clip);
    }
  };
  await Promise.all(Array.from({ length: 16 }, readOn));
  return sortClips(clips);
}

/** What a folder's clips, as their names have it, look like from outside: by path, what `Clip.version` would be. */
export async function readVersions(disk: Disk, folder: string): Promise<Map<string, string>> {
  const names = await disk.readdir(folder).catch(ifAbsent);
  const paths = (names ?? [])
    .filter((name) => readFileName(name))
    .map((name) => join(folder, name));
  const found = await Promise.all(paths.map((path) => disk.lstat(path).catch(ifAbsent)));
  return new Map(paths.flatMap((path, at) => (found[at] ? [[path, versionOf(found[at])]] : [])));
}

/** Whether a file may be put at `path`: nothing is there, or a clip of ours. */
export async function isFreeOrOurs(disk: Disk, path: string): Promise<boolean> {
  return (await kindOf(disk, path)) === "absent" || (await readClip(disk, path)) !== undefined;
}

/** Clips of segments in the script's order, then those kept aside. */
export function sortClips(clips: readonly Clip[]): Clip[] {
  const place = ({ segment }: Clip): number => segment ?? Infinity;
  const compare = (a: Clip, b: Clip): number =>
    a.segment === b.segment ? (a.path < b.path ? -1 : 1) : place(a) - place(b);
  return [...clips].sort(compare);
}

type OpenFile = Awaited<ReturnType<Disk["open"]>>;

async function readOpenClip(file: OpenFile, path: string): Promise<Clip | undefined> {
  const { size, mtimeMs } = await file.stat();
  const head = await readBytes(file, 0, Math.min(size, headBytes));
  const layout = readWavLayout(head, size);
  if (!layout.whole || size - layout.notesStart > mostNoteBytes) return undefined;
  const tail = await readBytes(file, layout.notesStart, size - layout.notesStart);
  // Tools that rewrite a file put its notes before its samples: ours stand behind, so that they are proof of the whole.
  const before = head.subarray(12, layout.start - 8);
  const { info, cues } = readWavNotes(Buffer.concat([before, tail]));
  const said = readComment(info.comment);
  if (!said) return undefined;
  const bytes = layout.end - layout.start;
  return {
    ...said,
    segment: readFileName(basename(path))?.segment,
    path,
    transcript: info.title ?? "",
    format: layout.format,
    words: cues.map((cue) => wordOf(cue, layout.format.sampleRate)),
    seconds: secondsOf(bytes, layout.format),
    bytes,
    version: versionOf({ mtimeMs, size }),
  };
}

function versionOf({ mtimeMs, size }: { mtimeMs: number; size: number }): string {
  return `${mtimeMs}-${size}`;
}

async function readBytes(file: OpenFile, position: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function cueOf({ text, start, end }: ClipWord, sampleRate: number): WavCue {
  const sample = Math.round(start * sampleRate);
  return { sample, length: Math.round(end * sampleRate) - sample, label: text };
}

function wordOf({ sample, length, label }: WavCue, sampleRate: number): ClipWord {
  // A microsecond is finer than any sample, and does not fill manifests with digits.
  const seconds = (at: number): number => Math.round((at / sampleRate) * 1e6) / 1e6;
  return { text: label, start: seconds(sample), end: seconds(sample + length) };
}

/** What a clip's comment says: all that stands nowhere else in the file. */
type Said = Omit<ClipFacts, "transcript" | "format" | "words">;

function encodeComment(clip: NewClip): string {
  const said: Said = {
    identity: clip.identity,
    service: clip.service,
    model: clip.model,
    voice: clip.voice,
    characters: clip.characters,
    flushIds: clip.flushIds,
    timeToFirstByteMs: clip.timeToFirstByteMs,
    timeToFirstAudibleMs: clip.timeToFirstAudibleMs,
    spokenAt: clip.spokenAt,
  };
  return JSON.stringify(said);
}

/** Only the identity makes a clip ours; the rest may be missing. */
function readComment(comment: string | undefined): Said | undefined {
  const said = parseObject(comment ?? "");
  if (typeof said?.identity !== "string" || said.identity === "") return undefined;
  const flushIds: readonly unknown[] = Array.isArray(said.flushIds) ? said.flushIds : [];
  return {
    identity: said.identity,
    service: stringOr("", said.service),
    model: stringOr("", said.model),
    voice: stringOr("", said.voice),
    characters: numberOr(0, said.characters),
    flushIds: flushIds.filter((id): id is number | null => id === null || typeof id === "number"),
    timeToFirstByteMs: numberOr(null, said.timeToFirstByteMs),
    timeToFirstAudibleMs: numberOr(null, said.timeToFirstAudibleMs),
    spokenAt: stringOr("", said.spokenAt),
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function stringOr<T>(otherwise: T, value: unknown): string | T {
  return typeof value === "string" ? value : otherwise;
}

function numberOr<T>(otherwise: T, value: unknown): number | T {
  return typeof value === "number" ? value : otherwise;
}
