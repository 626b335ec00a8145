import { isMap, isScalar, isSeq, isAlias, parseDocument } from "yaml";
import type { Document, Node, Pair, YAMLMap } from "yaml";
import { hasSpeechKey } from "./frontMatterBlock.ts";
import type { OptionPlaces, ScriptProblem, SpeechOptions } from "./script.ts";

/** What a front matter says, as far as it can be understood, and what of it cannot. */
export interface FrontMatter {
  readonly options: SpeechOptions;
  /** Where in the document each option's value stands. */
  readonly places: OptionPlaces;
  readonly problems: readonly ScriptProblem[];
}

/** UTF-16 units. A front matter is a few lines; this bounds what a hostile one can cost. */
const LONGEST = 64 * 1024;

/**
 * Reads the keys under `speech:` of a front matter's YAML. A value that will not do is left out and
 * reported; the others count. Without a `speech:` key the rest of the YAML is somebody else's, and
 * its faults are not reported. Never throws.
 *
 * @param yaml what stands between the fences.
 * @param baseOffset the document offset at which it begins: the problems' spans are the document's.
 */
export function readFrontMatter(yaml: string, baseOffset: number): FrontMatter {
  const reader = new FrontMatterReader(yaml, baseOffset);
  try {
    reader.read();
  } catch {
    // The library throws on what is too deep for its recursion.
    reader.report("This front matter is too deeply nested to be read. Simplify it.");
  }
  return reader;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Key = keyof SpeechOptions;

const RANGES = { speed: [0.6, 1.5], volume: [0.5, 2] } as const;
const KEYS = [
  "voice",
  "model",
  "language",
  "speed",
  "volume",
  "emotion",
  "flush",
] as const satisfies Key[];

/** The settings that `speech:` has. */
export const settingNames: readonly string[] = KEYS;

/** What the settings that are numbers may be. */
export const settingRanges: Readonly<Record<keyof typeof RANGES, readonly [number, number]>> =
  RANGES;

class FrontMatterReader implements FrontMatter {
  readonly options: Writable<SpeechOptions> = {};
  readonly places: Writable<OptionPlaces> = {};
  readonly problems: ScriptProblem[] = [];
  readonly #yaml: string;
  readonly #baseOffset: number;

  constructor(yaml: string, baseOffset: number) {
    this.#yaml = yaml;
    this.#baseOffset = baseOffset;
  }

  /**
   * Reports a problem with what stands from `start` to `end` in the YAML, by default with the whole
   * of it.
   */
  report(message: string, start = 0, end = Infinity, code = "front-matter"): void {
    const last = this.#yaml.trimEnd().length;
    this.problems.push({
      start: this.#baseOffset + Math.min(start, last),
      end: this.#baseOffset + Math.min(end, last),
      message,
      code,
    });
  }

  read(): void {
    if (this.#yaml.length > LONGEST) {
      this.report("This front matter is too long to be read. Keep it under 65,536 characters.");
      return;
    }
    // To the library a carriage return alone is no line ending.
    const document = parseDocument(this.#yaml.replace(/\r(?!\n)/g, "\n"), { logLevel: "silent" });
    const [error] = document.errors;
    if (error && hasSpeechKey(this.#yaml)) {
      const fault = error.message.split(/ at line \d|\n/)[0] ?? error.message;
      this.report(
        `This front matter is not valid YAML: ${fault}. Nothing of it counts.`,
        ...error.pos,
      );
    }
    if (error) return;
    if (isMap(document.contents)) this.#readRoot(document, document.contents);
    else if (document.contents !== null && this.#yaml.trim() !== "") {
      this.report(
        "This block is front matter, and is not spoken. Write `key: value` lines in it, or begin the document with something else than `---`.",
      );
    }
  }

  #readRoot(document: Document, root: YAMLMap): void {
    const speech = root.items.find(({ key }) => keyName(key) === "speech");
    if (speech === undefined) return;
    const value = resolve(document, speech.value);
    if (isMap(value)) {
      for (const pair of value.items) this.#readPair(document, pair);
    } else if (!isNothing(value)) {
      this.report(
        "`speech` holds settings: write them on indented lines below it, such as `voice: …`.",
        ...rangeOf(speech),
      );
    }
  }

  #readPair(document: Document, pair: Pair): void {
    const name = keyName(pair.key) ?? "";
    const key = KEYS.find((known) => known === name);
    const value = resolve(document, pair.value);
    if (key === undefined) {
      const known = KEYS.map((known) => `\`${known}\``).join(", ");
      this.report(
        `\`speech\` has no setting \`${name}\`. It has ${known}.`,
        ...rangeOf(pair, "key"),
        "unknown-setting",
      );
    } else if (isNothing(value)) {
      this.report(
        `\`${key}\` has no value. Give it one, or remove the line.`,
        ...rangeOf(pair, "key"),
      );
    } else {
      const fault = this.#take(key, value);
      const [start, end] = rangeOf(pair);
      if (fault !== undefined) this.report(fault, start, end, "setting-value");
      else this.places[key] = { start: this.#baseOffset + start, end: this.#baseOffset + end };
    }
  }

  /** Takes a value, or says what is wrong with it. */
  #take(key: Key, node: unknown): string | undefined {
    const value = isScalar(node) ? node.value : undefined;
    switch (key) {
      case "voice":
      case "model":
      case "emotion":
        if (typeof value !== "string" || value.trim() === "") {
          return `\`${key}\` must be text. Put it in quotes: ${key}: "…".`;
        }
        this.options[key] = value.trim();
        return undefined;
      case "language":
        if (typeof value !== "string" || !/^[a-z]{2}$/i.test(value)) {
          return "`language` must be a code of two letters, such as `en`.";
        }
        this.options.language = value.toLowerCase();
        return undefined;
      case "speed":
      case "volume": {
        const [least, most] = RANGES[key];
        if (typeof value !== "number" || !(value >= least && value <= most)) {
          return `\`${key}\` must be a number from ${least} to ${most}.`;
        }
        this.options[key] = value;
        return undefined;
      }
      case "flush":
        return this.#takeFlush(node);
    }
  }

  #takeFlush(node: unknown): string | undefined {
    const items = isSeq(node) ? node.items : [node];
    const markers = items.map((item) => (isScalar(item) ? item.value : undefined));
    if (!markers.every(isMarker)) {
      return '`flush` must be a flush marker or a list of them, each a text of one line: flush: ["---", "***"].';
    }
    this.options.flush = markers.map((marker) => marker.trim());
    return undefined;
  }
}

function isMarker(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && !/[\r\n]/.test(value.trim());
}

function keyName(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/**
 * Follows an alias one step, if it leads anywhere: what we read are scalars and a list, so nothing
 * expands.
 */
function resolve(document: Document, value: unknown): unknown {
  return isAlias(value) ? (value.resolve(document) ?? value) : value;
}

/** Whether a key stands without a value. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (isScalar(value) && value.value === null);
}

/** Where a pair's value stands, or its key where it has none. */
function rangeOf(pair: Pair, part: "key" | "value" = "value"): [number, number] {
  const node = (part === "value" ? (pair.value ?? pair.key) : pair.key) as Node | null;
  const [start, end] = node?.range ?? [0, 0];
  return [start, end];
}
