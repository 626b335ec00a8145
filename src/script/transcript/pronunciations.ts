import { longestWord } from "../model/scriptLimits.ts";
import { sayingOf, type WordPronunciations } from "../model/script.ts";
import { findServiceTags } from "../model/serviceTags.ts";
import { spliceSpoken, type Change, type Spliced } from "./spliceSpoken.ts";
import type { SpokenText } from "./spokenText.ts";
import { oneLine, type TooMuch } from "./variables.ts";
import { unspacedClass } from "../model/writing.ts";

/** A letter or the like of a writing whose words have borders that can be seen. */
const PART = `(?!${unspacedClass})[\\p{L}\\p{M}\\p{N}_]`;
const FIRST_WORD = new RegExp(`^(?:${PART})+`, "u");
const BEGINS_WORD = new RegExp(PART, "uy");
const ENDS_IN_WORD = new RegExp(`${PART}$`, "u");
/** What stands up to white space: as much of it as a word could have. */
const RUN = new RegExp(`\\S{1,${longestWord + 1}}`, "y");

interface Entry {
  /** Whether it has to end where a word does, for it ends in a letter of a writing with spaces. */
  readonly isBordered: boolean;
  readonly said: string;
  /** What is said for it with an `s` at its end; missing where that is another word. */
  readonly plural: string | undefined;
}

/** An entry that stands in a text. */
interface Found {
  readonly said: string;
  readonly end: number;
}

/** Entries that begin alike, by what they go on with, up to white space: so that it does not matter how many there are. */
class Entries {
  /** Those that end here, by this text. */
  readonly #last = new Map<string, Entry>();
  /** Those that go on behind it, by this text. */
  readonly #inner = new Map<string, Entries>();
  /** How long the texts are that entries end with, the longest first. */
  #lengths: readonly number[] = [];

  add([part = "", ...rest]: readonly string[], entry: Entry): void {
    if (rest.length > 0) {
      const inner = this.#inner.get(part) ?? new Entries();
      this.#inner.set(part, inner);
      inner.add(rest, entry);
      return;
    }
    this.#last.set(part, this.#last.get(part) ?? entry);
    if (this.#lengths.includes(part.length)) return;
    this.#lengths = [...this.#lengths, part.length].sort((a, b) => b - a);
  }

  /** The longest entry that stands in a text at an offset, itself or its plural, and where it ends. */
  find(text: string, at: number): Found | undefined {
    RUN.lastIndex = at;
    const run = RUN.exec(text)?.[0] ?? "";
    const inner = this.#inner.get(run);
    const behind = inner ? behindSpace(text, at + run.length) : at;
    const longer = behind > at + run.length ? inner?.find(text, behind) : undefined;
    if (longer) return longer;
    for (const length of this.#lengths) {
      const entry = length > run.length ? undefined : this.#last.get(run.slice(0, length));
      const end = at + length;
      if (!entry) continue;
      const { isBordered, said, plural } = entry;
      if (!(isBordered && beginsWord(text, end))) return { said, end };
      const isPlural = text[end] === "s" && !beginsWord(text, end + 1);
      if (isPlural && plural !== undefined) return { said: plural, end: end + 1 };
    }
    return undefined;
  }
}

/** Entries whose words are written in one way: by the word that they begin with, or by their first character where it is not of one. */
class Dictionary {
  readonly #entries = new Map<string, Entries>();
  readonly #foldedTo: (text: string) => string;

  /** @param foldedTo what a text is compared as; it has as many units. */
  constructor(foldedTo: (text: string) => string) {
    this.#foldedTo = foldedTo;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  add(word: string, entry: Entry): void {
    const key = this.#foldedTo(word);
    const [first = ""] = FIRST_WORD.exec(key) ?? [];
    const begins = first || ([...key][0] ?? "");
    const entries = this.#entries.get(begins) ?? new Entries();
    this.#entries.set(begins, entries);
    entries.add(key.split(" "), entry);
  }

  /** A text, made ready to be looked at. */
  fold(text: string): string {
    return this.isEmpty ? "" : this.#foldedTo(text);
  }

