/** How words fit a transcript, token by token, in order. */
export interface Fit {
  /** How much of both is the same, from 0 to 1: 1 where they have the same letters. */
  readonly score: number;
  /** Letters of the transcript that were found. */
  readonly found: number;
  /** Indices of the first and the last token that are the same, of the words and of the transcript; −1 where none is. */
  readonly firstSaid: number;
  readonly lastSaid: number;
  readonly firstWritten: number;
  readonly lastWritten: number;
  /** Whether the transcript has digits, the words have none, and most else is the same: they may be those digits, read out. */
  readonly mayBeReadOut: boolean;
}

/** So many tokens ahead the same one is looked for, where words and transcript differ. */
const reach = 8;

/** Writings without spaces between words: the service times them by groups of characters, cut anywhere. */
const token =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]\p{M}*|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{N}\p{M}])+/gu;

/**
 * What is compared of a text: its words in lower case, without punctuation and the service's tags. Words come as the transcript
 * has them, with tags around them or without (Cartesia TTS WebSocket reference, timestamps).
 */
export function tokensOf(text: string): readonly string[] {
  const plain = text.replace(/<[^<>]*>/g, " ").replace(/['’]/g, "");
  return plain.normalize("NFKC").toLowerCase().match(token) ?? [];
}

/** How many letters these tokens have. */
export function lettersIn(tokens: readonly string[]): number {
  return tokens.reduce((sum, { length }) => sum + length, 0);
}

/**
 * Compares words with a transcript, both as tokens. Where they differ they find each other again within a few tokens; takes time in
 * proportion to their number.
 */
export function fit(said: readonly string[], written: readonly string[]): Fit {
  let found = 0;
  let firstSaid = -1;
  let lastSaid = -1;
  let firstWritten = -1;
  let lastWritten = -1;
  let i = 0;
  let j = startIn(written, said);
  while (i < said.length && j < written.length) {
    const ahead = nextSame(said, written, i, j);
    if (!ahead) {
      i++;
      j++;
      continue;
    }
    [i, j] = ahead;
    found += written[j]?.length ?? 0;
    if (firstSaid < 0) [firstSaid, firstWritten] = [i, j];
    [lastSaid, lastWritten] = [i++, j++];
  }
  const most = Math.max(lettersIn(said), lettersIn(written));
  return {
    score: most === 0 ? 0 : found / most,
    found,
    firstSaid,
    lastSaid,
    firstWritten,
    lastWritten,
    mayBeReadOut: mayBeReadOut(said, written, found),
  };
}

/** Where the words begin in the transcript: at its start, unless their first two stand together further on. */
function startIn(written: readonly string[], said: readonly string[]): number {
  const [first, second] = said;
  if (first === written[0]) return 0;
  const at = written.findIndex(
    (word, index) => word === first && (second === undefined || written[index + 1] === second),
  );
  return Math.max(0, at);
}

/** The nearest tokens that are the same, from here on. */
function nextSame(
  said: readonly string[],
  written: readonly string[],
  i: number,
  j: number,
): readonly [number, number] | undefined {
  for (let distance = 0; distance <= reach; distance++) {
    for (let over = 0; over <= distance; over++) {
      const word = said[i + over];
      if (word !== undefined && word === written[j + distance - over]) {
        return [i + over, j + distance - over];
      }
    }
  }
  return undefined;
}

function mayBeReadOut(said: readonly string[], written: readonly string[], found: number): boolean {
  if (!hasDigits(written) || hasDigits(said)) return false;
  return found * 2 >= lettersIn(written.filter((word) => !hasDigits([word])));
}

function hasDigits(tokens: readonly string[]): boolean {
  return tokens.some((word) => /\p{Nd}/u.test(word));
}
