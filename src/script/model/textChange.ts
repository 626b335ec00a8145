/** How many UTF-16 units two texts have in common at their starts, and how many of the others at their ends. */
export interface CommonEnds {
  readonly head: number;
  readonly tail: number;
}

/** Where one version of a text is as another. Takes no longer than to compare them. */
export function commonEnds(one: string, other: string): CommonEnds {
  const head = commonStart(one, other);
  return { head, tail: commonEnd(one, other, Math.min(one.length, other.length) - head) };
}

/** How many UTF-16 units two texts have in common at their starts. */
function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  return longest(most, (from, to) => one.slice(from, to) === other.slice(from, to));
}

/** How many UTF-16 units two texts have in common at their ends, of `most` at most. */
function commonEnd(one: string, other: string, most: number): number {
  const end = (text: string, from: number, to: number): string =>
    text.slice(text.length - to, text.length - from);
  return longest(most, (from, to) => end(one, from, to) === end(other, from, to));
}

/** Long strings are compared many times faster than one character after the other. */
function longest(most: number, isSame: (from: number, to: number) => boolean): number {
  let at = 0;
  for (let step = 1 << 16; step >= 1; step >>= 4) {
    while (at + step <= most && isSame(at, at + step)) at += step;
  }
  return at;
}

/**
 * The same text, on its own. What is cut out of a document keeps the whole document in memory for as long as it is kept
 * itself; a segment that nobody edits would so hold on to the document as it once was.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1); // joined text is written anew before it is cut
}
