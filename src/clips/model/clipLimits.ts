/**
 * How much is read of files that may come from anybody: a folder of clips is part of a repository. Each limit is far above what is
 * written here, and keeps the work and the memory of opening a folder in proportion to its files.
 */
export const clipLimits = {
  /**
   * Bytes of a manifest. Nearly all of it are words, 110 bytes each: 64 MiB are half a million words, some ten books. Where
   * there is more to say, words are left out that WAV files say themselves; a larger one counts as damaged.
   */
  manifestBytes: 64 << 20,
  /** Signs in a manifest: an object and three values for each word, and a few more for each clip, for as many words. */
  manifestValues: { "{": 1_000_000, "[": 500_000, ",": 5_000_000 },
  /** Objects and lists in a manifest, one inside the other: those written here have 4. */
  manifestDepth: 16,
  /** Bytes that a WAV file says beside its samples: 200,000 words with their times, and a transcript of a megabyte. */
  noteBytes: 16 << 20,
  /** Bytes of the transcript in a WAV file: scripts are smaller. */
  transcriptBytes: 8 << 20,
  /** Bytes of what a WAV file says of itself in its comment, which is half a kilobyte. */
  commentBytes: 64 << 10,
  /** Words of a clip: a numeral such as `$1,234` has more words than characters. A context may have no more (`serviceLimits`). */
  words: { spare: 200, perCharacter: 2 },
  /** UTF-16 units of a word. */
  word: 200,
  /** Flush ids of a clip: it has one or two. */
  flushIds: 100,
  /** UTF-16 units of an identity, or of a service's, a model's or a voice's name: an identity is a hash. */
  name: 500,
  /** Milliseconds that the service may have taken, and characters that may have been sent: more is a slip of the pen. */
  amount: 1e12,
} as const;

/** The most words that a clip of this transcript can have. */
export function mostWordsOf(transcript: string): number {
  const { spare, perCharacter } = clipLimits.words;
  return spare + perCharacter * transcript.length;
}
