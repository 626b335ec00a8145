import type { Word } from "../../protocol/serverMessage.ts";

/** So many words are found and told anew as often as there may be others. */
const fewWords = 100;
/** Beyond that, so many words are told anew for each second of audio that comes … */
const wordsPerSecond = 200;
/** … and for each word that comes. */
const wordsPerWord = 20;

/**
 * What has been told of one segment's words while its audio comes. All of them are told each time, so that in a long segment it
 * happens less and less often: what it costs is in proportion to the segment.
 */
export class WordProgress {
  #words: readonly Word[] = [];
  /** How much audio there was when its words were last looked for, in seconds. */
  #seconds = 0;
  /** How many words have come since. */
  #come = 0;

  /** Whether to look for the words again, now that there are so many seconds of audio, and so many words more. */
  isDue(seconds: number, words: number): boolean {
    this.#come += words;
    const told = this.#words.length;
    const isDue =
      told < fewWords ||
      (seconds - this.#seconds) * wordsPerSecond >= told ||
      this.#come * wordsPerWord >= told;
    if (!isDue) return false;
    this.#seconds = seconds;
    this.#come = 0;
    return true;
  }

  /** Takes the words as they are known now. @returns whether they are others than before. */
  replace(words: readonly Word[]): boolean {
    const before = this.#words;
    this.#words = words;
    return (
      words.length !== before.length ||
      words.some(({ text, start, end }, at) => {
        const other = before[at];
        return text !== other?.text || start !== other.start || end !== other.end;
      })
    );
  }
}
