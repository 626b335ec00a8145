import { matchWords, type TokenRange } from "./matchWords.ts";
import { hidden, readWordTokens, type WordTokens } from "./wordTokens.ts";

/** Where a word stands in a transcript, in UTF-16 units: `from` is inside, `to` is not. */
export interface WordPlace {
  readonly from: number;
  readonly to: number;
}

/** Where each of these words stands in the transcript, as `TranscriptWords.place` has it. */
export function placeWords(
  transcript: string,
  words: readonly string[],
): readonly (WordPlace | undefined)[] {
  return new TranscriptWords(transcript).place(words);
}

/** A transcript, read once, in which the words that a service reports are looked for. */
export class TranscriptWords {
  readonly #text: WordTokens;

  constructor(transcript: string) {
    this.#text = readWordTokens(transcript);
  }

  /**
   * Finds where each word stands; `undefined` for one that stands nowhere.
   *
   * Services report words as they were sent to them, with tags and punctuation or without, but may also report them as they
   * are said: "five", "dollars" for `$5`. Words that are not there in their letters share what stands between their
   * neighbours that are.
   *
   * A place is what a reader sees as the word: without the punctuation and white space around it, without the service's tags.
   * Places never run back, and two of them are the same or have nothing in common.
   * @param words in the order in which they are said.
   */
  place(words: readonly string[]): readonly (WordPlace | undefined)[] {
    const found = matchWords(this.#text, words);
    const places: (WordPlace | undefined)[] = [];
    let before: TokenRange = { first: 0, end: 0 };
    for (let at = 0; at < words.length;) {
      const range = found[at];
      if (range) {
        places[at++] = this.#placeOf(range.first, range.end);
        before = range;
        continue;
      }
      const next = nextFound(found, at);
      const shared = this.#shared(before.end, found[next]?.first, next - at);
      while (at < next) places[at++] = shared;
    }
    return places;
  }

  /** What stands between two tokens, for so many words that are said of it; at the end of the text not all of it. */
  #shared(first: number, next: number | undefined, count: number): WordPlace | undefined {
    const { tokens } = this.#text;
    const end = next ?? tokens.length;
    // What follows the last word may be what is not yet said: only as much as may be meant is taken.
    if (next === undefined && end - first > count + 2) return undefined;
    if (first < end) return this.#placeOf(first, end);
    return this.#signsBetween(tokens[first - 1]?.to ?? 0, tokens[first]?.from);
  }

  /** The place of these tokens, up to the first service tag between them. */
  #placeOf(first: number, end: number): WordPlace | undefined {
    const { tokens } = this.#text;
    const start = tokens[first];
    let last = tokens[end - 1];
    for (let at = end - 1; last && last.tagsBefore !== start?.tagsBefore;) last = tokens[--at];
    return start && last && { from: start.from, to: last.to };
  }

  /** The first signs that are seen where there are no letters. */
  #signsBetween(from: number, to?: number): WordPlace | undefined {
    let at = from;
    for (const part of this.#text.shown.slice(from, to).split(hidden)) {
      const seen = SEEN.exec(part);
      if (seen) return { from: at + seen.index, to: at + seen.index + seen[0].length };
      at += part.length + hidden.length;
    }
    return undefined;
  }
}

/** From the first character that is seen to the last. */
const SEEN = /[^\s\p{Cf}](?:.*[^\s\p{Cf}])?/su;

/** The index of the next word, from this one on, that was found; their number where none is. */
function nextFound(found: readonly (TokenRange | undefined)[], from: number): number {
  let at = from;
  while (at < found.length && !found[at]) at++;
  return at;
}
