import { isAlias, isMap, isScalar } from "yaml";
import type { Document, Node, Pair, Scalar, YAMLMap } from "yaml";
import { findFrontMatter, type FrontMatterBlock } from "./frontMatterBlock.ts";
import { isSetTo } from "./isSetTo.ts";
import { longestYaml } from "../model/scriptLimits.ts";
import type { Span } from "../model/script.ts";
import { setTomlValue } from "./setTomlValue.ts";
import { readTomlDocument } from "./tomlDocument.ts";
import { readYaml } from "./yamlDocument.ts";
import { quoted } from "./yamlText.ts";

/** What of a document is to be replaced, by what. */
export interface TextEdit extends Span {
  readonly text: string;
}

/**
 * The one edit that gives a key of a document's front matter this value; the block and the keys above it are made where they
 * are missing, and all else stays as it is, to the byte. Never throws.
 *
 * @param keys from the top of the YAML, such as `["speech", "voice"]`.
 * @returns `undefined` where that can't be done with certainty: the front matter is not valid YAML, or one of the keys holds
 * something else than keys, or the value is more than a word or a text.
 */
export function setFrontMatterValue(
  text: string,
  keys: readonly string[],
  value: string,
): TextEdit | undefined {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const block = findFrontMatter(text);
  if (!block) return frontMatterWith(text, keys, value, eol);
  const before = text.slice(block.yaml.start, block.yaml.end);
  if (before.length > longestYaml) return undefined;
  try {
    const edit = block.isToml
      ? setTomlValue(before, keys, value, eol)
      : new YamlEditor(before, eol).set(keys, value);
    return edit && isJust(text, block, edit, keys, value) ? moved(edit, block) : undefined;
  } catch {
    return undefined; // the library throws on what is too deep for its recursion, or refers to itself without end
  }
}

/** A block of its own, before everything but the byte order mark. */
function frontMatterWith(
  text: string,
  keys: readonly string[],
  value: string,
  eol: string,
): TextEdit {
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  const gap = start === text.length || /^[\r\n]/.test(text.slice(start, start + 1)) ? "" : eol;
  const lines = ["---", ...linesOf(keys, value, "", "  "), "---", ""];
  return { start, end: start, text: lines.join(eol) + gap };
}

/** Whether the front matter says after the edit what it said before, and the value, and is still where it was. */
function isJust(
  text: string,
  { start, end, yaml, isToml }: FrontMatterBlock,
  edit: TextEdit,
  keys: readonly string[],
  value: string,
): boolean {
  const before = text.slice(yaml.start, yaml.end);
  const after = before.slice(0, edit.start) + edit.text + before.slice(edit.end);
  const found = findFrontMatter(
    text.slice(start, yaml.start) + after + text.slice(yaml.end, end),
  )?.yaml;
  if (found?.start !== yaml.start || found.end !== yaml.start + after.length) return false;
  const read = (front: string): Document =>
    isToml ? readTomlDocument(front).document : readYaml(front);
  const document = read(after);
  if (document.errors.length > 0) return false;
  return isSetTo(read(before).toJS(), document.toJS(), keys, value);
}

function moved({ start, end, text }: TextEdit, { yaml }: FrontMatterBlock): TextEdit {
  return { start: yaml.start + start, end: yaml.start + end, text };
}

/** Finds where in a YAML a value is to be written. What it finds is to be checked: YAML can be written in more ways than it knows. */
class YamlEditor {
  readonly #yaml: string;
  readonly #eol: string;

  /** `eol` is the document's line ending. */
  constructor(yaml: string, eol: string) {
    this.#yaml = yaml;
    this.#eol = eol;
  }

