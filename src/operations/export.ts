import * as disk from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, resolve } from "node:path";
import {
  audioFormat,
  audioFormats,
  type AudioFormat,
  type AudioFormatId,
} from "../export/audio/audioFormat.ts";
import type { Loudness } from "../export/audio/levelling.ts";
import type { AudioExport } from "../export/audio/exportAudio.ts";
import type { CaptionFormat } from "../export/captions/captionText.ts";
import type { CodeLanguage } from "../export/code/codeLanguages.ts";
import type { ExportScript } from "../export/common/exportScript.ts";
import { writing } from "../export/common/exportError.ts";
import { writeFiles, writeParts } from "../export/common/writeFiles.ts";
import { placedWords } from "../preview/plan/placedWords.ts";
import type { SoundSettings } from "../preview/plan/sound.ts";
import type { Script } from "../script/model/script.ts";
import { exitCodes, UsageError, type Outcome } from "./exitCodes.ts";
import type { GivenWords } from "./renderRequest.ts";
import { readSavedClips, type SavedClips } from "./savedClips.ts";
import { assertPlaced, readScriptFiles, type NamedScripts, type ScriptFile } from "./scriptFile.ts";
import { standard, type Inputs } from "./standardInput.ts";

/** What is to be exported, and where to. */
export interface ExportOptions {
  /** As the user named it: `-` is standard output; one that ends in a slash is a folder, whether it is there or not. */
  readonly to: string | undefined;
  /** The sound's format; what the ending of `to` says, where it is not given. */
  readonly format: AudioFormatId | undefined;
  readonly gapSeconds: number;
  /** In LUFS: how loud the sound is made; as it was spoken, where it is not given. */
  readonly loudness: number | undefined;
  readonly captions: CaptionFormat | undefined;
  /** Whether captions name the speakers: WebVTT alone. */
  readonly speakers: boolean;
  readonly code: CodeLanguage | undefined;
  /** How files of segments are named. */
  readonly names: string | undefined;
  /** Whether segments that are not ready are left out. */
  readonly partial: boolean;
  readonly overwrite: boolean;
}

/** Of which script, too. */
export interface ExportRequest extends ExportOptions, NamedScripts {
  readonly settings: SoundSettings;
  /** More flush markers. */
  readonly markers: readonly string[];
  readonly words: GivenWords;
  /** What must have spoken; what most clips name, where it is `undefined`. */
  readonly service: string | undefined;
  /** In which folder the folders of clips lie; beside the script where it is `undefined`. */
  readonly out: string | undefined;
}

/** What an export works with. */
export interface ExportContext extends Inputs {
  readonly stop: AbortSignal;
  /** Writes the file at a path to standard output, where that is asked for. */
  readonly output: (path: string) => Promise<void>;
  /** Is told which share of this file or folder, from 0 to 1, is written. */
  readonly onProgress: (share: number, place: string) => void;
}

/** A script with its clips, and what is asked for. */
interface Job {
  readonly file: ScriptFile;
  readonly script: ExportScript;
  readonly saved: SavedClips;
  readonly request: ExportRequest;
  readonly context: ExportContext;
}

/** What came of an export. */
export interface Exported {
  /** The absolute paths of what was written. */
  readonly files: readonly string[];
  /** A program that was not written into a file. */
  readonly code?: string;
  /** Captions, or a program, for standard output. */
  readonly text?: string;
  readonly segments?: number;
  readonly seconds?: number;
  readonly sampleRate?: number;
  /** How many samples were beyond full scale. */
  readonly clipped?: number;
  readonly loudness?: Loudness;
}

/**
 * Writes a script's sound, its captions, or a program that says it, from the clips that are saved.
 * @throws UsageError, ClipError, ExportError
 */
export async function exportFiles(
  request: ExportRequest,
  context: ExportContext,
): Promise<Outcome & { readonly exported: Exported }> {
  const exported = await exportJob(await readJob(request, context));
  const document = { command: "export", exitCode: exitCodes.done, ...exported };
  return { exitCode: exitCodes.done, document, exported };
}

async function readJob(request: ExportRequest, context: ExportContext): Promise<Job> {
  const { settings, markers, words, service, out } = request;
  const { cwd } = context;
  const [file, other] = await readScriptFiles(request, context);
  if (other || !file) throw new UsageError("One script is exported at a time.");
  if (request.code === undefined) assertPlaced(file, out);
  if (file.name === standard && request.to === undefined && request.code === undefined) {
    throw new UsageError(
      "Standard input has no name to export under. Give --to, such as talk.wav or -.",
    );
  }
  const [{ parseScript }, { scriptTitle, segmentHeadings }] = await Promise.all([
    import("../script/reader/parseScript.ts"),
    import("../export/exports.ts"),
  ]);
  const { text, language } = file;
  const script = parseScript(text, { language, markers, ...words });
  const saved = await readSavedClips(file.path, script, { settings, service, out, cwd });
  const headings = segmentHeadings(text, { language, markers }, script.segments);
  const segments = segmentsOf(script, saved).map((segment, at) => ({
    ...segment,
    heading: headings[at],
  }));
  const title = scriptTitle(text, basename(file.path));
  return { file, saved, request, context, script: { title, segments } };
}

