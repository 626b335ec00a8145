import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { Root } from "mdast";
import { fastUnderlines } from "./markdownConstructs.ts";

/**
 * Parses GitHub Flavored Markdown.
 *
 * @throws RangeError on some documents that nest too deeply; ask `judgeIntricacy` first.
 */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, {
    extensions: [gfm(), fastUnderlines()],
    // Not their transforms: what they add to the tree has no place in the document.
    mdastExtensions: [gfmFromMarkdown().map(({ enter = {}, exit = {} }) => ({ enter, exit }))],
  });
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
