/** Consonants, vowels, and the consonant that ends the syllable: enough for a first guess. */
const SYLLABLE =
  /[^aeiouyäöüáéíóú]*[aeiouyäöüáéíóú]+(?:[^aeiouyäöüáéíóú]+$|[^aeiouyäöüáéíóú](?=[^aeiouyäöüáéíóú]))?/giu;
/** UTF-16 units. What is longer is no word. */
const LONGEST = 60;

/**
 * How a word might be respelled so that a voice says it otherwise, what is most often wanted first: spelled out, in parts, in
 * syllables. For words of letters, digits and signs alone.
 */
export function respellingsOf(word: string): readonly string[] {
  if (word.length > LONGEST || !/^[\p{L}\p{M}\p{N}]/u.test(word) || /[<>{}[\]]/.test(word))
    return [];
  const guesses = [
    `<spell>${word}</spell>`,
    inParts(word),
    inSyllables(word),
    ...(isShouted(word) ? [word.charAt(0) + word.slice(1).toLowerCase()] : []),
  ];
  return [...new Set(guesses)].filter((guess) => guess !== word && guess !== "");
}

/** `GitHub` in two words, `k8s` in three. */
function inParts(word: string): string {
  return word
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .replace(/(\p{L})(?=\p{N})|(\p{N})(?=\p{L})/gu, "$1$2 ")
    .replace(/[_/.-]+(?=[\p{L}\p{N}])/gu, " ");
}

/** `kubernetes` as `ku-ber-ne-tes`; a word that has only one stays as it is. */
function inSyllables(word: string): string {
  if (isShouted(word) || !/^\p{L}+$/u.test(word)) return "";
  return (word.match(SYLLABLE) ?? []).join("-");
}

/** Whether it is of capitals alone: a voice may spell it out. */
function isShouted(word: string): boolean {
  return word.length > 1 && /^\p{Lu}+$/u.test(word);
}
