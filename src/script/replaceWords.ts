import { Pronunciations } from "./pronunciations.ts";
import type { ScanOptions } from "./scan.ts";
import type { SpeechOptions, UnfilledVariable, Words } from "./script.ts";
import type { Spliced, WrittenPlace } from "./spliceSpoken.ts";
import { trimSpoken, type SpokenText } from "./spokenText.ts";
import { fillVariables } from "./variables.ts";

/** How a script is read. */
export interface ReadOptions extends ScanOptions {
  /** Values of template variables; they come before those of the front matter. */
  readonly values?: Words | undefined;
  /** Words as they are written, and as they are said; those of the front matter come before them. */
  readonly pronunciations?: Words | undefined;
}

/** What is to be sent of a segment. */
export interface ReplacedText extends Spliced {
  readonly unfilled: readonly UnfilledVariable[];
}

/** What is put in the place of what is written: between the reading of a segment and its sending. */
export class Wording {
  /** The same for the same words. */
  readonly key: string;
  readonly #values: Words;
  readonly #pronunciations: Pronunciations;

  constructor(options: ReadOptions = { language: "plaintext" }, front: SpeechOptions = {}) {
    this.#values = { ...front.variables, ...options.values };
    const words = { ...options.pronunciations, ...front.pronunciations };
    this.key = wordingKey(options, front);
    this.#pronunciations = new Pronunciations(words);
  }

  /**
   * Fills variables, then says words as they are pronounced, those of the values too. Each unit of what is put has the offset at
   * which what it replaces begins; offsets never decrease.
   */
  replace(spoken: SpokenText): ReplacedText {
    const filled = fillVariables(spoken, this.#values);
    const said = this.#pronunciations.apply(filled);
    if (filled.written.length === 0 && said.written.length === 0 && said.text === spoken.text) {
      return { ...spoken, written: [], unfilled: filled.unfilled };
    }
    const written = joinPlaces(filled.written, said.written);
    return { ...trimSpoken(said), written, unfilled: filled.unfilled };
  }
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
