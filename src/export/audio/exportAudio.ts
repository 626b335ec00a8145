import * as fileSystem from "node:fs/promises";
import { join } from "node:path";
import type { Disk } from "../../clips/model/disk.ts";
import type { AudioFormat } from "./audioFormat.ts";
import { chooseSegments } from "../common/exportScript.ts";
import type { ExportScript, Unready } from "../common/exportScript.ts";
import { encodeWithFfmpeg, ffmpegIsMissing, findFfmpeg } from "./ffmpeg.ts";
import { defaultPattern, nameFiles } from "../common/fileNames.ts";
import { chapterMetadata, chaptersOf } from "./chapters.ts";
import { levelTo, mostReadings, type Loudness } from "./levelling.ts";
import { SampleStream } from "./sampleStream.ts";
import {
  encodingOf,
  soundBytes,
  type SampleTally,
  type SoundFile,
  type SoundTools,
} from "./soundFile.ts";
import { commonRate, cutOut, layOut, type Timeline } from "../common/timeline.ts";
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
  /** In LUFS: how loud the whole is made, as `levelTo` does; as it was spoken, where it is not given. */
  readonly loudness?: number | undefined;
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
  /** How loud it was and is, where that was asked for. */
  readonly loudness?: Loudness;
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
  const { timeline, sounds } = planSounds(script, request);
  const write = await writerFor(request.format, tools);
  const tally: SampleTally = { clipped: 0 };
  const { loudness: target } = request;
  const total = timeline.length * (target === undefined ? 1 : 1 + mostReadings);
  let done = 0;
  const onSamples = (count: number): void => {
    done += count;
    tools.onProgress?.(Math.min(1, done / total));
  };
  const levelling =
    target === undefined
      ? undefined
      : await levelTo(target, timeline, { disk, signal }, () => onSamples(timeline.length));
  done = total - timeline.length;
  const encodings = new Map(
    sounds.flatMap(({ sound }) =>
      sound.timeline.pieces.map(({ segment }) => [segment, encodingOf(sound)] as const),
    ),
  );
  const stream = new SampleStream(timeline, {
    disk,
    signal,
    encodingOf: ({ segment }) => encodings.get(segment) ?? request.format.encoding,
    levels: levelling?.levels(),
  });
  const soundTools = { stream, signal, tally, onSamples };
  const files = sounds.map(({ path, sound }) => ({
    path,
    write: (aside: string) => write(sound, aside, { disk, ...soundTools }),
  }));
  try {
    await writeFiles(disk, files, { overwrite: request.overwrite ?? false });
  } finally {
    await stream.close();
  }
  return {
    files: sounds.map(({ path }) => path),
    segments: timeline.pieces.length,
    seconds: timeline.length / timeline.sampleRate,
    sampleRate: timeline.sampleRate,
    clipped: tally.clipped,
    ...(levelling && { loudness: levelling.loudness }),
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
    planSounds(script, request).sounds.map(({ path }) => path),
  );
}

/** All that is exported as one stretch of sound, and the files that it is cut into, in its order. */
interface SoundPlan {
  readonly timeline: Timeline;
  readonly sounds: readonly { readonly path: string; readonly sound: SoundFile }[];
}

function planSounds(script: ExportScript, request: AudioExport): SoundPlan {
  const { format, to } = request;
  const segments = chooseSegments(script, request);
  const sampleRate = format.sampleRate ?? request.sampleRate ?? commonRate(segments);
  if ("file" in to) {
    const timeline = layOut(segments, { gapSeconds: request.gapSeconds ?? 0, sampleRate });
    const sound = { title: script.title, format, timeline };
    return { timeline, sounds: [{ path: to.file, sound }] };
  }
  const timeline = layOut(segments, { gapSeconds: 0, sampleRate });
  const names = nameFiles(script, segments, to.pattern ?? defaultPattern);
  const sounds = timeline.pieces.map((piece, at) => ({
    path: join(to.folder, `${names[at]}${format.ending}`),
    sound: {
      title: `${script.title} ${piece.segment.index + 1}`,
      format,
      timeline: cutOut(timeline, piece),
    },
  }));
  return { timeline, sounds };
}

type WriteSound = (
  sound: SoundFile,
  path: string,
  tools: SoundTools & { readonly disk: Disk },
) => Promise<void>;

async function writerFor(format: AudioFormat, tools: ExportTools): Promise<WriteSound> {
  if (format.container !== "ffmpeg") {
    return (sound, path, soundTools) =>
      writeParts(soundTools.disk, path, soundBytes(sound, soundTools));
  }
  const program = await (tools.findFfmpeg ?? findFfmpeg)();
  if (program === undefined) throw ffmpegIsMissing(format);
  return (sound, path, soundTools) => {
    const { title, timeline } = sound;
    const float = encodingOf(sound) === "pcm_f32le";
    const parts = chaptersOf(timeline);
    const chapters =
      parts.length > 0 ? chapterMetadata(parts, timeline.sampleRate, format) : undefined;
    const bytes = soundBytes(sound, soundTools);
    return encodeWithFfmpeg(
      { program, format, title, chapters, path, float },
      bytes,
      soundTools.signal,
    );
  };
}
