import type { Phone } from "./flite.ts";
import { matchPhones } from "./matchPhones.ts";

/** A stretch of time, in seconds. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds when each word of a sentence was said: its phones, as the word is said by itself, are matched to those that were
 * said, in order and at the least cost. Words run together, and some sound otherwise in company, so phones may differ,
 * be missing, or be new.
 *
 * @param words as they were given to be said
 * @param pronunciations each word's phones, by their names
 * @param phones what was said, without pauses
 * @returns an interval for each word, in order and within the phones; an empty one where nothing of it was said
 */
export function alignWords(
  words: readonly string[],
  pronunciations: readonly (readonly string[])[],
  phones: readonly Phone[],
): Interval[] {
  const plain = words.map(isPlain);
  const expected = pronunciations.flatMap((names, word) =>
    names.map((name) => ({ name, word, isPlain: plain[word] ?? true })),
  );
  const said = phones.map(({ name }) => name);
  const wordsSaid = giveNewPhones(matchPhones(expected, said), plain);
  let end = phones[0]?.start ?? 0;
  return words.map((_, word) => {
    const start = phones[wordsSaid.indexOf(word)]?.start ?? end;
    end = phones[wordsSaid.lastIndexOf(word)]?.end ?? end;
    return { start, end };
  });
}

/** Whether a word is always said alike. A number, a sum, an abbreviation and the like is read as its neighbours ask. */
function isPlain(word: string): boolean {
  return /^\W*[A-Z]?[a-z'-]*\W*$/.test(word);
}

/**
 * Gives each new phone a word: one that nothing else was matched to, where one stands there; otherwise the word before,
 * unless that one is plain and the word after is not.
 */
function giveNewPhones(
  owners: readonly (number | undefined)[],
  plain: readonly boolean[],
): number[] {
  let before = -1;
  return owners.map((owner, phone) => {
    if (owner !== undefined) return (before = owner);
    const after = owners.slice(phone).find((later) => later !== undefined) ?? plain.length;
    if (after - before > 1) return before + 1;
    const isAfters = plain[before] !== false && plain[after] === false;
    return before < 0 || isAfters ? after : before;
  });
}
