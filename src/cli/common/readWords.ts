import type { GivenWords } from "../../operations/renderRequest.ts";
import { defaultSet } from "../../script/frontMatter/sampleFiles.ts";
import type { Words } from "../../script/model/script.ts";
import {
  readOnly,
  readSkippable,
  skippable,
  type Skippable,
} from "../../script/model/spokenParts.ts";
import type { Given } from "./arguments.ts";
import { UsageError } from "../../operations/exitCodes.ts";
import { decodeText } from "../../operations/decodeText.ts";
import { readNamedFile } from "../../operations/namedFile.ts";
import type { Inputs } from "../../operations/standardInput.ts";
import type { wordOptions } from "./options.ts";

/** Values of variables, those of --set before those of --samples, pronunciations, and parts. @throws UsageError */
export async function readWords(
  {
    set = [],
    samples,
    pronunciation = [],
    skip = [],
    only = [],
    ...given
  }: Given<typeof wordOptions>,
  inputs: Inputs,
): Promise<GivenWords> {
  const sampled = samples === undefined ? {} : await readSampleSet(samples, inputs);
  return {
    values: { ...sampled, ...Object.fromEntries(set.map((pair) => parsePair("set", pair))) },
    pronunciations: Object.fromEntries(
      pronunciation.map((pair) => {
        const [written, say] = parsePair("pronunciation", pair);
        return [written, given["ignore-case"] ? { say, case: "ignore" } : say];
      }),
    ),
    skip: namesIn(skip).map(parseSkippable),
    only: only.map(parseOnly),
  };
}

function parsePair(option: "set" | "pronunciation", pair: string): [string, string] {
  const at = pair.indexOf("=");
  const name = pair.slice(0, Math.max(at, 0)).trim();
  if (name !== "") return [name, pair.slice(at + 1)];
  const example = option === "set" ? "name=Anna" : "SQL=sequel";
  throw new UsageError(`--${option} is “${pair}”, and must be such as ${example}.`);
}

/** The option may be given again, or name several, parted by commas. */
function namesIn(given: readonly string[]): string[] {
  return given.flatMap((names) => names.split(","));
}

function parseSkippable(written: string): Skippable {
  const part = readSkippable(written);
  if (part !== undefined) return part;
  throw new UsageError(`--skip is “${written}”, and must be one of ${skippable.join(", ")}.`);
}

function parseOnly(written: string): string {
  const part = readOnly(written);
  if (part !== undefined) return part;
  throw new UsageError("--only must be quotes, notes, or a heading such as “## Narration”.");
}

/** `FILE`, or `FILE:SET` where there is no file of the whole name. */
async function readSampleSet(samples: string, inputs: Inputs): Promise<Words> {
  const { readSamples } = await import("../../script/reader/parseScript.ts");
  const colon = samples.lastIndexOf(":");
  const whole = await readText(samples, inputs);
  const named = whole === undefined && colon > 0;
  const file = named ? samples.slice(0, colon) : samples;
  const text = named ? await readText(file, inputs) : whole;
  if (text === undefined)
    throw new UsageError(`“${file}” can't be read. Name a file that is there.`);
  const { sets, faults } = readSamples(text);
  if (faults[0] !== undefined) throw new UsageError(`“${file}”: ${faults[0]}`);
  const name = named ? samples.slice(colon + 1) : defaultSet;
  const words = sets.get(name);
  if (words) return words;
  const known = [...sets.keys()].join(", ");
  throw new UsageError(
    `“${file}” has no set “${name}”. ${known === "" ? "It has none." : `It has ${known}.`}`,
  );
}

async function readText(file: string, inputs: Inputs): Promise<string | undefined> {
  const bytes = await readNamedFile(file, inputs);
  return bytes && decodeText(bytes, file);
}
