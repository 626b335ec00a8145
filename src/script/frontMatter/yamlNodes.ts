import { isAlias, isScalar } from "yaml";
import type { Document, Node, Pair } from "yaml";
import { targetOf } from "./yamlDocument.ts";

/** The text of a key. */
export function keyName(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/**
 * Follows an alias one step, if it leads anywhere: what we read are scalars, lists and maps of few levels, so nothing
 * expands.
 */
export function resolve(document: Document, value: unknown): unknown {
  return isAlias(value) ? (targetOf(document, value) ?? value) : value;
}

/** Whether a key stands without a value. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (isScalar(value) && value.value === null);
}

/** Where a pair's value stands, or its key where it has none. */
export function rangeOf(pair: Pair, part: "key" | "value" = "value"): [number, number] {
  const node = (part === "value" ? (pair.value ?? pair.key) : pair.key) as Node | null;
  const [start, end] = node?.range ?? [0, 0];
  return [start, end];
}
