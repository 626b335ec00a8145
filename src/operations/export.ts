import * as disk from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import {
  audioFormat,
  audioFormats,
  type AudioFormat,
  type AudioFormatId,
} from "../export/audio/audioFormat.ts";
import type { CaptionFormat } from "../export/captions/captionText.ts";
import type { CodeLanguage } from "../export/code/codeLanguages.ts";
import type { ExportScript } from "../export/common/exportScript.ts";
import { writeFiles, writeParts } from "../export/common/writeFiles.ts";
import { placedWords } from "../preview/plan/placedWords.ts";
import type { SoundSettings } from "../preview/plan/sound.ts";
import type { Script } from "../script/model/script.ts";
import { exitCodes, UsageError, type Outcome } from "./exitCodes.ts";
import type { GivenWords } from "./renderRequest.ts";
import { readSavedClips, type SavedClips } from "./savedClips.ts";
import { readScriptFiles, type ScriptFile } from "./scriptFile.ts";

/** What is to be exported, and where to. */
export interface ExportOptions {
  /** As the user named it; one that ends in a slash is a folder, whether it is there or not. */
  readonly to: string | undefined;
  /** The sound's format; what the ending of `to` says, where it is not given. */
  readonly format: AudioFormatId | undefined;
  readonly gapSeconds: number;
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
export interface ExportRequest extends ExportOptions {
  /** The script's path, from the working folder. */
  readonly file: string;
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
export interface ExportContext {
  readonly cwd: string;
  readonly stop: AbortSignal;
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
  readonly segments?: number;
  readonly seconds?: number;
  readonly sampleRate?: number;
  /** How many samples were beyond full scale. */
  readonly clipped?: number;
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
  const [file] = await readScriptFiles([request.file], cwd);
  if (!file) throw new UsageError("Name a script, such as talk.speech.md.");
  const [{ parseScript }, { scriptTitle }] = await Promise.all([
    import("../script/reader/parseScript.ts"),
    import("../export/exports.ts"),
  ]);
  const script = parseScript(file.text, { language: file.language, markers, ...words });
  const saved = await readSavedClips(file.path, script, { settings, service, out, cwd });
  const title = scriptTitle(file.text, basename(file.path));
  return { file, saved, request, context, script: { title, segments: segmentsOf(script, saved) } };
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
  const file = resolve(context.cwd, request.to);
  const write = (aside: string): Promise<void> => writeParts(disk, aside, [Buffer.from(code)]);
  await writeFiles(disk, [{ path: file, write }], request);
  return { files: [file] };
}

async function exportCaptions(
  { file: { path }, script, request, context }: Job,
  format: NonNullable<ExportRequest["captions"]>,
): Promise<Exported> {
  const { exportCaptions } = await import("../export/exports.ts");
  const file =
    request.to === undefined ? besides(path, `.${format}`) : resolve(context.cwd, request.to);
  const { gapSeconds, overwrite, speakers: named } = request;
  const wish = { ...leaveOut(request), format, named, file, gapSeconds, overwrite };
  await exportCaptions(script, wish);
  return { files: [file] };
}

async function exportSound({ file: { path }, script, request, context }: Job): Promise<Exported> {
  const { exportAudio } = await import("../export/exports.ts");
  const { cwd, stop: signal, onProgress } = context;
  const { to = "", gapSeconds, overwrite, names } = request;
  const isFolder = to !== "" && (/[/\\]$/.test(to) || (await isFolderAt(resolve(cwd, to))));
  const format = formatOf(request, isFolder ? "" : extname(to).toLowerCase());
  const place = to === "" ? besides(path, format.ending) : resolve(cwd, to);
  const where = isFolder
    ? { folder: place, ...(names !== undefined && { pattern: names }) }
    : { file: place };
  const wish = { ...leaveOut(request), format, to: where, gapSeconds, overwrite };
  const report = (share: number): void => onProgress(share, place);
  const exported = await exportAudio(script, wish, { signal, onProgress: report });
  const { files, segments, seconds, sampleRate, clipped } = exported;
  return { files, segments, seconds, sampleRate, clipped };
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
