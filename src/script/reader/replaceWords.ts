import { mostPutInSegment } from "../model/scriptLimits.ts";
import { Pronunciations } from "../transcript/pronunciations.ts";
import type { ScanOptions } from "../scanner/scan.ts";
import type {
  SpeechOptions,
  UnfilledVariable,
  WordPronunciations,
  Words,
  WrittenPlace,
} from "../model/script.ts";
import type { Spliced } from "../transcript/spliceSpoken.ts";
import { trimSpoken, type SpokenText } from "../transcript/spokenText.ts";
import { fillVariables, valuesAsText, type TooMuch } from "../transcript/variables.ts";

/** How a script is read. */
export interface ReadOptions extends ScanOptions {
  /** Values of template variables; they come before those of the front matter. */
  readonly values?: Words | undefined;
  /** Words as they are written, and as they are said; those of the front matter come before them. */
  readonly pronunciations?: WordPronunciations | undefined;
}

/** What is to be sent of a segment. */
export interface ReplacedText extends Spliced {
  readonly unfilled: readonly UnfilledVariable[];
  /** UTF-16 units of all that is put. */
  readonly put: number;
}

/** What is put in the place of what is written: between the reading of a segment and its sending. */
export class Wording {
  /** The same for the same words. */
  readonly key: string;
  readonly #values: ReadonlyMap<string, string>;
  readonly #pronunciations: Pronunciations;

  constructor(options: ReadOptions = { language: "plaintext" }, front: SpeechOptions = {}) {
    this.#values = valuesAsText({ ...front.variables, ...options.values });
    const words = { ...options.pronunciations, ...front.pronunciations };
    this.key = wordingKey(options, front);
    this.#pronunciations = new Pronunciations(words);
  }

  /**
   * Fills variables, then says words as they are pronounced, those of the values too. Each unit of what is put has the offset at
   * which what it replaces begins; offsets never decrease.
   * @param room how many UTF-16 units may be put; never more than one segment may have.
   */
  replace(spoken: SpokenText, room = Infinity): ReplacedText {
    const most = Math.min(room, mostPutInSegment);
    const filled = fillVariables(spoken, this.#values, most);
    if ("tooMuch" in filled) return tooLong(filled);
    const { unfilled } = filled;
    const said = this.#pronunciations.apply(filled, most - filled.put);
    const put = filled.put + said.put;
    if ("tooMuch" in said) return tooLong({ ...said, put });
    if (filled.written.length === 0 && said.written.length === 0 && said.text === spoken.text) {
      return { ...spoken, written: [], unfilled, put };
    }
    const written = joinPlaces(filled.written, said.written);
    return { ...trimSpoken(said), written, unfilled, put };
  }
}

function tooLong({ tooMuch, put }: TooMuch): ReplacedText {
  return { text: "", offsets: [], written: [], unfilled: [tooMuch], put };
}

/** The key of the wording that these make. */
export function wordingKey(options: ReadOptions, front: SpeechOptions): string {
  const { values, pronunciations } = options;
  return JSON.stringify([front.variables, values, pronunciations, front.pronunciations]);
}

/** Where both put something: a word within a value is written where its variable is. */
function joinPlaces(
  values: readonly WrittenPlace[],
  words: readonly WrittenPlace[],
): readonly WrittenPlace[] {
  if (values.length === 0) return words;
  const lasts = new Map<number, number>();
  for (const { start, last } of [...values, ...words]) {
    lasts.set(start, Math.max(lasts.get(start) ?? 0, last));
  }
  for (const [start, last] of lasts) lasts.set(start, Math.max(last, lasts.get(last) ?? 0));
  return [...lasts]
    .map(([start, last]) => ({ start, last }))
    .sort((one, other) => one.start - other.start);
}
