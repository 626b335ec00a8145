/**
 * The limits of what a script may cost to read. A script, its front matter and its sample values are often somebody else's:
 * whatever they hold, time and memory stay in proportion to their length. What is beyond a limit is told at its place.
 */

/**
 * The longest front matter, and the longest file of sample values, that is read: UTF-16 units. Both are a few lines; the
 * library that reads YAML takes some hundred milliseconds for so many at worst.
 */
export const longestYaml = 65_536;

/**
 * The longest Markdown that is read with its structure, in UTF-16 units: about 40 hours of speech. The parser takes about
 * two seconds for a million.
 */
export const longestMarkdown = 4_000_000;

/**
 * What values of variables and pronunciations may put into one segment, in UTF-16 units: about two hours of speech. More
 * is a mistake, or somebody's trick, and would be paid for.
 */
export const mostPutInSegment = 100_000;

/**
 * What they may put into a whole script of so many UTF-16 units. A short word may stand for a long text, again and again:
 * 36 KB of variables with a value of 36 KB would make 250 million characters.
 */
export function mostPutInScript(length: number): number {
  return 1_000_000 + 4 * length;
}

/** The longest word that pronunciations are looked for, in UTF-16 units. What is longer is no word. */
export const longestWord = 200;

/**
 * How much work a document's Markdown may make altogether: seconds lie beyond. Counted in what `judgeIntricacy` estimates, ten
 * nanoseconds or so each.
 */
export const mostWork = 4e7;

/**
 * How much a part of it may make that can't be read but as a whole, of so many UTF-16 units. What makes more is spoken
 * without its structure: the parser's work on signs that have to be paired, and on nested containers, grows with their
 * square.
 */
export function workAllowed(length: number): number {
  return Math.min(mostWork, 200_000 + 500 * length);
}
