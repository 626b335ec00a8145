import { fromMarkdown } from "mdast-util-from-markdown";
import type { Extension } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { Root } from "mdast";

/**
 * Parses GitHub Flavored Markdown.
 *
 * @param listener told of the tokens as the tree is made of them.
 * @throws RangeError on some documents that nest too deeply; ask `isTooIntricate` first.
 */
export function parseMarkdown(markdown: string, listener: Extension = {}): Root {
  return fromMarkdown(markdown, {
    extensions: [gfm()],
    // Not their transforms: what they add to the tree has no place in the document.
    mdastExtensions: [
      gfmFromMarkdown().map(({ enter = {}, exit = {} }) => ({ enter, exit })),
      listener,
    ],
  });
}

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
  if (markdown.length > LONGEST) return true;
  for (const [prefix] of markdown.matchAll(DEEPEST_LINE)) if (prefix.length > 200) return true;
  let work = 0;
  for (const block of markdown.split(/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/)) {
    let signs = 0;
    for (const [run] of block.matchAll(/[*_~]+|[[\]`<>]/g))
      signs += run.length > 3 ? run.length : 1;
    work += signs * signs;
  }
  return work > MOST_WORK;
}

/**
 * What a character reference such as `&eacute;` or `&#8364;` stands for; itself where it stands for
 * nothing.
 */
export function decodeReference(reference: string): string {
  const [paragraph] = fromMarkdown(reference).children;
  const [text] = paragraph?.type === "paragraph" ? paragraph.children : [];
  return text?.type === "text" ? text.value : reference;
}