  /** @param folded the text, made ready. @param length of the word, or the sign, that begins at `at`. */
  find(folded: string, at: number, length: number): Found | undefined {
    if (this.isEmpty) return undefined;
    const word = folded.slice(at, at + length);
    return (
      this.#entries.get(word)?.find(folded, at) ??
      (word.endsWith("s") ? this.#entries.get(word.slice(0, -1))?.find(folded, at) : undefined)
    );
  }
}

/** In lower case, unit for unit. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (sign) => {
    const one = sign.toLowerCase();
    return one.length === sign.length ? one : sign;
  }).join("");
}

/** Behind the end of a sentence, or at the start of what is said, whatever opens there. */
const SENTENCE_START = /(?:^|[.!?…:]["'”’)»]*\s+)["'“‘„«(¿¡]*$/;
/** So many units are looked at for it. */
const NEAR = 12;

/**
 * Words that are said otherwise than they are written. They are found as whole words: no letter, digit or underscore stands
 * beside them; in writings without spaces between words they are found anywhere. Upper and lower case count, but where an entry
 * ignores them, and for the first letter of a sentence; a plural with `s` is found, too. Where several begin at one place the
 * longest one is taken, and what is put is not looked at again.
 */
export class Pronunciations {
  /** As they are written, and in lower case. */
  readonly #exact = new Dictionary((text) => text);
  readonly #anyCase = new Dictionary(lowered);
  /** Finds where one may begin. */
  readonly #beginning: RegExp;

  constructor(words: WordPronunciations) {
    const signs = new Set<string>();
    for (const [written, pronunciation] of Object.entries(words)) {
      const word = oneLine(written);
      if (word === "" || word.length > longestWord) continue;
      const [sign = ""] = word;
      if (!FIRST_WORD.test(word)) signs.add(escaped(sign));
      const said = oneLine(sayingOf(pronunciation));
      const ignoresCase = typeof pronunciation === "object" && pronunciation.case === "ignore";
      (ignoresCase ? this.#anyCase : this.#exact).add(word, {
        isBordered: ENDS_IN_WORD.test(word),
        said,
        plural: pluralOf(word, said),
      });
    }
    const anySign = signs.size === 0 ? [] : [`[${[...signs].join("")}]`];
    this.#beginning = new RegExp([`(?:${PART})+`, ...anySign].join("|"), "gu");
  }

  /**
   * Says them, but in the service's own tags and within `<spell>…</spell>`.
   * @param room how many UTF-16 units may be put.
   */
  apply(spoken: SpokenText, room = Infinity): (Spliced & { readonly put: number }) | TooMuch {
    if (this.#exact.isEmpty && this.#anyCase.isEmpty) return { ...spoken, written: [], put: 0 };
    const { text } = spoken;
    const changes: Change[] = [];
    let put = 0;
    let from = 0;
    for (const tag of [...findServiceTags(text), { start: text.length, end: text.length }]) {
      for (const change of this.#find(text.slice(from, tag.start), from)) {
        put += change.text.length;
        if (put > room) return { tooMuch: tooMuchAt(change, spoken), put };
        changes.push(change);
      }
      from = tag.end;
    }
    return { ...spliceSpoken(spoken, changes), put };
  }

  /** Finds them in a stretch of a text, which begins at `base` there. */
  *#find(text: string, base: number): Generator<Change> {
    const beginning = this.#beginning;
    const lower = this.#anyCase.fold(text);
    beginning.lastIndex = 0;
    for (let found = beginning.exec(text); found; found = beginning.exec(text)) {
      const [{ length }, start] = [found[0], found.index];
      const exact = this.#exact.find(text, start, length);
      const anyCase = this.#anyCase.find(lower, start, length);
      const longer = (anyCase?.end ?? 0) > (exact?.end ?? 0) ? anyCase : exact;
      const known = longer ?? this.#firstOfSentence(text, start, length);
      if (!known) continue;
      yield { start: base + start, end: base + known.end, text: known.said };
      beginning.lastIndex = known.end;
    }
  }

  /** An entry that is written with a small letter, where a sentence begins with it. */
  #firstOfSentence(text: string, start: number, length: number): Found | undefined {
    if (!/^\p{Lu}/u.test(text.slice(start, start + 2))) return undefined;
    if (!SENTENCE_START.test(text.slice(Math.max(0, start - NEAR), start))) return undefined;
    const begun = text.slice(start, start + 2 * longestWord);
    const small = lowered(begun.slice(0, 1)) + begun.slice(1);
    const found = this.#exact.find(small, 0, length);
    return found && { ...found, end: start + found.end };
  }
}

/**
 * What is said for a word with an `s` behind it: of names with capitals, such as `API`, `MP3` and `dB`, and of words of four
 * letters or more; to shorter ones it would make another word. What a tag says takes none.
 */
function pluralOf(word: string, said: string): string | undefined {
  const takesOne =
    /^\p{Lu}[\p{Lu}\p{N}]+$|\p{Ll}\p{Lu}$/u.test(word) || /[\p{L}\p{N}]{3}[\p{L}]$/u.test(word);
  if (!takesOne || /s$/i.test(word) || !/\p{L}$/u.test(said)) return undefined;
  return said + (/(?:[sxz]|[cs]h)$/i.test(said) ? "es" : "s");
}

function tooMuchAt({ start, end }: Change, { text, offsets }: SpokenText): TooMuch["tooMuch"] {
  const first = offsets[start] ?? 0;
  const last = offsets[end - 1] ?? first;
  return { name: text.slice(start, end), start: first, end: last + 1, inTag: false, tooMuch: true };
}

function beginsWord(text: string, at: number): boolean {
  BEGINS_WORD.lastIndex = at;
  return BEGINS_WORD.test(text);
}

function behindSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? "")) at++;
  return at;
}

/** A character as it can stand in a class of characters. */
function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
