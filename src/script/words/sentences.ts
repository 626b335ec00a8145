/** What ends in a full stop without ending a sentence: titles, Latin, units, and what stands before numbers and names. */
const ABBREVIATION =
  /(?:^|[^\p{L}\p{N}])(?:mr|mrs|ms|mx|dr|prof|sr|jr|st|mt|gen|col|maj|lt|sgt|capt|cmdr|adm|rev|hon|gov|sen|rep|pres|vs|cf|ca|approx|est|fig|figs|no|nos|nr|vol|ch|sec|pp|ed|eds|al|ff|inc|ltd|co|corp|dept|ave|blvd|rd|bzw|usw|evtl|ggf|hr|fr|hl|str|tel|mme|mlle|dra|sra|ud|uds|art|e\.g|i\.e|a\.k\.a|z\.b|d\.h|u\.a|o\.ä|p\.ej)\.["'”’)\]]*\s*$/iu;
/** An initial, or letters each with its own full stop: `J.`, `U.S.`; not the word `I`. */
const INITIAL = /(?:^|[^\p{L}\p{N}])(?:\p{Lu}\.)*(?!I\.)\p{Lu}\.\s*$/u;
/** A number that may be an ordinal: `am 3. Mai`. */
const ORDINAL = /(?:^|[^\p{L}\p{N}.,])\d{1,2}\.\s*$/u;
/** Languages in which a number with a full stop is an ordinal. */
const ordinalLanguages: ReadonlySet<string> = new Set(
  "cs da de et fi hr hu is lv nb no pl sk sl sr tr".split(" "),
);
/** UTF-16 units that the longest of these takes, with what is around it. */
const reach = 24;

/**
 * Where sentences begin in a text, the first one aside, in UTF-16 units: as Unicode has it (UAX 29), but not behind an
 * abbreviation, nor where what follows begins with a small letter.
 *
 * @param language an ISO 639-1 code.
 */
export function sentenceStarts(text: string, language: string): number[] {
  const starts: number[] = [];
  for (const { index, segment } of segmenterFor(language).segment(text)) {
    const before = text.slice(Math.max(0, index - reach), index);
    // To Unicode an empty line is a sentence of its own.
    if (index === 0 || !/\S/.test(before) || !/\S/.test(segment)) continue;
    if (!/[\r\n]\s*$/.test(before)) {
      if (ABBREVIATION.test(before) || INITIAL.test(before)) continue;
      if (ordinalLanguages.has(language) && ORDINAL.test(before)) continue;
      if (/^["'“‘„«»([]*\p{Ll}/u.test(text.slice(index, index + 8))) continue;
    }
    starts.push(index);
  }
  return starts;
}

function segmenterFor(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: "sentence" });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: "sentence" });
  }
}
