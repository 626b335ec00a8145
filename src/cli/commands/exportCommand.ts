import { counted } from "../common/counted.ts";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { UsageError, type ExitCode } from "../../operations/exitCodes.ts";
import {
  exportFiles,
  type Exported,
  type ExportOptions,
  type ExportRequest,
} from "../../operations/export.ts";
import { shownPath } from "../../operations/scriptFile.ts";
import type { Loudness } from "../../export/audio/levelling.ts";
import { serviceNames } from "../../operations/speaker.ts";
import { standard } from "../../operations/standardInput.ts";
import { oneOf, readArguments } from "../common/arguments.ts";
import type { Call, Command } from "../common/command.ts";
import { commonOptions } from "../common/options.ts";
import { readWords } from "../common/readWords.ts";
import { readMarkers, readSoundSettings, readStdinName } from "../common/soundSettings.ts";
import { exportOptions, readExportOptions } from "./exportOptions.ts";

const options = { ...exportOptions, ...commonOptions } as const;

/** `export`: the script's sound, its captions, or a program that says it. */
export const exportCommand: Command = {
  usage: "export FILE|- [options]",
  summary:
    "write the script's sound in one file or one for each segment, its captions, or a program",
  details: [
    "Takes the clips that are saved: what is not ready is refused, or left out with --partial.",
    "Without --to it writes beside the script; a program is printed.",
    "Captions are in step with the sound that is exported with the same --gap.",
    "--to - writes to standard output, and all else to standard error; sound is whole before it is written.",
  ],
  options,
  run: runExport,
};

async function runExport(args: readonly string[], call: Call): Promise<ExitCode> {
  const { given, files } = readArguments(args, options);
  const wanted = readExportOptions(given);
  const { terminal } = call;
  if (wanted.to === standard && given.json) {
    throw new UsageError(
      "--json and --to - would both be on standard output. Leave one of the two out.",
    );
  }
  if (wanted.to === standard && terminal.isShown && isSound(wanted)) {
    throw new UsageError(
      "Standard output is a terminal, which shows no sound. Send it on, or give --to a file.",
    );
  }
  const request: ExportRequest = {
    ...wanted,
    files,
    stdinName: readStdinName(given),
    settings: readSoundSettings(given),
    markers: readMarkers(given),
    words: await readWords(given, call),
    service: oneOf("service", given.service, serviceNames),
    out: given.out,
  };
  const onProgress = (share: number, place: string): void =>
    terminal.status(`${Math.floor(share * 100)} %  ${basename(place)}`);
  const output = (path: string): Promise<void> => terminal.bytes(createReadStream(path));
  try {
    const context = { ...call, onProgress, output };
    const { exitCode, document, exported } = await exportFiles(request, context);
    tell(exported, call);
    if (given.json && document) terminal.json(document);
    return exitCode;
  } finally {
    terminal.status("");
  }
}

function isSound({ captions, code }: ExportOptions): boolean {
  return captions === undefined && code === undefined;
}

function tell(exported: Exported, { terminal, cwd }: Call): void {
  const { files, code, text, segments, seconds, sampleRate, clipped, loudness } = exported;
  if (text !== undefined) terminal.payload(text);
  if (code !== undefined) terminal.text(code);
  if (seconds !== undefined) {
    terminal.note(
      `${counted(segments ?? 0, "segment")}, ${seconds.toFixed(2)} s, ${sampleRate} Hz.`,
    );
  }
  if (clipped) {
    const [were, are] = clipped === 1 ? ["was", "is"] : ["were", "are"];
    terminal.note(`${counted(clipped, "sample")} ${were} beyond full scale and ${are} clipped.`);
  }
  for (const line of loudness ? describeLoudness(loudness) : []) terminal.note(line);
  for (const path of files) terminal.result(shownPath(path, cwd));
}

function describeLoudness({ target, integrated, truePeak, limited, voices }: Loudness): string[] {
  const number = (value: number): string =>
    Number.isFinite(value) ? value.toFixed(1).replace("-", "−") : "silence";
  const short = Math.abs(target - integrated) > 0.5 ? `, of ${number(target)} asked for` : "";
  const peaks = limited > 0 ? `, peaks limited by up to ${number(limited)} dB` : "";
  return [
    ...voices.map(
      ({ voice, integrated, gain }) =>
        `Voice ${voice}: ${number(integrated)} LUFS, ${gain < 0 ? "" : "+"}${number(gain)} dB.`,
    ),
    `Loudness ${number(integrated)} LUFS${short}, true peak ${number(truePeak)} dBTP${peaks}.`,
  ];
}
