import type * as vscode from "vscode";
import type { Script } from "../../script/model/script.ts";
import { textOf } from "./documentText.ts";
import { readingOptions } from "./edits.ts";
import { cacheOf, isLongNew, readAhead } from "./parseCaches.ts";
import type { SampleValues } from "./sampleValues.ts";

/** Reads a document as it is when that is done; what was read of it before is not read again. */
export async function readScript(
  document: vscode.TextDocument,
  samples: SampleValues,
): Promise<Script> {
  const { parseScript } = await import("../../script/reader/parseScript.ts");
  const options = await readingOptions(document, samples);
  const cache = cacheOf(document);
  if (isLongNew(document)) {
    await readAhead(document, (beginning) => void parseScript(beginning, options, cache));
  }
  return parseScript(textOf(document), options, cache);
}
