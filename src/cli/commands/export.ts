import * as disk from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { audioFormat, audioFormats, type AudioFormat } from "../../export/audio/audioFormat.ts";
import type { ExportScript } from "../../export/common/exportScript.ts";
import { writeFiles, writeParts } from "../../export/common/writeFiles.ts";
import { placedWords } from "../../preview/plan/placedWords.ts";
import type { Script } from "../../script/model/script.ts";
import { oneOf, readArguments, type Given } from "../common/arguments.ts";
import type { Call, Command } from "../common/command.ts";
import { exitCodes, UsageError, type ExitCode } from "../common/exitCodes.ts";
import { exportOptions, readExportRequest, type ExportRequest } from "./exportRequest.ts";
import { commonOptions } from "../common/options.ts";
import { readWords } from "../common/readWords.ts";
import { readSavedClips, type SavedClips } from "../common/savedClips.ts";
import { readScriptFiles, shownPath, type ScriptFile } from "../common/scriptFile.ts";
import { readMarkers, readSoundSettings } from "../common/soundSettings.ts";
import { serviceNames } from "../common/speaker.ts";

const options = { ...exportOptions, ...commonOptions } as const;

/** `export`: the script's sound, its captions, or a program that says it. */
export const exportCommand: Command = {
  usage: "export FILE [options]",
  summary:
    "write the script's sound in one file or one for each segment, its captions, or a program",
  details: [
    "Takes the clips that are saved: what is not ready is refused, or left out with --partial.",
    "Without --to it writes beside the script; a program is printed.",
    "Captions are in step with the sound that is exported with the same --gap.",
  ],
  options,
  run: runExport,
};

/** A script with its clips, and what is asked for. */
interface Job {
  readonly file: ScriptFile;
  readonly script: ExportScript;
  readonly saved: SavedClips;
  readonly request: ExportRequest;
  readonly call: Call;
}

/** What came of an export, for the JSON document. */
interface Exported {
  readonly files: readonly string[];
  readonly [fact: string]: unknown;
}

async function runExport(args: readonly string[], call: Call): Promise<ExitCode> {
  const { given, files } = readArguments(args, options);
  const request = readExportRequest(given);
  const [file, other] = await readScriptFiles(files, call.cwd);
  if (!file || other) throw new UsageError("One script is exported at a time.");
  const job = { ...(await readJob(file, given, call)), request };
  const { files: made, ...facts } = await exportJob(job);
  for (const path of made) call.terminal.result(shownPath(path, call.cwd));
  if (given.json) call.terminal.json({ command: "export", exitCode: 0, files: made, ...facts });
  return exitCodes.done;
}

async function readJob(
  file: ScriptFile,
  given: Given<typeof options>,
  call: Call,
): Promise<Omit<Job, "request">> {
  const settings = readSoundSettings(given);
  const markers = readMarkers(given);
  const words = await readWords(given, call.cwd);
  const service = oneOf("service", given.service, serviceNames);
  const [{ parseScript }, { scriptTitle }] = await Promise.all([
    import("../../script/reader/parseScript.ts"),
    import("../../export/exports.ts"),
  ]);
  const script = parseScript(file.text, { language: file.language, markers, ...words });
  const how = { settings, service, out: given.out, cwd: call.cwd };
  const saved = await readSavedClips(file.path, script, how);
  const title = scriptTitle(file.text, basename(file.path));
  return { file, saved, call, script: { title, segments: segmentsOf(script, saved) } };
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
  { script, saved, request, call }: Job,
  language: NonNullable<ExportRequest["code"]>,
): Promise<Exported> {
  const { writeCode } = await import("../../export/exports.ts");
  const code = writeCode(script, saved.soundOf(undefined), language);
  if (request.to === undefined) {
    call.terminal.text(code);
    return { files: [], code };
  }
  const file = resolve(call.cwd, request.to);
  const write = (aside: string): Promise<void> => writeParts(disk, aside, [Buffer.from(code)]);
  await writeFiles(disk, [{ path: file, write }], request);
  return { files: [file] };
}

async function exportCaptions(
  { file: { path }, script, request, call }: Job,
  format: NonNullable<ExportRequest["captions"]>,
): Promise<Exported> {
  const { exportCaptions } = await import("../../export/exports.ts");
  const file =
    request.to === undefined ? besides(path, `.${format}`) : resolve(call.cwd, request.to);
  const { gapSeconds, overwrite } = request;
  await exportCaptions(script, { ...leaveOut(request), format, file, gapSeconds, overwrite });
  return { files: [file] };
}

async function exportSound({ file: { path }, script, request, call }: Job): Promise<Exported> {
  const { exportAudio } = await import("../../export/exports.ts");
  const { terminal, cwd, stop: signal } = call;
  const { to = "", gapSeconds, overwrite, names } = request;
  const isFolder = to !== "" && (/[/\\]$/.test(to) || (await isFolderAt(resolve(cwd, to))));
  const format = formatOf(request, isFolder ? "" : extname(to).toLowerCase());
  const place = to === "" ? besides(path, format.ending) : resolve(cwd, to);
  const where = isFolder
    ? { folder: place, ...(names !== undefined && { pattern: names }) }
    : { file: place };
  const wish = { ...leaveOut(request), format, to: where, gapSeconds, overwrite };
  const onProgress = (done: number): void =>
    terminal.status(`${Math.floor(done * 100)} %  ${basename(place)}`);
  try {
    const exported = await exportAudio(script, wish, { signal, onProgress });
    const { files, segments, seconds, clipped, sampleRate } = exported;
    terminal.note(`${segments} segments, ${seconds.toFixed(2)} s, ${sampleRate} Hz.`);
    if (clipped > 0) terminal.note(`${clipped} samples were beyond full scale and are clipped.`);
    return { files, segments, seconds, sampleRate, clipped };
  } finally {
    terminal.status("");
  }
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
