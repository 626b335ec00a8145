import type * as vscode from "vscode";
import { ParseCache } from "../../script/reader/parseCache.ts";
import { textOf } from "./documentText.ts";

const caches = new WeakMap<vscode.TextDocument, ParseCache>();

/**
 * What a document was parsed to, for all who read it: preview, problems, edits. The next reading costs what has changed since
 * the last one, whoever asked for that.
 */
export function cacheOf(document: vscode.TextDocument): ParseCache {
  const cache = caches.get(document) ?? new ParseCache();
  caches.set(document, cache);
  return cache;
}

/** UTF-16 units that are read at once, so that other work is done in between. */
const stepLength = 32 * 1024;

/** Whether so much of a document is new since it was last read that this would hold up who types: it is opened, or pasted. */
export function isLongNew(document: vscode.TextDocument): boolean {
  const before = cacheOf(document).last?.text.length ?? 0;
  return textOf(document).length - before > stepLength;
}

/** Has the beginnings of a document's text read, longer and longer: each time only what is new takes long. */
export async function readAhead(
  document: vscode.TextDocument,
  read: (beginning: string) => void,
): Promise<void> {
  const text = textOf(document);
  for (let end = stepLength; end < text.length && !document.isClosed; end += stepLength) {
    read(text.slice(0, end));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
