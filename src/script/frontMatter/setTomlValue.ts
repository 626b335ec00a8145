import { isMap, isScalar, type YAMLMap } from "yaml";
import type { TextEdit } from "../model/textEdit.ts";
import { readTomlDocument } from "./tomlDocument.ts";
import { keyName, rangeOf } from "./yamlNodes.ts";

/**
 * The edit that gives a key this value in TOML: in its place, below the table that it belongs to, or in a new table at the
 * end. What it finds is to be checked.
 * @returns nothing where a key above it is no table, or stands in braces
 */
export function setTomlValue(
  toml: string,
  keys: readonly string[],
  value: string,
  eol: string,
): TextEdit | undefined {
  const { document, headers } = readTomlDocument(toml);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const above = keys.slice(0, -1);
  let table: YAMLMap = document.contents;
  for (const key of above) {
    const next = valueOf(table, key);
    if (next === undefined) break;
    if (!isMap(next) || next.flow) return undefined;
    table = next;
  }
  const key = keys.at(-1) ?? "";
  const pair = table.items.find((item) => keyName(item.key) === key);
  const header = headers.get(JSON.stringify(above));
  if (pair && (header !== undefined || valueAt(document.contents, above) === table)) {
    if (!isScalar(pair.value)) return undefined;
    const [start, end] = rangeOf(pair);
    return { start, end, text: JSON.stringify(value) };
  }
  const line = `${nameOf(key)} = ${JSON.stringify(value)}`;
  if (header !== undefined) {
    const end = /\r\n|\n|\r|$/.exec(toml.slice(header))?.index ?? 0;
    return { start: header + end, end: header + end, text: eol + line };
  }
  const gap = toml === "" || /(?:^|[\r\n])$/.test(toml) ? "" : eol;
  const text = `${gap}[${above.map(nameOf).join(".")}]${eol}${line}${eol}`;
  return { start: toml.length, end: toml.length, text };
}

function valueOf(table: YAMLMap, key: string): unknown {
  return table.items.find((item) => keyName(item.key) === key)?.value ?? undefined;
}

function valueAt(table: unknown, keys: readonly string[]): unknown {
  return keys.reduce((found, key) => (isMap(found) ? valueOf(found, key) : undefined), table);
}

function nameOf(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}
