import { UsageError } from "../../operations/exitCodes.ts";
import type { RenderRequest, SegmentRange } from "../../operations/renderRequest.ts";
import type { Inputs } from "../../operations/standardInput.ts";
import { soundDefaults } from "../../operations/soundDefaults.ts";
import { oneOf, wholeNumber, type Given } from "../common/arguments.ts";
import { scriptOptions, serviceOptions, soundOptions, type Options } from "../common/options.ts";
import { readWords } from "../common/readWords.ts";
import { readMarkers, readSoundSettings, readStdinName } from "../common/soundSettings.ts";

/** What `render` can be asked for. */
export const renderOptions = {
  ...scriptOptions,
  segments: { type: "string", value: "1,3-5", help: "these segments only, counted from 1" },
  again: { type: "boolean", help: "speak what is ready, too" },
  "any-file": {
    type: "boolean",
    help: "speak what is neither Markdown nor plain text nor a script, too",
  },
  container: { type: "string", value: "wav|raw", help: "how clips are saved" },
  concurrency: { type: "string", value: "N", help: "contexts that speak at a time, 1 to 15" },
  "max-characters": {
    type: "string",
    value: "N",
    help: "never send more characters than that, nor begin where more are needed",
  },
  ...serviceOptions,
  ...soundOptions,
} as const satisfies Options;

/** @throws UsageError */
export async function readRenderRequest(
  files: readonly string[],
  given: Given<typeof renderOptions>,
  inputs: Inputs,
): Promise<RenderRequest> {
  const { segments, again = false, container, concurrency, out } = given;
  const most = given["max-characters"];
  return {
    files,
    stdinName: readStdinName(given),
    settings: readSoundSettings(given),
    markers: readMarkers(given),
    words: await readWords(given, inputs),
    container: oneOf("container", container, ["wav", "raw"] as const) ?? soundDefaults.container,
    out,
    ranges: segments === undefined ? undefined : readSegmentRanges(segments),
    again,
    anyFile: given["any-file"] ?? false,
    concurrency: wholeNumber("concurrency", concurrency, [1, 15]),
    maxCharacters: wholeNumber("max-characters", most, [0, Number.MAX_SAFE_INTEGER]),
  };
}

/**
 * Reads which segments are asked for: `1,3-5,8-`, counted from 1, as people count. Ranges that touch or overlap are joined.
 * @returns in the script's order.
 * @throws UsageError
 */
export function readSegmentRanges(text: string): readonly SegmentRange[] {
  const ranges = text.split(",").map((part) => readRange(part.trim(), text));
  const joined: SegmentRange[] = [];
  for (const range of ranges.sort((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (!before || range.first > before.last + 1) joined.push(range);
    else joined.splice(-1, 1, { ...before, last: Math.max(before.last, range.last) });
  }
  return joined;
}

function readRange(part: string, text: string): SegmentRange {
  const [, from, dash, to] = /^(\d+)\s*(-?)\s*(\d*)$/.exec(part) ?? [];
  const first = Number(from);
  const last = dash === "-" ? (to === "" ? Infinity : Number(to)) : first;
  if (first >= 1 && last >= first && (dash === "-" || to === "")) {
    return { first: first - 1, last: last - 1 };
  }
  throw new UsageError(`--segments is “${text}”, and must be numbers and ranges such as 1,3-5,8-.`);
}
