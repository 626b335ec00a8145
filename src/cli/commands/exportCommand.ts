import { basename } from "node:path";
import { UsageError, type ExitCode } from "../../operations/exitCodes.ts";
import { exportFiles, type Exported, type ExportRequest } from "../../operations/export.ts";
import { shownPath } from "../../operations/scriptFile.ts";
import { serviceNames } from "../../operations/speaker.ts";
import { oneOf, readArguments } from "../common/arguments.ts";
import type { Call, Command } from "../common/command.ts";
import { commonOptions } from "../common/options.ts";
import { readWords } from "../common/readWords.ts";
import { readMarkers, readSoundSettings } from "../common/soundSettings.ts";
import { exportOptions, readExportOptions } from "./exportOptions.ts";

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

async function runExport(args: readonly string[], call: Call): Promise<ExitCode> {
  const { given, files } = readArguments(args, options);
  const wanted = readExportOptions(given);
  const { terminal, cwd, stop } = call;
  const [file, other] = new Set(files);
  if (other !== undefined) throw new UsageError("One script is exported at a time.");
  if (file === undefined) throw new UsageError("Name a script, such as talk.speech.md.");
  const request: ExportRequest = {
    ...wanted,
    file,
    settings: readSoundSettings(given),
    markers: readMarkers(given),
    words: await readWords(given, cwd),
    service: oneOf("service", given.service, serviceNames),
    out: given.out,
  };
  const onProgress = (share: number, place: string): void =>
    terminal.status(`${Math.floor(share * 100)} %  ${basename(place)}`);
  try {
    const context = { cwd, stop, onProgress };
    const { exitCode, document, exported } = await exportFiles(request, context);
    tell(exported, call);
    if (given.json && document) terminal.json(document);
    return exitCode;
  } finally {
    terminal.status("");
  }
}

function tell({ files, code, segments, seconds, sampleRate, clipped }: Exported, call: Call): void {
  const { terminal, cwd } = call;
  if (code !== undefined) terminal.text(code);
  if (seconds !== undefined) {
    terminal.note(`${segments} segments, ${seconds.toFixed(2)} s, ${sampleRate} Hz.`);
  }
  if (clipped) terminal.note(`${clipped} samples were beyond full scale and are clipped.`);
  for (const path of files) terminal.result(shownPath(path, cwd));
}
