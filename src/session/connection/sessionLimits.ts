/**
 * How much a service may send. Each limit is far above what honest services do, and keeps the work and the memory that one can
 * ask for in proportion to what was sent to it.
 */
export const serviceLimits = {
  /**
   * Characters of a frame. Live chunks are 22 kB (Cartesia TTS WebSocket reference, chunk); this has room for a minute of audio
   * in one piece, and no room for an answer that takes seconds to be read.
   */
  frame: 16 << 20,
  /** Of a context, beside what its text may need: acknowledgements, messages of types to come, and what is late. */
  spare: { frames: 10_000, characters: 8 << 20 },
  /** Frames for each second of audio that a context may have: 777 bytes are 4 ms of the largest format, and words come beside them. */
  framesPerSecond: 400,
  /** Characters of frames for each byte of audio that a context may have: Base64 takes 4 for 3. */
  charactersPerByte: 1.5,
  /** Words of a context: a numeral such as `$1,234` has more words than characters. */
  words: { spare: 200, perCharacter: 2 },
  /** UTF-16 units of a word. */
  word: 200,
  /** Of a list of voices; Cartesia has about a thousand. */
  voices: {
    most: 10_000,
    pages: 500,
    /** Milliseconds for all pages. */
    ms: 120_000,
    /** Bytes of a page, which is some hundred kilobytes at most. */
    page: 16 << 20,
    /** Characters of an id; a voice whose id is longer is left out. */
    id: 200,
    /** Characters of what is said of a voice, each; what is longer is cut. */
    name: 200,
    description: 2_000,
    /** Languages of a voice. */
    languages: 100,
    /** Accents of a voice, which has ten at most; and characters of the id of one. */
    accents: 20,
    accentId: 60,
    /** Accents that a service lists; Cartesia has about eighty. */
    allAccents: 1_000,
  },
} as const;

/**
 * How many seconds a segment's audio may have: far more than texts can be, pauses included. In lower-case letters English has 15
 * characters a second, and 9 at the slowest speed; a letter without cases may be a syllable, as in Chinese, or two; whatever else, as a digit
 * or a capital, may be a whole word, and so may each letter that is spelled.
 */
const seconds = { spare: 30, lowerCase: 0.15, uncased: 0.5, other: 1, breaks: 600 } as const;

const lowerCase = /[\p{Ll}\p{M}\s]+/gu;
const uncased = /[\p{Lo}\p{Lm}]+/gu;
const breaks = /<break\s+time=["']?(\d{1,9}(?:\.\d{1,9})?)(m?s)\b/gi;

/** The most seconds of audio that a transcript can have. */
export function mostSecondsOf(transcript: string): number {
  let asked = 0;
  for (const [, amount, unit] of transcript.matchAll(breaks)) {
    asked += Number(amount) / (unit?.length === 2 ? 1000 : 1);
  }
  const pauses = seconds.spare + Math.min(asked, seconds.breaks);
  if (/<spell\b/i.test(transcript)) return pauses + seconds.other * transcript.length;
  const cased = transcript.replace(lowerCase, "").length;
  const others = transcript.replace(lowerCase, "").replace(uncased, "").length;
  return (
    pauses +
    seconds.lowerCase * (transcript.length - cased) +
    seconds.uncased * (cased - others) +
    seconds.other * others
  );
}

/**
 * So many seconds of audio are the least that is progress, in the time that may pass without any (`SessionLimits.nextAudioMs`): a
 * service that sends less would never be heard to its end.
 */
export const leastSeconds = 0.5;
