import type { Word } from "./serverMessage.ts";
import { wordTolerance } from "./wordSequence.ts";
import { fit, lettersIn, tokensOf, type Fit } from "./transcriptFit.ts";
import { TranscriptIndex } from "./transcriptIndex.ts";

/** What words say of the audio in which they were said; `undefined` where they can't tell. */
export type Verdict =
  /** It is this segment's, to its end. */
  | { readonly type: "confirmed" }
  /** It is another segment's; `fits` is the position whose whole audio it is, where that is sure. */
  | { readonly type: "refuted"; readonly isOthers: true; readonly fits: number | undefined }
  /** It is not this segment's whole audio, or not this one's alone. */
  | { readonly type: "refuted"; readonly isOthers: false }
  | undefined;

/** From this score on words are a transcript's, though they may be written in another way here and there … */
const good = 0.75;
/** … and by so much they are rather the one's than the other's. */
const clear = 0.25;
/** So much of a neighbour's transcript beside a segment's own means that it was said there, too. */
const most = 0.5;
/** So many other transcripts are compared: those that have most of the words. */
const mostOthers = 3;

/**
 * Judges by words which of a context's segments was said in a stretch of its audio. Words of another writing than the transcript's,
 * or read out (numbers), neither confirm nor refute. Takes time in proportion to the words and to the transcript.
 */
export class WordWitness {
  readonly #own: TranscriptIndex;
  readonly #elsewhere: TranscriptIndex | undefined;

  /** `transcripts`: those of the context, in order. `elsewhere` has those of other contexts; it may have these, too. */
  constructor(transcripts: readonly string[], elsewhere?: TranscriptIndex) {
    this.#own = new TranscriptIndex(transcripts);
    this.#elsewhere = elsewhere;
  }

  /**
   * Judges the words that were said in audio of so many `seconds`; their times count from its start. Where they were told out of
   * order, it may be their times that show that it is this segment's.
   * @param how.mayBeLate whether they may belong to what came before.
   */
  judge(
    position: number,
    words: readonly Word[],
    seconds: number,
    how: { readonly mayBeLate: boolean },
  ): Verdict {
    const verdict = this.#judgeInOrder(position, words, seconds, how);
    const isOrdered = words.every(({ start }, at) => start >= (words[at - 1]?.start ?? -Infinity));
    if (verdict?.type !== "refuted" || isOrdered) return verdict;
    const ordered = [...words].sort((a, b) => a.start - b.start);
    const other = this.#judgeInOrder(position, ordered, seconds, how);
    return other?.type === "confirmed" ? other : verdict;
  }

