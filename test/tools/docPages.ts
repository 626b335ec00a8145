import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parts } from "./docParts.ts";
import { projectRoot } from "../support/paths.ts";

/** Where the pages lie that the README leads to. */
export const docsFolder = join(projectRoot, "media", "docs");

/** The names of the pages, such as `settings.md`. */
export async function pageNames(): Promise<string[]> {
  return (await readdir(docsFolder)).filter((name) => name.endsWith(".md")).sort();
}

export async function readPage(name: string): Promise<string> {
  return readFile(join(docsFolder, name), "utf8");
}

/** What stands between the two marks of a part that is made from its source. */
const madePart = /(<!-- npm run docs: ([\w-]+) -->\n\n)(?:[^]*?\n\n)?(<!-- \/\2 -->)/g;

/** The names of the parts of a page that are made from their sources. */
export function partsIn(page: string): string[] {
  return [...page.matchAll(madePart)].map(([, , name = ""]) => name);
}

/**
 * The page with its parts as their sources have them now.
 * @throws Error where it has a part that nothing makes
 */
export async function renewed(page: string): Promise<string> {
  const texts = new Map<string, string>();
  for (const name of partsIn(page)) {
    const make = parts[name];
    if (!make) throw new Error(`No part is called “${name}”.`);
    texts.set(name, await make());
  }
  return page.replace(
    madePart,
    (_, begin: string, name: string, end: string) => `${begin}${texts.get(name)}\n\n${end}`,
  );
}
