import type { Words } from "./script.ts";
import { findServiceTags } from "./serviceTags.ts";
import { spliceSpoken, type Change, type Spliced } from "./spliceSpoken.ts";
import type { SpokenText } from "./spokenText.ts";
import { oneLine } from "./variables.ts";
import { unspacedClass } from "./writing.ts";

/** A letter or the like of a writing whose words have borders that can be seen. */
const PART = `(?!${unspacedClass})[\\p{L}\\p{M}\\p{N}_]`;
const FIRST_WORD = new RegExp(`^(?:${PART})+`, "u");
const BEGINS_WORD = new RegExp(PART, "uy");
const ENDS_IN_WORD = new RegExp(`${PART}$`, "u");
/** UTF-16 units. What is longer is no word. */
const LONGEST = 200;

interface Entry {
  /** As it is written, between white space. */
  readonly parts: readonly string[];
  readonly length: number;
  /** Whether it has to end where a word does, for it ends in a letter of a writing with spaces. */
  readonly isBordered: boolean;
  readonly said: string;
}

/**
 * Words that are said otherwise than they are written. They are found as whole words: no letter, digit or underscore stands
 * beside them; in writings without spaces between words they are found anywhere. Upper and lower case count. Where several
 * begin at one place the longest one is taken, and what is put is not looked at again.
 */
export class Pronunciations {
  /** By the word that they begin with, or by their first character where it is not of one; the longest first. */
  readonly #entries = new Map<string, Entry[]>();
  /** Finds where one may begin. */
  readonly #beginning: RegExp;

  constructor(words: Words) {
    const signs = new Set<string>();
    for (const [written, said] of Object.entries(words)) {
      const word = oneLine(written);
      if (word === "" || word.length > LONGEST) continue;
      const [first = ""] = FIRST_WORD.exec(word) ?? [];
      const [sign = ""] = word;
      if (first === "") signs.add(escaped(sign));
      const entries = this.#entries.get(first || sign) ?? [];
      this.#entries.set(first || sign, entries);
      entries.push({
        parts: word.split(" "),
        length: word.length,
        isBordered: ENDS_IN_WORD.test(word),
        said: oneLine(said),
      });
    }
    for (const entries of this.#entries.values()) entries.sort((a, b) => b.length - a.length);
    this.#beginning = new RegExp([`(?:${PART})+`, ...signs].join("|"), "gu");
  }

  /** Says them, but in the service's own tags and within `<spell>…</spell>`. */
  apply(spoken: SpokenText): Spliced {
    if (this.#entries.size === 0) return { ...spoken, written: [] };
    const { text } = spoken;
    const changes: Change[] = [];
    let from = 0;
    for (const tag of [...findServiceTags(text), { start: text.length, end: text.length }]) {
      this.#find(text.slice(from, tag.start), from, changes);
      from = tag.end;
    }
    return spliceSpoken(spoken, changes);
  }

  /** Finds them in a stretch of a text, which begins at `base` there. */
  #find(text: string, base: number, changes: Change[]): void {
    const beginning = this.#beginning;
    beginning.lastIndex = 0;
    for (let found = beginning.exec(text); found; found = beginning.exec(text)) {
      const start = found.index;
      for (const entry of this.#entries.get(found[0]) ?? []) {
        const end = endOf(entry, text, start);
        if (end === undefined) continue;
        changes.push({ start: base + start, end: base + end, text: entry.said });
        beginning.lastIndex = end;
        break;
      }
    }
  }
}

/** Where an entry ends that begins at `start`; `undefined` where it does not stand there. */
function endOf({ parts, isBordered }: Entry, text: string, start: number): number | undefined {
  let at = start;
  for (const [index, part] of parts.entries()) {
    const from = index === 0 ? at : behindSpace(text, at);
    if ((index > 0 && from === at) || !text.startsWith(part, from)) return undefined;
    at = from + part.length;
  }
  BEGINS_WORD.lastIndex = at;
  return isBordered && BEGINS_WORD.test(text) ? undefined : at;
}

function behindSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? "")) at++;
  return at;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
