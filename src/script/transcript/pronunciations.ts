import { longestWord } from "../model/scriptLimits.ts";
import type { Words } from "../model/script.ts";
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

  /** The longest entry that stands in a text at an offset, and where it ends. */
  find(text: string, at: number): { readonly entry: Entry; readonly end: number } | undefined {
    RUN.lastIndex = at;
    const run = RUN.exec(text)?.[0] ?? "";
    const inner = this.#inner.get(run);
    const behind = inner ? behindSpace(text, at + run.length) : at;
    const longer = behind > at + run.length ? inner?.find(text, behind) : undefined;
    if (longer) return longer;
    for (const length of this.#lengths) {
      const entry = length > run.length ? undefined : this.#last.get(run.slice(0, length));
      const end = at + length;
      if (entry && !(entry.isBordered && beginsWord(text, end))) return { entry, end };
    }
    return undefined;
  }
}

/**
 * Words that are said otherwise than they are written. They are found as whole words: no letter, digit or underscore stands
 * beside them; in writings without spaces between words they are found anywhere. Upper and lower case count. Where several
 * begin at one place the longest one is taken, and what is put is not looked at again.
 */
export class Pronunciations {
  /** By the word that they begin with, or by their first character where it is not of one. */
  readonly #entries = new Map<string, Entries>();
  /** Finds where one may begin. */
  readonly #beginning: RegExp;

  constructor(words: Words) {
    const signs = new Set<string>();
    for (const [written, said] of Object.entries(words)) {
      const word = oneLine(written);
      if (word === "" || word.length > longestWord) continue;
      const [first = ""] = FIRST_WORD.exec(word) ?? [];
      const [sign = ""] = word;
      if (first === "") signs.add(escaped(sign));
      const entries = this.#entries.get(first || sign) ?? new Entries();
      this.#entries.set(first || sign, entries);
      entries.add(word.split(" "), { isBordered: ENDS_IN_WORD.test(word), said: oneLine(said) });
    }
    const anySign = signs.size === 0 ? [] : [`[${[...signs].join("")}]`];
    this.#beginning = new RegExp([`(?:${PART})+`, ...anySign].join("|"), "gu");
  }

  /**
   * Says them, but in the service's own tags and within `<spell>…</spell>`.
   * @param room how many UTF-16 units may be put.
   */
  apply(spoken: SpokenText, room = Infinity): (Spliced & { readonly put: number }) | TooMuch {
    if (this.#entries.size === 0) return { ...spoken, written: [], put: 0 };
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
    beginning.lastIndex = 0;
    for (let found = beginning.exec(text); found; found = beginning.exec(text)) {
      const start = found.index;
      const known = this.#entries.get(found[0])?.find(text, start);
      if (!known) continue;
      yield { start: base + start, end: base + known.end, text: known.entry.said };
      beginning.lastIndex = known.end;
    }
  }
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
