/**
 * Letters of writings that put no space between words, and the punctuation of Chinese and Japanese
 * with what is set as wide as it (CJK symbols, vertical forms, full width letters and signs).
 */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Bopo}\p{sc=Yiii}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\u3000-\u30FF\uFE10-\uFE1F\uFE30-\uFE4F\uFF00-\uFF9F\uFFE0-\uFFE6]/u;
const CJK =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Bopo}\u3000-\u30FF\uFE10-\uFE1F\uFE30-\uFE4F\uFF00-\uFF9F]/u;

/**
 * What tells nothing about the writing it stands in: combining marks, format characters (zero width
 * ones among them), and the quotation marks, dashes and dots that Chinese shares with English.
 */
const NEUTRAL = /[\p{M}\p{Cf}\u2010-\u2027\u2030-\u205E]/u;

/** What `isUnspaced` accepts, for a pattern with the flag `u`. */
export const unspacedClass = UNSPACED.source;

/** Whether a character belongs to a writing that puts no white space between words. */
export function isUnspaced(character: string): boolean {
  return UNSPACED.test(character);
}

/** Whether a character is Chinese or Japanese, punctuation included. */
export function isCjk(character: string): boolean {
  return CJK.test(character);
}

/** Whether a character stands in any writing alike, so that its neighbour has to be asked. */
export function isNeutral(character: string): boolean {
  return NEUTRAL.test(character);
}
