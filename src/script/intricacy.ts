/**
 * Seconds of work lie beyond this (measured: emphasis, brackets and quotation marks cost their
 * number's square).
 */
const MOST_WORK = 4e7;
/** No line of a document that was written to be read begins with so much nesting. */
const DEEPEST_LINE = /^(?=.{200})(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/gm;
const LONGEST = 4_000_000;

/**
 * Whether parsing may take very long or overflow the stack, judged in linear time: by length, by
 * nesting, and by how many signs that have to be paired stand between two empty lines.
 */
export function isTooIntricate(markdown: string): boolean {
  return isTooMuch(markdown.length, workIn(markdown));
}

/** Whether Markdown of this length, whose parts make so much work together, is too intricate. */
export function isTooMuch(length: number, work: number): boolean {
  return length > LONGEST || work > MOST_WORK;
}

/**
 * How much work it is to parse: of parts that begin after an empty line it adds up to that of the whole.
 * @returns Infinity where it can't be done, however short.
 */
export function workIn(markdown: string): number {
  for (const [prefix] of markdown.matchAll(DEEPEST_LINE)) {
    if (prefix.length > 200) return Infinity;
  }
  let work = 0;
  for (const block of markdown.split(/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/)) {
    let signs = 0;
    for (const [run] of block.matchAll(/[*_~]+|[[\]`<>]/g)) {
      signs += run.length > 3 ? run.length : 1;
    }
    work += signs * signs;
  }
  return work;
}
