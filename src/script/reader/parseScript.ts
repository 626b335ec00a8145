import type { ReadOptions } from "./replaceWords.ts";
import type { Script } from "../model/script.ts";
import { ScriptReader } from "./scriptReader.ts";

export { readSamples } from "../frontMatter/samples.ts";

/**
 * Reads a document: its front matter, its segments and what is to be said of each. Markers of the
 * settings (`options.markers`) and of the front matter add up. Loads the YAML and Markdown readers;
 * `scanScript` alone tells where a document is cut. Never throws, whatever the text. Who reads a document
 * again and again keeps a `ScriptReader`.
 */
export function parseScript(text: string, options: ReadOptions): Script {
  return new ScriptReader().read(text, options);
}
