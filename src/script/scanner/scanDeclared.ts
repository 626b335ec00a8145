import { readFrontMatter } from "../frontMatter/frontMatter.ts";
import { findFrontMatter, type FrontMatterBlock } from "../frontMatter/frontMatterBlock.ts";
import { scanScript, withDeclared, type Scan, type ScanOptions } from "./scan.ts";
import type { SpeechOptions } from "../model/script.ts";

/** The cuts of a document, those at its front matter's own markers and speakers with them. */
export function scanDeclared(text: string, options: ScanOptions): Scan {
  return scanScript(text, withDeclared(options, readDeclared(text).declared));
}

/** A document's front matter, and what it declares. */
export function readDeclared(text: string): {
  readonly frontMatter: FrontMatterBlock | undefined;
  readonly declared: SpeechOptions;
} {
  const frontMatter = findFrontMatter(text);
  const yaml = frontMatter?.yaml;
  const declared = yaml
    ? readFrontMatter(text.slice(yaml.start, yaml.end), yaml.start).options
    : {};
  return { frontMatter, declared };
}
