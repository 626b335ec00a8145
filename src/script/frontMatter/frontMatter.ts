import * as l10n from "@vscode/l10n";
import { isMap, isScalar, isSeq } from "yaml";
import type { Document, Pair, YAMLMap } from "yaml";
import { readCast } from "./castReader.ts";
import { hasSpeechKey } from "./frontMatterBlock.ts";
import { longestYaml } from "../model/scriptLimits.ts";
import { readOption } from "./optionValue.ts";
import type {
  CastPlaces,
  OptionPlaces,
  ScriptProblem,
  Span,
  SpeechOptions,
} from "../model/script.ts";
import { readTomlDocument } from "./tomlDocument.ts";
import { readWordMap, type WordKind } from "./wordMap.ts";
import { readYaml } from "./yamlDocument.ts";
import { isNothing, keyName, rangeOf, resolve } from "./yamlNodes.ts";

export { readSamples } from "./samples.ts";
export { languageOf, readNormalization, settingRanges } from "./optionValue.ts";

/** What a front matter says, as far as it can be understood, and what of it cannot. */
export interface FrontMatter {
  readonly options: SpeechOptions;
  /** Where in the document each option's value stands. */
  readonly places: OptionPlaces;
  readonly problems: readonly ScriptProblem[];
}

/**
 * Reads the keys under `speech:` of a front matter's YAML. A value that will not do is left out and
 * reported; the others count. Without a `speech:` key the rest of the YAML is somebody else's, and
 * its faults are not reported. Never throws.
 *
 * @param yaml what stands between the fences.
 * @param baseOffset the document offset at which it begins: the problems' spans are the document's.
 * @param isToml whether it is TOML instead; the table `speech` counts as the key does.
 */
