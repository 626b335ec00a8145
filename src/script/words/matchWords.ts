import { firstIndex } from "../model/firstIndex.ts";
import { lettersOf, type WordTokens } from "./wordTokens.ts";

/** Which tokens a word is: `first` is one of them, `end` is not. */
export interface TokenRange {
  readonly first: number;
  readonly end: number;
}

/** So many words, and so many tokens, are looked at together where words differ from the text. */
const windowLength = 32;
/** What it costs to leave out a word, a token, or one of each. A letter that is the same gains 1. */
const skipCost = 0.5;
/** Gained where the last word ends the text: there is no other place for it. */
const lastGain = 2;
/** From this gain on there is no doubt that it is the same text. */
const certainGain = 12;
/** Beyond the window the same text is looked for by a row of words: so many of them, with so many letters … */
const rowWords = 3;
const rowLetters = 16;
/** … so far ahead, in letters … */
const rowReach = 20_000;
/** … and not from every word. */
const rowStep = 8;

/**
 * Finds which tokens of a text each word of a service is; `undefined` for a word that is not there in its letters. Words are
 * found in order and without overlap. Where they differ from the text, they find it again within a window by the most letters
 * in common, so that a short word does not match far ahead; or further on by a row of words. Takes time in proportion to
 * the text and the words.
 */
export function matchWords(
  text: WordTokens,
  words: readonly string[],
): readonly (TokenRange | undefined)[] {
  return new WordMatcher(text, words).match();
}

class WordMatcher {
  readonly #text: WordTokens;
  readonly #words: readonly string[];
  readonly #found: (TokenRange | undefined)[];
  /** The word and the token that are compared next. */
  #word = 0;
  #token = 0;
  /** From here on words have not begun a row that was looked for. */
  #rowsFrom = 0;

  constructor(text: WordTokens, words: readonly string[]) {
    this.#text = text;
    this.#words = words.map(lettersOf);
    this.#found = words.map(() => undefined);
  }

  match(): readonly (TokenRange | undefined)[] {
    while (this.#word < this.#words.length && this.#token < this.#text.tokens.length) {
      const end = this.#endOfMatch(this.#word, this.#token);
      if (end !== undefined) this.#take({ word: this.#word, first: this.#token, end });
      else if (this.#words[this.#word] === "") this.#word++;
      else this.#resume();
    }
    return this.#found;
  }

  #take({ word, first, end }: Match): void {
    this.#found[word] = { first, end };
    this.#word = word + 1;
    this.#token = end;
  }

  /** The token behind those that are this word, where it begins with this token. */
  #endOfMatch(word: number, token: number): number | undefined {
    const { letters, tokens } = this.#text;
    const said = this.#words[word] ?? "";
    const at = tokens[token]?.at;
    if (at === undefined || said === "" || !letters.startsWith(said, at)) return undefined;
    let end = token;
    while ((tokens[end]?.end ?? Infinity) < at + said.length) end++;
    return tokens[end]?.end === at + said.length ? end + 1 : undefined;
  }

  /** Goes on behind words and tokens that differ. */
  #resume(): void {
    const { gain, matches } = this.#compareWindow();
    const row = gain < certainGain ? this.#findRow() : undefined;
    if (row) this.#take(row);
    else if (matches.length === 0) this.#word += windowLength;
    // The end of a window is compared again with what follows it.
    else for (const match of matches.slice(0, Math.ceil(matches.length / 2))) this.#take(match);
  }

  /** The way through the window that has the most letters in common, less what it leaves out before the last of them. */
  #compareWindow(): { readonly gain: number; readonly matches: readonly Match[] } {
    const width = Math.min(windowLength, this.#text.tokens.length - this.#token) + 1;
    const height = Math.min(windowLength, this.#words.length - this.#word) + 1;
    const gains = new Float64Array(width * height).fill(-Infinity);
    /** The cell before on the best way to each; its complement where a word matches on the step. */
    const cameFrom = new Int32Array(width * height);
    let best = 0;
    gains[0] = 0;
    const reach = (cell: number, from: number, gain: number): void => {
      if (gain <= (gains[cell] ?? Infinity)) return;
      gains[cell] = gain;
      cameFrom[cell] = from;
    };
    for (let cell = 0; cell < gains.length; cell++) {
      const column = cell % width;
      const word = this.#word + (cell - column) / width;
      const gain = gains[cell] ?? 0;
      if (gain > (gains[best] ?? 0)) best = cell;
      if (column + 1 < width) reach(cell + 1, cell, gain - skipCost);
      if (cell + width >= gains.length) continue;
      reach(cell + width, cell, gain - (this.#words[word] === "" ? 0 : skipCost));
      if (column + 1 < width) reach(cell + width + 1, cell, gain - skipCost);
      const end = this.#endOfMatch(word, this.#token + column);
      if (end === undefined || end - this.#token >= width) continue;
      reach(cell - column + width + end - this.#token, ~cell, gain + this.#gainOf(word, end));
    }
    return { gain: gains[best] ?? 0, matches: this.#wayTo(best, cameFrom, width) };
  }

  #gainOf(word: number, end: number): number {
    const isLast = word === this.#words.length - 1 && end === this.#text.tokens.length;
    return (this.#words[word]?.length ?? 0) + (isLast ? lastGain : 0);
  }

  #wayTo(best: number, cameFrom: Int32Array, width: number): readonly Match[] {
    const matches: Match[] = [];
    for (let cell = best; cell > 0;) {
      const step = cameFrom[cell] ?? 0;
      const from = step < 0 ? ~step : step;
      if (step < 0) {
        matches.push({
          word: this.#word + Math.floor(from / width),
          first: this.#token + (from % width),
          end: this.#token + (cell % width),
        });
      }
      cell = from;
    }
    return matches.reverse();
  }

  /** A row of words, out of those in the window, further on in the text. */
  #findRow(): Match | undefined {
    const { letters, tokens } = this.#text;
    const start = tokens[this.#token]?.at ?? 0;
    const ahead = letters.slice(start, start + rowReach);
    const last = Math.min(this.#word + windowLength, this.#words.length);
    for (let word = Math.max(this.#word, this.#rowsFrom); word < last; word += rowStep) {
      this.#rowsFrom = word + rowStep;
      const row = this.#rowFrom(word);
      const at = row === undefined ? -1 : ahead.indexOf(row);
      const first = at < 0 ? -1 : tokenAt(tokens, start + at);
      const end = first < 0 ? undefined : this.#endOfMatch(word, first);
      if (end !== undefined) return { word, first, end };
    }
    return undefined;
  }

  #rowFrom(word: number): string | undefined {
    let row = "";
    let count = 0;
    for (let at = word; count < rowWords || row.length < rowLetters; at++) {
      const said = this.#words[at];
      if (said === undefined) return undefined;
      if (said !== "") count++;
      row += said;
    }
    return row;
  }
}

/** A word and the tokens that it is. */
interface Match extends TokenRange {
  readonly word: number;
}

/** The index of the token that begins at this letter; −1 where none does. */
function tokenAt(tokens: WordTokens["tokens"], letter: number): number {
  const index = firstIndex(tokens.length, (at) => (tokens[at]?.at ?? Infinity) >= letter);
  return tokens[index]?.at === letter ? index : -1;
}
