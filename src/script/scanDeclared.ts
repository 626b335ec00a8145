import { readFrontMatter } from "./frontMatter.ts";
import { findFrontMatter } from "./frontMatterBlock.ts";
import { scanScript, type Scan, type ScanOptions } from "./scan.ts";

/** The cuts of a document, those at its front matter's own markers and speakers with them. */
export function scanDeclared(text: string, options: ScanOptions): Scan {
  const { language, markers = [], speakers = [] } = options;
  const yaml = findFrontMatter(text)?.yaml;
  const { flush = [], cast = {} } = yaml
    ? readFrontMatter(text.slice(yaml.start, yaml.end), yaml.start).options
    : {};
  return scanScript(text, {
    language,
    markers: [...markers, ...flush],
    speakers: [...speakers, ...Object.keys(cast)],
  });
}
