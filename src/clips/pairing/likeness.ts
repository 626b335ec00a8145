import { unspacedClass } from "../../script/model/writing.ts";

/** Words of writings with spaces, and single letters of the others. */
const WORD = new RegExp(
  String.raw`(?=[\p{L}\p{N}])${unspacedClass}|(?:(?!${unspacedClass})[\p{L}\p{M}\p{N}])+`,
  "gu",
);
/** So much of a text, in UTF-16 units, tells what it is like: a document without markers is one segment. */
const read = 16_384;
/** Texts are alike from here on: half of the different words of both are the same. */
const enough = 0.5;
/** A text of so many words is short: all of it may be respelt. */
const fewWords = 3;
/** A word of more texts than these tells too little to look at all of them. */
const mostOfOneWord = 16;

/** Something that says a text. */
export interface Saying {
  readonly transcript: string;
}

/** What was found alike. */
export interface Alike<S extends Saying> {
  readonly saying: S;
  /** From 0.5 to 1: how much of both texts is the same. */
  readonly likeness: number;
}

/**
 * Whether a text is an edited form of what this says, or that itself: at least half of the words of both are the same, or in
 * a short text half of its pairs of letters, where a word was respelt.
 */
export function isAlike(saying: Saying, transcript: string): boolean {
  if (saying.transcript === transcript) return true;
  const known = compared.get(saying);
  if (known?.transcript === transcript) return known.alike;
  const words = wordsIn(transcript);
  const alike =
    shareOf(wordsOf(saying), words) >= enough ||
    (words.size <= fewWords &&
      wordsOf(saying).size <= fewWords &&
      shareOf(letterPairsIn(saying.transcript), letterPairsIn(transcript)) >= enough);
  compared.set(saying, { transcript, alike });
  return alike;
}

/** Texts, by the words that they have. */
export class LikeTexts<S extends Saying> {
  readonly #byWord = new Map<string, S[]>();

  constructor(sayings: Iterable<S>) {
    for (const saying of sayings) {
      for (const word of wordsOf(saying)) {
        const group = this.#byWord.get(word);
        if (group) group.push(saying);
        else this.#byWord.set(word, [saying]);
      }
    }
  }

  /** Those that are like a text, in no order: of those that share a word with it which only a few have. */
  like(transcript: string): Alike<S>[] {
    const words = wordsIn(transcript);
    const near = new Set<S>();
    for (const word of words) {
      const group = this.#byWord.get(word) ?? [];
      if (group.length <= mostOfOneWord) for (const saying of group) near.add(saying);
    }
    return Array.from(near, (saying) => ({
      saying,
      likeness: shareOf(wordsOf(saying), words),
    })).filter(({ likeness }) => likeness >= enough);
  }
}

/** What was compared last with each: at each keystroke the same is asked for. */
const compared = new WeakMap<Saying, { readonly transcript: string; readonly alike: boolean }>();
const wordsKnown = new WeakMap<Saying, ReadonlySet<string>>();

function wordsOf(saying: Saying): ReadonlySet<string> {
  let words = wordsKnown.get(saying);
  if (!words) wordsKnown.set(saying, (words = wordsIn(saying.transcript)));
  return words;
}

/** The different words at a text's beginning, in small letters. */
function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.slice(0, read).normalize("NFKC").toLowerCase().match(WORD));
}

/** The different pairs of letters that stand beside one another in a short text. */
function letterPairsIn(text: string): ReadonlySet<string> {
  const letters = Array.from([...wordsIn(text)].join(" "));
  return new Set(letters.slice(1).map((letter, at) => `${letters[at]}${letter}`));
}

/** Dice's coefficient of two sets: from 0, where nothing is the same, to 1. */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  let same = 0;
  for (const word of few) if (many.has(word)) same++;
  return same === 0 ? 0 : (2 * same) / (one.size + other.size);
}