  #judgeInOrder(
    position: number,
    words: readonly Word[],
    seconds: number,
    how: { readonly mayBeLate: boolean },
  ): Verdict {
    const said = words.flatMap(({ text }) => tokensOf(text));
    const last = words.at(-1);
    if (said.length === 0 || !last || !this.#own.has(position)) return undefined;
    const own = fit(said, this.#own.tokensAt(position));
    const other = this.#best(said, position);
    if (
      other &&
      isOthers(own, other.fit, lettersIn(said)) &&
      !(how.mayBeLate && other.position < position)
    ) {
      const isWhole = other.fit.score === 1 && !this.#hasTwin(other.position);
      const fits = isWhole && coversLast(last, seconds) ? other.position : undefined;
      return { type: "refuted", isOthers: true, fits };
    }
    if (this.#isOfOtherContext(said, own)) {
      return { type: "refuted", isOthers: true, fits: undefined };
    }
    const isRefuted =
      this.#isMixed(said, own) ||
      this.#hasNeighbour(said, own, position, how.mayBeLate) ||
      isTooShort(words, seconds) ||
      this.#isPart(said, own, { position, words, seconds });
    if (isRefuted) return { type: "refuted", isOthers: false };
    const isClear = own.score === 1 || (other?.fit.score ?? 0) <= own.score - clear;
    const isConfirmed =
      own.score >= good &&
      isClear &&
      this.#isToItsEnds(said, own, position) &&
      coversLast(last, seconds) &&
      !this.#hasTwin(position);
    return isConfirmed ? { type: "confirmed" } : undefined;
  }

  /** What fits best of the other transcripts, but for those that are alike. */
  #best(
    said: readonly string[],
    position: number,
  ): { readonly position: number; readonly fit: Fit } | undefined {
    const key = this.#own.keyAt(position);
    return this.#others(said, position)
      .filter((other) => this.#own.keyAt(other) !== key)
      .map((other) => ({ position: other, fit: fit(said, this.#own.tokensAt(other)) }))
      .reduce<{ readonly position: number; readonly fit: Fit } | undefined>(
        (best, next) => (best && best.fit.score >= next.fit.score ? best : next),
        undefined,
      );
  }

  /** The neighbours, and those that have most of the words. */
  #others(said: readonly string[], position: number): number[] {
    const near = [position - 1, position + 1].filter((at) => this.#own.has(at));
    const others = [...this.#own.closest(said, mostOthers + 1), ...near];
    return [...new Set(others)].filter((at) => at !== position);
  }

  /** Whether the words are rather those of a transcript that another context has. */
  #isOfOtherContext(said: readonly string[], own: Fit): boolean {
    const elsewhere = this.#elsewhere;
    if (!elsewhere || own.score === 1) return false;
    return elsewhere
      .closest(said, mostOthers + 1)
      .filter((at) => this.#own.countOf(elsewhere.keyAt(at)) === 0)
      .some((at) => isOthers(own, fit(said, elsewhere.tokensAt(at)), lettersIn(said)));
  }

  /** Whether the words are the context's, as they are written there, and much of them not this segment's. */
  #isMixed(said: readonly string[], own: Fit): boolean {
    const letters = lettersIn(said);
    if (own.found >= 0.6 * letters || own.mayBeReadOut) return false;
    return lettersIn(said.filter((word) => this.#own.hasToken(word))) >= 0.9 * letters;
  }

  /** Whether most of the segment before was said in front of what is this one's, or of the next one behind it. */
  #hasNeighbour(said: readonly string[], own: Fit, position: number, mayBeLate: boolean): boolean {
    if (own.firstSaid < 0) return false;
    const has = (rest: readonly string[], at: number): boolean => {
      if (rest.length === 0 || !this.#own.has(at)) return false;
      const written = this.#own.tokensAt(at);
      const { found } = fit(rest, written);
      return found > 0 && found >= most * lettersIn(written) && found >= most * lettersIn(rest);
    };
    const before = said.slice(0, own.firstSaid);
    const behind = said.slice(own.lastSaid + 1);
    return (!mayBeLate && has(before, position - 1)) || has(behind, position + 1);
  }

  /**
   * Whether the words, all of them the transcript's, begin behind its start or break off before its end, and the audio with them.
   * Where there is audio for as long as what is missing takes, only words are.
   */
  #isPart(
    said: readonly string[],
    own: Fit,
    { position, words, seconds }: { position: number; words: readonly Word[]; seconds: number },
  ): boolean {
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last || own.found < 0.9 * lettersIn(said)) return false;
    const written = this.#own.tokensAt(position);
    const heard = written.slice(own.firstWritten, own.lastWritten + 1);
    const takes = (missing: readonly string[], { start, end }: Word): number => {
      if (missing.length === 0) return -Infinity;
      const words = missing.length / heard.length;
      const letters = lettersIn(missing) / Math.max(1, lettersIn(heard));
      const least = 0.5 * Math.min(words, letters) * (last.end - first.start);
      return Math.max(least, 0.25 * (end - start));
    };
    const before = own.firstSaid === 0 ? written.slice(0, own.firstWritten) : [];
    const isAtEnd = own.lastSaid === said.length - 1;
    const behind = isAtEnd ? written.slice(own.lastWritten + 1) : [];
    return first.start < takes(before, first) || seconds - last.end < takes(behind, last);
  }

  #isToItsEnds(said: readonly string[], own: Fit, position: number): boolean {
    return (
      own.firstSaid === 0 &&
      own.firstWritten === 0 &&
      own.lastSaid === said.length - 1 &&
      own.lastWritten === this.#own.tokensAt(position).length - 1
    );
  }

  #hasTwin(position: number): boolean {
    return this.#own.countOf(this.#own.keyAt(position)) > 1;
  }
}

/** Whether words are another transcript's rather than this one's: all of that, or the better part, or nothing but a part of it. */
function isOthers(own: Fit, other: Fit, letters: number): boolean {
  if (own.score === 1 || own.mayBeReadOut) return false;
  const isPart = other.found >= 0.9 * letters && own.found <= clear * letters;
  return other.score === 1 || isPart || (other.score >= good && other.score - own.score >= clear);
}

/** Whether the audio goes on until the last word has been said: times are rounded, and may be out by a little. */
function coversLast({ start, end }: Word, seconds: number): boolean {
  return end <= seconds + Math.min(wordTolerance, (end - start) / 4);
}

/** Whether the audio ends within its last word, or before, though it has most of the others. */
function isTooShort(words: readonly Word[], seconds: number): boolean {
  const last = words.at(-1);
  if (!last || last.end <= seconds + (last.end - last.start) / 3) return false;
  const middle = ({ start, end }: Word): number => (start + end) / 2;
  const inside = words.filter((word) => middle(word) >= 0 && middle(word) <= seconds).length;
  return inside * 2 >= words.length;
}
