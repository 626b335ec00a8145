import type { WordView } from "../../../panel/messages.ts";

/** A piece of a transcript: a word of which it is known when it is said, or what stands between such words. */
export interface TranscriptPiece {
  readonly text: string;
  readonly word?: WordView;
}

/** Cuts a transcript at its words; the pieces in a row are the transcript. Words that don't lie in it in order are left out. */
export function cutWords(transcript: string, words: readonly WordView[]): TranscriptPiece[] {
  const pieces: TranscriptPiece[] = [];
  let at = 0;
  for (const word of words) {
    if (word.from < at || word.to <= word.from || word.to > transcript.length) continue;
    if (word.from > at) pieces.push({ text: transcript.slice(at, word.from) });
    pieces.push({ text: transcript.slice(word.from, word.to), word });
    at = word.to;
  }
  if (at < transcript.length) pieces.push({ text: transcript.slice(at) });
  return pieces;
}