function segmentsOf(
  { segments }: Script,
  { pairs, soundOf }: SavedClips,
): ExportScript["segments"] {
  return segments.map(({ index, transcript, speaker, unfilled }) => {
    const pair = pairs[index];
    const segment = { index, transcript, speaker, sound: soundOf(speaker) };
    if (unfilled) return { ...segment, unfilled: true };
    if (!pair) return segment;
    const { clip, fit } = pair;
    if (fit === "former") return { ...segment, clip, changed: true };
    return { ...segment, clip, words: placedWords(transcript, clip.words) };
  });
}

function exportJob(job: Job): Promise<Exported> {
  const { captions, code } = job.request;
  if (code !== undefined) return exportProgram(job, code);
  return captions === undefined ? exportSound(job) : exportCaptions(job, captions);
}

async function exportProgram(
  { script, saved, request, context }: Job,
  language: NonNullable<ExportRequest["code"]>,
): Promise<Exported> {
  const { writeCode } = await import("../export/exports.ts");
  const code = writeCode(script, saved.soundOf(undefined), language);
  if (request.to === undefined) return { files: [], code };
  if (request.to === standard) return { files: [], text: code };
  const file = resolve(context.cwd, request.to);
  const write = (aside: string): Promise<void> => writeParts(disk, aside, [Buffer.from(code)]);
  await writeFiles(disk, [{ path: file, write }], request);
  return { files: [file] };
}

async function exportCaptions(
  { file: { path }, script, request, context }: Job,
  format: NonNullable<ExportRequest["captions"]>,
): Promise<Exported> {
  const { exportCaptions, writeCaptions } = await import("../export/exports.ts");
  const { gapSeconds, overwrite, speakers: named, to } = request;
  const wish = { ...leaveOut(request), format, named, gapSeconds };
  if (to === standard) return { files: [], text: writeCaptions(script, wish) };
  const file = to === undefined ? besides(path, `.${format}`) : resolve(context.cwd, to);
  await exportCaptions(script, { ...wish, file, overwrite });
  return { files: [file] };
}

async function exportSound(job: Job): Promise<Exported> {
  const { file, request, context } = job;
  const { cwd } = context;
  const { to = "", names } = request;
  if (to === standard) return exportToOutput(job);
  const isFolder = to !== "" && (/[/\\]$/.test(to) || (await isFolderAt(resolve(cwd, to))));
  const format = formatOf(request, isFolder ? "" : extname(to).toLowerCase());
  const place = to === "" ? besides(file.path, format.ending) : resolve(cwd, to);
  return writeSound(job, {
    format,
    to: isFolder
      ? { folder: place, ...(names !== undefined && { pattern: names }) }
      : { file: place },
  });
}

/** By way of a file: its head says how long it is, and what fails on the way leaves nothing on standard output. */
async function exportToOutput(job: Job): Promise<Exported> {
  const place = tmpdir();
  const folder = await writing(place, () => disk.mkdtemp(join(place, "scripted-speech-")));
  try {
    const to = { file: join(folder, "sound") };
    const exported = await writeSound(job, { format: formatOf(job.request, ""), to });
    await job.context.output(to.file);
    return { ...exported, files: [] };
  } finally {
    await disk.rm(folder, { recursive: true, force: true });
  }
}

async function writeSound(
  { script, request, context }: Job,
  wish: Pick<AudioExport, "format" | "to">,
): Promise<Exported> {
  const { exportAudio } = await import("../export/exports.ts");
  const { stop: signal, onProgress } = context;
  const { gapSeconds, overwrite, loudness } = request;
  const place = "file" in wish.to ? wish.to.file : wish.to.folder;
  return exportAudio(
    script,
    { ...leaveOut(request), ...wish, gapSeconds, loudness, overwrite },
    { signal, onProgress: (share) => onProgress(share, place) },
  );
}

function leaveOut({ partial }: ExportRequest): {
  readonly leaveOutMissing: boolean;
  readonly leaveOutChanged: boolean;
} {
  return { leaveOutMissing: partial, leaveOutChanged: partial };
}

/**
 * The format that was asked for, or that the ending of the file says; the first one where neither says anything.
 * @throws UsageError where the ending is no format's: what is in a file is not to be another thing than its name says.
 */
function formatOf({ format, to = "" }: ExportRequest, ending: string): AudioFormat {
  const asked = format && audioFormat(format);
  const known = audioFormats.find((other) => other.ending === ending);
  if (!asked && !known && ending !== "") {
    const endings = [...new Set(audioFormats.map((other) => other.ending))].join(", ");
    throw new UsageError(
      `--to is “${to}”, whose ending names none of the formats. Choose one of ${endings}, or give --format.`,
    );
  }
  return asked ?? known ?? audioFormats[0];
}

/** Where an export lies that was given no place: beside the script, by its name. */
function besides(path: string, ending: string): string {
  const stem = basename(path, extname(path)).replace(/(?<=.)\.speech$/i, "");
  return join(dirname(path), stem + ending);
}

async function isFolderAt(path: string): Promise<boolean> {
  return disk.stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
