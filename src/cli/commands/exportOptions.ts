import { loudnessBounds } from "../../export/audio/loudnessBounds.ts";
import { audioFormats } from "../../export/audio/audioFormat.ts";
import { captionFormats } from "../../export/captions/captionText.ts";
import { codeLanguages } from "../../export/code/codeLanguages.ts";
import { oneOf, written, type Given } from "../common/arguments.ts";
import { UsageError } from "../../operations/exitCodes.ts";
import type { ExportOptions } from "../../operations/export.ts";
import { scriptOptions, soundOptions, type Options } from "../common/options.ts";
import { serviceNames } from "../../operations/speaker.ts";

const formatIds = audioFormats.map(({ id }) => id);
const captionIds = captionFormats.map(({ id }) => id);
const codeIds = codeLanguages.map(({ id }) => id);

/** What `export` can be asked for. */
export const exportOptions = {
  to: {
    type: "string",
    value: "FILE|DIR",
    help: "one file, a folder for one file per segment, or - for standard output",
  },
  format: {
    type: "string",
    value: "NAME",
    help: "how the sound is written; wav-s16, unless given",
  },
  gap: { type: "string", value: "S", help: "seconds of silence between segments of one file" },
  loudness: {
    type: "string",
    value: "LUFS",
    help: "bring the script to this loudness (EBU R 128), such as -16, with one gain for each voice",
  },
  captions: { type: "string", value: captionIds.join("|"), help: "captions, not sound" },
  speakers: { type: "boolean", help: "captions name the speakers: <v Name>; vtt only" },
  code: { type: "string", value: codeIds.join("|"), help: "a program that says the script" },
  names: {
    type: "string",
    value: "PATTERN",
    help: "how files of segments are named, with {number}, {slug}, {title}",
  },
  partial: { type: "boolean", help: "leave out what is not ready, instead of refusing" },
  overwrite: { type: "boolean", help: "replace files that are there" },
  ...scriptOptions,
  service: { type: "string", value: serviceNames.join("|"), help: "what must have spoken" },
  ...soundOptions,
} as const satisfies Options;

/** In seconds, as in the extension's settings. */
const longestGap = 60;

/** @throws UsageError */
export function readExportOptions(given: Given<typeof exportOptions>): ExportOptions {
  if (given.captions !== undefined && given.code !== undefined) {
    throw new UsageError("--captions and --code are two exports: ask for one at a time.");
  }
  if (given.speakers && given.captions !== "vtt") {
    throw new UsageError(
      "--speakers goes with --captions vtt: nothing else can name the speakers.",
    );
  }
  if (given.loudness !== undefined && (given.captions ?? given.code) !== undefined) {
    throw new UsageError("--loudness is for sound. Leave it out of captions and programs.");
  }
  return {
    to: written("to", given.to),
    format: oneOf("format", given.format, formatIds),
    gapSeconds: readSeconds("gap", given.gap),
    loudness: readLoudness(given.loudness),
    captions: oneOf("captions", given.captions, captionIds),
    speakers: given.speakers ?? false,
    code: oneOf("code", given.code, codeIds),
    names: written("names", given.names),
    partial: given.partial ?? false,
    overwrite: given.overwrite ?? false,
  };
}

function readLoudness(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [least, most] = loudnessBounds;
  const loudness = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (loudness >= least && loudness <= most) return loudness;
  throw new UsageError(
    `--loudness is “${text}”, and must be LUFS from ${least} to ${most}, such as -16.`,
  );
}

function readSeconds(name: string, text = "0"): number {
  const seconds = /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : NaN;
  if (seconds <= longestGap) return seconds;
  throw new UsageError(`--${name} is “${text}”, and must be seconds from 0 to ${longestGap}.`);
}
