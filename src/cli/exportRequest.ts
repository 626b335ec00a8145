import { oneOf, written, type Given } from "./arguments.ts";
import { UsageError } from "./exitCodes.ts";
import { scriptOptions, soundOptions, type Options } from "./options.ts";
import { serviceNames } from "./speaker.ts";

/** In which programming languages code can be had that says the script. */
export const codeKinds = ["python", "python-async", "typescript"] as const;
/** The formats of caption files. */
export const captionKinds = ["vtt", "srt"] as const;

/** What `export` can be asked for. */
export const exportOptions = {
  to: { type: "string", value: "FILE|DIR", help: "one file, or a folder for one file per segment" },
  format: {
    type: "string",
    value: "NAME",
    help: "how the sound is written; wav-s16, unless given",
  },
  gap: { type: "string", value: "S", help: "seconds of silence between segments of one file" },
  captions: { type: "string", value: captionKinds.join("|"), help: "write captions" },
  code: { type: "string", value: codeKinds.join("|"), help: "write code that says the script" },
  overwrite: { type: "boolean", help: "replace files that are there" },
  ...scriptOptions,
  service: { type: "string", value: serviceNames.join("|"), help: "what must have spoken" },
  ...soundOptions,
} as const satisfies Options;

/** What is to be exported, and where to. */
export interface ExportRequest {
  /** As the user named it; one that ends in a slash is a folder, whether it is there or not. */
  readonly to: string | undefined;
  /** The name of the sound's format; only `src/export` knows which there are. */
  readonly format: string | undefined;
  readonly gapSeconds: number;
  readonly captions: (typeof captionKinds)[number] | undefined;
  readonly code: (typeof codeKinds)[number] | undefined;
  readonly overwrite: boolean;
}

/** No pause in a script is longer, in seconds. */
const longestGap = 600;

/** @throws UsageError */
export function readExportRequest(given: Given<typeof exportOptions>): ExportRequest {
  return {
    to: written("to", given.to),
    format: written("format", given.format),
    gapSeconds: readSeconds("gap", given.gap),
    captions: oneOf("captions", given.captions, captionKinds),
    code: oneOf("code", given.code, codeKinds),
    overwrite: given.overwrite ?? false,
  };
}

function readSeconds(name: string, text = "0"): number {
  const seconds = /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : NaN;
  if (seconds <= longestGap) return seconds;
  throw new UsageError(`--${name} is “${text}”, and must be seconds from 0 to ${longestGap}.`);
}
