/**
 * The same text, on its own. What is cut out of a document keeps the whole document in memory for as long as it is kept
 * itself; a segment that nobody edits would so hold on to the document as it once was.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1); // joined text is written anew before it is cut
}
