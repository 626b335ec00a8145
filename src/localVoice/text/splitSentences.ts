/** What ends in a full stop without ending a sentence: titles, Latin, and a capital that is not `I`, as in `U.S.` */
const abbreviation =
  /(?:^|[^\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Rev|Hon|Mt|vs|cf|approx|e\.g|i\.e|[A-HJ-Z])\.\s*$/u;

/** The longest abbreviation with what stands before it and after it. */
const abbreviationReach = 16;

/**
 * Splits English text into sentences, which joined give the text. A line's end always ends one; an abbreviation's full
 * stop does not.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { segment, index } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(
    text,
  )) {
    const end = index + segment.length;
    const tail = text.slice(Math.max(start, end - abbreviationReach), end);
    if (end < text.length && !segment.endsWith("\n") && abbreviation.test(tail)) continue;
    sentences.push(text.slice(start, end));
    start = end;
  }
  return sentences;
}
