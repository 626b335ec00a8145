import { parseDocument } from "yaml";
import { findFrontMatter } from "../script/frontMatterBlock.ts";

/** UTF-16 units of a front matter that is read, as where its options are. */
const longest = 64 * 1024;

/**
 * What names a script: the `title` of its front matter, or the document's name without its ending and without the
 * `.speech` before it. Never throws.
 * @param documentName as it is in its folder.
 */
export function scriptTitle(text: string, documentName: string): string {
  const named = documentName.replace(/(?<=.)\.[^.]*$/, "").replace(/(?<=.)\.speech$/i, "");
  return titleIn(text) ?? named;
}

function titleIn(text: string): string | undefined {
  const block = findFrontMatter(text);
  if (!block || block.yaml.end - block.yaml.start > longest) return undefined;
  try {
    const yaml = text.slice(block.yaml.start, block.yaml.end).replace(/\r(?!\n)/g, "\n");
    const title: unknown = parseDocument(yaml).get("title");
    return typeof title === "string" && title.trim() !== "" ? title.trim() : undefined;
  } catch {
    return undefined; // the library throws on what is nested too deep
  }
}