export function readFrontMatter(yaml: string, baseOffset: number, isToml = false): FrontMatter {
  const reader = new FrontMatterReader(yaml, baseOffset, isToml);
  try {
    reader.read();
  } catch {
    // The library throws on what is too deep for its recursion.
    reader.report(l10n.t("This front matter is too deeply nested to be read. Simplify it."));
  }
  return reader;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Key = keyof SpeechOptions;
/** How options are written that are written otherwise than they are called. */
const WRITTEN = { pronunciation_dict: "pronunciationDict" } as const;

const KEYS = [
  "voice",
  "model",
  "language",
  "accent",
  "normalization",
  "speed",
  "volume",
  "emotion",
  "flush",
  "variables",
  "pronunciations",
  "pronunciation_dict",
  "cast",
  "names",
  "headings",
] as const satisfies (Key | keyof typeof WRITTEN)[];
type WrittenKey = (typeof KEYS)[number];

/** The settings that `speech:` has. */
export const settingNames: readonly string[] = KEYS;

class FrontMatterReader implements FrontMatter {
  readonly options: Writable<SpeechOptions> = {};
  readonly places: Writable<OptionPlaces> = {};
  readonly problems: ScriptProblem[] = [];
  readonly #yaml: string;
  readonly #isToml: boolean;
  readonly #baseOffset: number;
  /** Where what is written ends. */
  readonly #last: number;

  constructor(yaml: string, baseOffset: number, isToml: boolean) {
    this.#yaml = yaml;
    this.#isToml = isToml;
    this.#last = yaml.trimEnd().length;
    this.#baseOffset = baseOffset;
  }

  /**
   * Reports a problem with what stands from `start` to `end` in the YAML, by default with the whole
   * of it.
   */
  report(message: string, start = 0, end = Infinity, code = "front-matter"): void {
    this.problems.push({
      start: this.#baseOffset + Math.min(start, this.#last),
      end: this.#baseOffset + Math.min(end, this.#last),
      message,
      code,
    });
  }

  read(): void {
    if (this.#yaml.length > longestYaml) {
      this.report(
        l10n.t("This front matter is too long to be read. Keep it under 65,536 characters."),
      );
      return;
    }
    const document = this.#isToml ? readTomlDocument(this.#yaml).document : readYaml(this.#yaml);
    const [error] = document.errors;
    if (error && hasSpeechKey(this.#yaml)) {
      const fault = error.message.split(/ at line \d|\n/)[0] ?? error.message;
      this.report(
        this.#isToml
          ? l10n.t("This front matter is not valid TOML: {0}. Nothing of it counts.", fault)
          : l10n.t("This front matter is not valid YAML: {0}. Nothing of it counts.", fault),
        ...error.pos,
      );
    }
    if (error) return;
    if (isMap(document.contents)) this.#readRoot(document, document.contents);
    else if (document.contents !== null && this.#yaml.trim() !== "") {
      this.report(
        l10n.t(
          "This block is front matter, and is not spoken. Write `key: value` lines in it, or begin the document with something else than `---`.",
        ),
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
        l10n.t(
          "`speech` holds settings: write them on indented lines below it, such as `voice: …`.",
        ),
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
        l10n.t("`speech` has no setting `{0}`. It has {1}.", name, known),
        ...rangeOf(pair, "key"),
        "unknown-setting",
      );
    } else if (isNothing(value)) {
      this.report(
        l10n.t("`{0}` has no value. Give it one, or remove the line.", key),
        ...rangeOf(pair, "key"),
      );
    } else {
      const fault = this.#take(document, key, value);
      const [start, end] = rangeOf(pair);
      if (fault !== undefined) this.report(fault, start, end, "setting-value");
      else
        this.places[optionOf(key)] = {
          start: this.#baseOffset + start,
          end: this.#baseOffset + end,
        };
    }
  }

  /** Takes a value, or says what is wrong with it. */
  #take(document: Document, key: WrittenKey, node: unknown): string | undefined {
    switch (key) {
      case "flush":
        return this.#takeFlush(node);
      case "cast":
        return this.#takeCast(document, node);
      case "variables":
      case "pronunciations":
        this.#takeWords(key, node);
        return undefined;
      default: {
        const option = readOption(key, isScalar(node) ? node.value : undefined);
        if ("fault" in option) return option.fault;
        Object.assign(this.options, option.read);
        return undefined;
      }
    }
  }

  #takeCast(document: Document, node: unknown): string | undefined {
    if (!isMap(node)) {
      return l10n.t(
        "`cast` holds the speakers: write them on indented lines below it, each as `NAME: <voice id>`.",
      );
    }
    const { cast, places } = readCast(document, node, this.report.bind(this));
    this.options.cast = cast;
    this.places.castVoices = Object.fromEntries(
      Object.entries(places).map(([name, own]) => [name, this.#moved(own)]),
    );
    return undefined;
  }

  #moved(places: CastPlaces): CastPlaces {
    const base = this.#baseOffset;
    const move = ({ start, end }: Span): Span => ({ start: base + start, end: base + end });
    return Object.fromEntries(Object.entries(places).map(([key, span]) => [key, move(span)]));
  }

  #takeWords(kind: WordKind, node: unknown): void {
    const read =
      kind === "variables"
        ? { variables: readWordMap(node, kind) }
        : { pronunciations: readWordMap(node, kind) };
    for (const [key, { words, faults }] of Object.entries(read)) {
      for (const { message, place } of faults) this.report(message, place?.start, place?.end);
      Object.assign(this.options, { [key]: words });
    }
  }

  #takeFlush(node: unknown): string | undefined {
    const items = isSeq(node) ? node.items : [node];
    const markers = items.map((item) => (isScalar(item) ? item.value : undefined));
    if (!markers.every(isMarker)) {
      return l10n.t(
        '`flush` must be a flush marker or a list of them, each a text of one line: flush: ["---", "***"].',
      );
    }
    this.options.flush = markers.map((marker) => marker.trim());
    return undefined;
  }
}

function optionOf<Written extends WrittenKey>(
  key: Written,
): Written extends keyof typeof WRITTEN ? (typeof WRITTEN)[Written] : Written;
function optionOf(key: WrittenKey): Key {
  return key === "pronunciation_dict" ? WRITTEN[key] : key;
}

function isMarker(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && !/[\r\n]/.test(value.trim());
}
