import { findFrontMatter } from "../../script/frontMatter/frontMatterBlock.ts";
import { longestYaml } from "../../script/model/scriptLimits.ts";
import { readTomlDocument } from "../../script/frontMatter/tomlDocument.ts";
import { readYaml } from "../../script/frontMatter/yamlDocument.ts";

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
  if (!block || block.yaml.end - block.yaml.start > longestYaml) return undefined;
  try {
    const front = text.slice(block.yaml.start, block.yaml.end);
    const document = block.isToml ? readTomlDocument(front).document : readYaml(front);
    const title: unknown = document.get("title");
    return typeof title === "string" && title.trim() !== "" ? title.trim() : undefined;
  } catch {
    return undefined; // the library throws on what is nested too deep
  }
}
