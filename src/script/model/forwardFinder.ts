/**
 * Finds where something next stands, for questions that only move forward: each stretch of the text
 * is searched once, however often it is asked about. That keeps a scanner linear on hostile text.
 *
 * @param wanted a string, or a pattern with the flag `g`.
 * @returns a function from a UTF-16 offset to the offset of the first match at or after it,
 * `Infinity` where there is none. An offset may not be smaller than the one before.
 */
export function forwardFinder(text: string, wanted: string | RegExp): (from: number) => number {
  let found = -1;
  const search = (from: number): number => {
    if (typeof wanted === "string") return text.indexOf(wanted, from);
    wanted.lastIndex = from;
    return wanted.exec(text)?.index ?? -1;
  };
  return (from) => {
    if (found < from) {
      const index = search(from);
      found = index < 0 ? Infinity : index;
    }
    return found;
  };
}