  set(keys: readonly string[], value: string): TextEdit | undefined {
    const { errors, contents } = readYaml(this.#yaml);
    if (errors.length > 0) return undefined;
    if (contents === null || (isScalar(contents) && contents.source === "")) {
      return this.#insert(this.#yaml.length, this.#block(keys, value, "") + this.#eol);
    }
    if (!isMap(contents)) return undefined;
    const known = contents.items.some(({ key }) => nameOf(key) === keys[0]);
    if (known || contents.flow) return this.#setIn(contents, undefined, keys, value);
    const indent = this.#indentAt(startOf(contents.items[0]?.key));
    return this.#insert(this.#yaml.length, this.#block(keys, value, indent) + this.#eol);
  }

  /** `owner` is the pair whose value the map is. */
  #setIn(
    map: YAMLMap,
    owner: Pair | undefined,
    keys: readonly string[],
    value: string,
  ): TextEdit | undefined {
    const pair = map.items.find(({ key }) => nameOf(key) === keys[0]);
    const [, ...below] = keys;
    if (!pair) return this.#add(map, owner, keys, value);
    if (isMap(pair.value)) {
      return below.length > 0 ? this.#setIn(pair.value, pair, below, value) : undefined;
    }
    if (isEmpty(pair.value)) return this.#fill(pair, below, value, map.flow ?? false);
    if (below.length > 0) {
      return isScalar(pair.value) && pair.value.value === null
        ? this.#replace(pair.value, inFlow(below, value))
        : undefined;
    }
    return isScalar(pair.value) || isAlias(pair.value)
      ? this.#replace(pair.value, quoted(value))
      : undefined;
  }

  /** Adds a key as the first of its map. */
  #add(
    map: YAMLMap,
    owner: Pair | undefined,
    keys: readonly string[],
    value: string,
  ): TextEdit | undefined {
    if (map.flow) {
      const start = startOf(map) + 1;
      const inner = inFlow(keys, value).slice(2, -2);
      return this.#insert(start, map.items.length > 0 ? ` ${inner},` : ` ${inner} `);
    }
    const indent = this.#indentAt(startOf(map.items[0]?.key));
    const at = this.#lineEnd(startOf(owner?.key));
    return this.#insert(at, this.#eol + this.#block(keys, value, indent));
  }

  /** Gives a key without a value one. */
  #fill(pair: Pair, below: readonly string[], value: string, flow: boolean): TextEdit | undefined {
    const [, keyEnd = 0] = (pair.key as Node).range ?? [];
    const colon = /^[ \t]*:/.exec(this.#yaml.slice(keyEnd))?.[0].length;
    if (colon === undefined) return undefined;
    if (below.length === 0) return this.#insert(keyEnd + colon, ` ${quoted(value)}`);
    if (flow) return this.#insert(keyEnd + colon, ` ${inFlow(below, value)}`);
    const indent = `${this.#indentAt(startOf(pair.key))}  `;
    return this.#insert(this.#lineEnd(keyEnd), this.#eol + this.#block(below, value, indent));
  }

  #insert(start: number, text: string): TextEdit {
    return { start, end: start, text };
  }

  #replace(node: Node, text: string): TextEdit {
    const [start = 0, end = 0] = node.range ?? [];
    const ending = /(?:\r\n|\n|\r)$/.exec(this.#yaml.slice(start, end))?.[0] ?? ""; // of text on lines of its own
    return { start, end: end - ending.length, text };
  }

  /** Keys on lines of their own, without the last line's ending. */
  #block(keys: readonly string[], value: string, indent: string): string {
    return linesOf(keys, value, indent, "  ").join(this.#eol);
  }

  #indentAt(offset: number): string {
    const line = /[^\r\n]*$/.exec(this.#yaml.slice(0, offset))?.[0] ?? "";
    return /^ */.exec(line)?.[0] ?? "";
  }

  #lineEnd(offset: number): number {
    const found = this.#yaml.slice(offset).search(/[\r\n]/);
    return found < 0 ? this.#yaml.length : offset + found;
  }
}

function linesOf(keys: readonly string[], value: string, indent: string, step: string): string[] {
  const [key = "", ...below] = keys;
  const name = `${indent}${quoted(key)}:`;
  return below.length === 0
    ? [`${name} ${quoted(value)}`]
    : [name, ...linesOf(below, value, indent + step, step)];
}

function inFlow(keys: readonly string[], value: string): string {
  return keys.reduceRight((inner, key) => `{ ${quoted(key)}: ${inner} }`, quoted(value));
}

function nameOf(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function startOf(node: unknown): number {
  return (node as Node | undefined)?.range?.[0] ?? 0;
}

/** Whether nothing stands where a value could. */
function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.source === "" && isNull(value));
}

function isNull({ value }: Scalar): boolean {
  return value === null;
}
