import type * as vscode from "vscode";
import { ParseCache } from "../../script/reader/parseCache.ts";

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
