import type { Word } from "../../protocol/serverMessage.ts";
import { TranscriptWords } from "../../script/words/placeWords.ts";

/** A word of a segment's transcript, and when it is said. */
export interface PlacedWord {
  /** Where it stands in the transcript, in UTF-16 units: `from` is inside, `to` is not. */
  readonly from: number;
  readonly to: number;
  /** In seconds from the start of the segment's audio. */
  readonly start: number;
  readonly end: number;
}

/** The words that have a place in this transcript, by their starts. */
export function placedWords(
  transcript: string | TranscriptWords,
  words: readonly Word[],
): readonly PlacedWord[] {
  if (words.length === 0) return [];
  const text = typeof transcript === "string" ? new TranscriptWords(transcript) : transcript;
  const inOrder = [...words].sort((a, b) => a.start - b.start);
  const places = text.place(inOrder.map((word) => word.text));
  return inOrder.flatMap(({ start, end }, at) => {
    const place = places[at];
    return place ? [{ ...place, start, end }] : [];
  });
}

/** Places the words of a run's segments, which are told again and again: each transcript is read once. */
export class WordPlacer {
  readonly #transcriptOf: (segment: number) => string;
  readonly #read = new Map<number, TranscriptWords>();

  constructor(transcriptOf: (segment: number) => string) {
    this.#transcriptOf = transcriptOf;
  }

  /** The words of a segment that have a place in its transcript, by their starts. */
  place(segment: number, words: readonly Word[]): readonly PlacedWord[] {
    const transcript = this.#read.get(segment) ?? new TranscriptWords(this.#transcriptOf(segment));
    this.#read.set(segment, transcript);
    return placedWords(transcript, words);
  }

  /** Lets go of a segment of which no more words are told. */
  forget(segment: number): void {
    this.#read.delete(segment);
  }
}
