import { findFrontMatter } from "../../script/frontMatter/frontMatterBlock.ts";
import type { Span } from "../../script/model/script.ts";
import { readFlowMapping, type FlowMapping } from "./flowMapping.ts";

/** A place in a front matter, as far as `key: value` is written there, on a line or in braces. */
export interface FrontMatterPlace {
  /** The keys above it, from the top; "" stands for what is no plain key. */
  readonly path: readonly string[];
  readonly key: Span;
  /** The key without its quotes. */
  readonly name: string;
  /** Where the value stands; nothing where there is no colon yet, or no place in the value. */
  readonly value: Span | undefined;
  /** The other keys beside it. */
  readonly siblings: readonly string[];
}

/** Whether these keys lead to the settings of the script or of a speaker. */
export function takesSettings(path: FrontMatterPlace["path"]): boolean {
  return (path.length === 1 && path[0] === "speech") || isSpeaker(path);
}

/** Whether these keys lead to the speakers. */
export function isCast(path: FrontMatterPlace["path"]): boolean {
  return path.length === 2 && path[0] === "speech" && path[1] === "cast";
}

/** Whether these keys lead to the settings of a speaker. */
export function isSpeaker(path: FrontMatterPlace["path"]): boolean {
  return path.length === 3 && isCast(path.slice(0, 2));
}

/** Whether the value of a place is a voice: that of the script, or of a speaker, alone or among other settings. */
export function takesVoice({ path, name }: FrontMatterPlace): boolean {
  return isCast(path) || (takesSettings(path) && name === "voice");
}

interface Line extends Span {
  readonly indent: number;
  /** Empty, or a comment. */
  readonly isBlank: boolean;
  readonly key: Span;
  readonly name: string;
  readonly value: Span | undefined;
}

/** UTF-16 units: the longest front matter that is read at all. */
const LONGEST = 65_536;

/** What is written at an offset of the front matter, if it lies there. */
export function frontMatterPlaceAt(text: string, offset: number): FrontMatterPlace | undefined {
  const { yaml, isToml } = findFrontMatter(text) ?? {};
  if (!yaml || isToml || offset < yaml.start || offset > yaml.end) return undefined;
  const lines = linesOf(text, { ...yaml, end: Math.min(yaml.end, yaml.start + LONGEST) });
  const at = lines.findIndex(({ start, end }) => start <= offset && offset <= end);
  const line = lines[at];
  if (!line) return undefined;
  const path = keysAbove(lines, at);
  const { key, name, value } = line;
  if (value && offset > value.start && text[value.start] === "{") {
    const flow = readFlowMapping(text, { start: value.start, end: line.end });
    const within = placeIn(text, flow, offset, [...path, name]);
    return within ?? { path, key, name, value: undefined, siblings: [] };
  }
  return { path, key, name, value, siblings: keysBeside(lines, at) };
}

function linesOf(text: string, yaml: Span): Line[] {
  const lines: Line[] = [];
  let { start } = yaml;
  for (const { index, 0: ending } of text.slice(yaml.start, yaml.end).matchAll(/\r\n|\n|\r/g)) {
    lines.push(readLine(text, { start, end: yaml.start + index }));
    start = yaml.start + index + ending.length;
  }
  return lines;
}

function readLine(text: string, { start, end }: Span): Line {
  const line = text.slice(start, end);
  const indent = line.length - line.trimStart().length;
  const colon = colonIn(line, indent);
  const written = line.slice(indent, colon < 0 ? undefined : colon).trimEnd();
  const key = { start: start + indent, end: start + indent + written.length };
  return {
    start,
    end,
    indent,
    isBlank: written === "" || written.startsWith("#"),
    key,
    name: unquoted(written),
    value: colon < 0 ? undefined : valueIn(line, colon + 1, start),
  };
}

/** Where the key ends; -1 where there is no colon behind it. */
function colonIn(line: string, indent: number): number {
  const quote = line[indent] ?? "";
  const closing = /["']/.test(quote) ? line.indexOf(quote, indent + 1) : indent;
  const from = Math.max(indent, closing);
  const found = line.slice(from).search(/:(?=[ \t]|$)/);
  return found < 0 ? -1 : from + found;
}

/** A text in quotes: a number sign in it begins no comment. */
const QUOTED = /^[ \t]*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/;

function valueIn(line: string, from: number, base: number): Span {
  const rest = line.slice(from);
  const quoted = QUOTED.exec(rest)?.[0].length ?? 0;
  const comment = rest.slice(quoted).search(/(?<=[ \t])#/);
  const written = comment < 0 ? rest : rest.slice(0, quoted + comment);
  const start = from + written.length - written.trimStart().length;
  return { start: base + start, end: base + Math.max(start, from + written.trimEnd().length) };
}

/** The keys of the lines that a line stands below, each further out than the one under it. */
function keysAbove(lines: readonly Line[], at: number): string[] {
  const path: string[] = [];
  let depth = lines[at]?.indent ?? 0;
  for (let above = at - 1; above >= 0 && depth > 0; above--) {
    const line = lines[above];
    if (!line || line.isBlank || line.indent >= depth) continue;
    const holdsMore = line.value && line.value.start === line.value.end;
    path.unshift(holdsMore ? line.name : "");
    depth = line.indent;
  }
  return path;
}

function keysBeside(lines: readonly Line[], at: number): string[] {
  const depth = lines[at]?.indent ?? 0;
  const names: string[] = [];
  for (const step of [-1, 1]) {
    for (let other = at + step; ; other += step) {
      const line = lines[other];
      if (!line || (!line.isBlank && line.indent < depth)) break;
      if (!line.isBlank && line.indent === depth && line.value) names.push(line.name);
    }
  }
  return names;
}

function placeIn(
  text: string,
  { start, end, isClosed, entries }: FlowMapping,
  offset: number,
  path: readonly string[],
): FrontMatterPlace | undefined {
  if (offset <= start || (isClosed && offset >= end)) return undefined;
  const entry = entries.filter((one) => one.start <= offset).at(-1);
  if (!entry) return undefined;
  const nameOf = ({ key }: { readonly key: Span }): string =>
    unquoted(text.slice(key.start, key.end));
  const name = nameOf(entry);
  const { mapping } = entry;
  if (mapping && offset > mapping.start) return placeIn(text, mapping, offset, [...path, name]);
  const isEmpty = entry.key.start === entry.key.end && !entry.value;
  return {
    path,
    key: isEmpty ? { start: offset, end: offset } : entry.key,
    name,
    value: entry.value,
    siblings: entries.filter((one) => one !== entry && one.value).map(nameOf),
  };
}

function unquoted(key: string): string {
  return /^(["'])(.*)\1$/.exec(key)?.[2] ?? key;
}
