import { readFrontMatter } from "../frontMatter/frontMatter.ts";
import { findFrontMatter } from "../frontMatter/frontMatterBlock.ts";
import { scanScript, withDeclared, type Scan, type ScanOptions } from "./scan.ts";

/** The cuts of a document, those at its front matter's own markers and speakers with them. */
export function scanDeclared(text: string, options: ScanOptions): Scan {
  const { yaml, isToml } = findFrontMatter(text) ?? {};
  const declared = yaml
    ? readFrontMatter(text.slice(yaml.start, yaml.end), yaml.start, isToml).options
    : {};
  return scanScript(text, withDeclared(options, declared));
}
