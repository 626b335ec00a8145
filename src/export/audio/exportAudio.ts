import * as fileSystem from "node:fs/promises";
import { join } from "node:path";
import type { Disk } from "../../clips/model/disk.ts";
import type { AudioFormat } from "./audioFormat.ts";
import type { SampleTally } from "./clipSamples.ts";
import { chooseSegments } from "../common/exportScript.ts";
import type { ExportScript, SpokenSegment, Unready } from "../common/exportScript.ts";
import { encodeWithFfmpeg, ffmpegIsMissing, findFfmpeg } from "./ffmpeg.ts";
import { defaultPattern, nameFiles } from "../common/fileNames.ts";
import { encodingOf, soundBytes, type SoundFile, type SoundTools } from "./soundFile.ts";
import { commonRate, layOut } from "../common/timeline.ts";
import { findExisting, writeFiles, writeParts } from "../common/writeFiles.ts";

/** What to export, and where to. */
export interface AudioExport extends Unready {
  readonly format: AudioFormat;
  /**
   * One file of the whole script at `file`, or one for each segment in `folder`, named by `pattern`; both absolute paths.
   */
  readonly to: { readonly file: string } | { readonly folder: string; readonly pattern?: string };
  /** Silence between two segments of one file. */
  readonly gapSeconds?: number;
  /** Samples per second; where it is not given, what most of the sound has. Formats that have one rate only keep that. */
  readonly sampleRate?: number | undefined;
  /** Whether files that are there may be replaced. */
  readonly overwrite?: boolean;
}

/** What an export needs beside the script. */
export interface ExportTools {
  readonly signal?: AbortSignal;
  /** Told how much is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  readonly disk?: Disk;
  /** Finds ffmpeg; by default on the PATH. */
  readonly findFfmpeg?: () => Promise<string | undefined>;
}

/** What an export has made. */
export interface ExportedAudio {
  /** The absolute paths of the files, in the script's order. */
  readonly files: readonly string[];
  /** How many segments they hold. */
  readonly segments: number;
  /** The length of the sound, gaps included. */
  readonly seconds: number;
  /** Samples per second. */
  readonly sampleRate: number;
  /** Samples that were beyond full scale, and are clipped in the files. */
  readonly clipped: number;
}

/**
 * Writes the sound of a script: its clips in order, none held in memory as a whole.
 * @throws {ExportError} of any code; what the signal was aborted with. Then nothing of it is left on the disk.
 */
export async function exportAudio(
  script: ExportScript,
  request: AudioExport,
  tools: ExportTools = {},
): Promise<ExportedAudio> {
  const { disk = fileSystem, signal = new AbortController().signal } = tools;
  signal.throwIfAborted();
  const sounds = planSounds(script, request);
  const write = await writerFor(request.format, tools);
  const total = sounds.reduce((sum, { sound }) => sum + samplesIn(sound), 0);
  const tally: SampleTally = { clipped: 0 };
  let done = 0;
  const onSamples = (count: number): void => {
    done += count;
    tools.onProgress?.(Math.min(1, done / total));
  };
  const soundTools = { disk, signal, tally, onSamples };
  const files = sounds.map(({ path, sound }) => ({
    path,
    write: (aside: string) => write(sound, aside, soundTools),
  }));
  await writeFiles(disk, files, { overwrite: request.overwrite ?? false });
  const [first] = sounds;
  const seconds = sounds.map(({ sound: { timeline } }) => timeline.length / timeline.sampleRate);
  return {
    files: sounds.map(({ path }) => path),
    segments: sounds.reduce((sum, { sound }) => sum + sound.timeline.pieces.length, 0),
    seconds: seconds.reduce((sum, each) => sum + each, 0),
    sampleRate: first?.sound.timeline.sampleRate ?? 0,
    clipped: tally.clipped,
  };
}

/**
 * Which files an export would replace: so that the user can be asked before.
 * @throws {ExportError} as `exportAudio`, where it can be known already.
 */
export function filesInTheWay(
  script: ExportScript,
  request: AudioExport,
  disk: Disk = fileSystem,
): Promise<string[]> {
  return findExisting(
    disk,
    planSounds(script, request).map(({ path }) => path),
  );
}

interface PlannedSound {
  readonly path: string;
  readonly sound: SoundFile;
}

function planSounds(script: ExportScript, request: AudioExport): PlannedSound[] {
  const { format, to, gapSeconds = 0 } = request;
  const segments = chooseSegments(script, request);
  const sampleRate = format.sampleRate ?? request.sampleRate ?? commonRate(segments);
  const soundOf = (title: string, those: readonly SpokenSegment[]): SoundFile => ({
    title,
    format,
    timeline: layOut(those, { gapSeconds, sampleRate }),
  });
  if ("file" in to) return [{ path: to.file, sound: soundOf(script.title, segments) }];
  const names = nameFiles(script, segments, to.pattern ?? defaultPattern);
  return segments.map((segment, at) => ({
    path: join(to.folder, `${names[at]}${format.ending}`),
    sound: soundOf(`${script.title} ${segment.index + 1}`, [segment]),
  }));
}

function samplesIn({ timeline }: SoundFile): number {
  return timeline.pieces.reduce((sum, { length }) => sum + length, 0);
}

type WriteSound = (sound: SoundFile, path: string, tools: SoundTools) => Promise<void>;

async function writerFor(format: AudioFormat, tools: ExportTools): Promise<WriteSound> {
  if (format.container !== "ffmpeg") {
    return (sound, path, soundTools) =>
      writeParts(soundTools.disk, path, soundBytes(sound, soundTools));
  }
  const program = await (tools.findFfmpeg ?? findFfmpeg)();
  if (program === undefined) throw ffmpegIsMissing(format);
  return (sound, path, soundTools) => {
    const { title } = sound;
    const float = encodingOf(sound) === "pcm_f32le";
    const bytes = soundBytes(sound, soundTools);
    return encodeWithFfmpeg({ program, format, title, path, float }, bytes, soundTools.signal);
  };
}
