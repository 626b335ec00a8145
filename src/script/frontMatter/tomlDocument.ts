import * as l10n from "@vscode/l10n";
import { Document, Pair, Scalar, YAMLMap, YAMLParseError, YAMLSeq } from "yaml";

/** TOML, read. */
export interface TomlDocument {
  /** What it says, as if it were YAML: with the places of all keys and values, and the first error. */
  readonly document: Document;
  /** Where the lines end that begin a table, by its keys from the top, as JSON. */
  readonly headers: ReadonlyMap<string, number>;
}

/**
 * Reads TOML in one pass: tables, dotted keys, strings of all kinds, arrays, inline tables. Numbers and booleans are values;
 * dates, which no setting has, stay text. What libraries there are tell no places, which editors need, or weigh as much as
 * the reader of Markdown.
 */
export function readTomlDocument(text: string): TomlDocument {
  const reader = new TomlReader(text);
  const document = new Document();
  try {
    reader.read();
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    document.errors.push(error);
  }
  document.contents = reader.root;
  return { document, headers: reader.headers };
}

type Placed<Node> = Node & { range?: [number, number, number] | null };

/** Deeper values are no settings; a reader that goes down for each would overflow. */
const deepest = 50;
const BARE = /[\p{L}\p{N}_-]+/uy;
const SPACE = /(?:[ \t]|#[^\r\n]*)*/y;
const LINES = /(?:[ \t\r\n]|#[^\r\n]*)*/y;
const WORD = /[^\s,\]}#]+/y;
const STRINGS: readonly (readonly [RegExp, literal: boolean])[] = [
  [/"""(?:\r\n|\n|\r)?((?:[^\\"]|\\[^]|"(?!"")|""(?!"))*"{0,2})"""/y, false],
  [/'''(?:\r\n|\n|\r)?((?:[^']|'(?!''))*'{0,2})'''/y, true],
  [/"((?:[^\\"\r\n]|\\[^\r\n])*)"/y, false],
  [/'([^'\r\n]*)'/y, true],
];

class TomlReader {
  readonly root = new YAMLMap();
  readonly headers = new Map<string, number>();
  readonly #text: string;
  /** The pairs of each table, by their keys. */
  readonly #pairs = new Map<YAMLMap, Map<unknown, Pair>>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    let table = this.root;
    for (this.#pass(LINES); this.#at < this.#text.length; this.#pass(LINES)) {
      if (this.#text[this.#at] === "[") table = this.#readHeader();
      else this.#readPair(table, 0);
      this.#pass(SPACE);
      if (this.#at < this.#text.length && !/[\r\n]/.test(this.#text[this.#at] ?? "")) {
        this.#fail(l10n.t("a line holds more than one entry"));
      }
    }
  }

  #readHeader(): YAMLMap {
    const isList = this.#text.startsWith("[[", this.#at);
    this.#at += isList ? 2 : 1;
    const keys = this.#readKeys();
    if (!this.#take(isList ? "]]" : "]")) this.#fail(l10n.t("a table's name does not end"));
    let table = this.root;
    for (const [index, key] of keys.entries()) {
      const isLast = index === keys.length - 1;
      const known = this.#pairOf(table, key)?.value;
      if (isLast && isList) {
        const list = known instanceof YAMLSeq ? known : new YAMLSeq();
        if (known === undefined) this.#add(table, key, list);
        table = new YAMLMap();
        list.items.push(table);
      } else table = this.#tableIn(table, key);
    }
    this.headers.set(JSON.stringify(keys.map(({ value }) => value)), this.#at);
    return table;
  }

  #readPair(table: YAMLMap, depth: number): void {
    const keys = this.#readKeys();
    if (!this.#take("=")) this.#fail(l10n.t("a key has no `=` behind it"));
    this.#pass(SPACE);
    let within = table;
    for (const key of keys.slice(0, -1)) within = this.#tableIn(within, key);
    const key = keys.at(-1) as Scalar;
    if (this.#pairOf(within, key)) this.#fail(l10n.t("a key stands there twice"), key.range?.[0]);
    this.#add(within, key, this.#readValue(depth));
  }

  /** The table of that name, which may be new. */
  #tableIn(table: YAMLMap, key: Scalar): YAMLMap {
    const known = this.#pairOf(table, key)?.value;
    const last: unknown = known instanceof YAMLSeq ? known.items.at(-1) : known;
    if (last instanceof YAMLMap) return last;
    if (known !== undefined) this.#fail(l10n.t("a key is a value and a table"), key.range?.[0]);
    const made: Placed<YAMLMap> = new YAMLMap();
    made.range = key.range ?? null;
    this.#add(table, key, made);
    return made;
  }

  #pairOf(table: YAMLMap, key: Scalar): Pair | undefined {
    return this.#pairs.get(table)?.get(key.value);
  }

  #add(table: YAMLMap, key: Scalar, value: Scalar | YAMLMap | YAMLSeq): void {
    const pair = new Pair(key, value);
    const pairs = this.#pairs.get(table) ?? new Map<unknown, Pair>();
    this.#pairs.set(table, pairs.set(key.value, pair));
    table.items.push(pair);
  }

  #readKeys(): Scalar[] {
    const keys: Scalar[] = [];
    do {
      this.#pass(SPACE);
      const start = this.#at;
      const key = this.#readString() ?? this.#pass(BARE);
      if (key === "" && this.#at === start) this.#fail(l10n.t("a key is missing"));
      keys.push(this.#scalar(key, start));
      this.#pass(SPACE);
    } while (this.#take("."));
    return keys;
  }

  #readValue(depth: number): Scalar | YAMLMap | YAMLSeq {
    if (depth > deepest) this.#fail(l10n.t("it is too deeply nested"));
    const start = this.#at;
    const sign = this.#text[start];
    if (sign === "[" || sign === "{") {
      const node: Placed<YAMLMap | YAMLSeq> = sign === "{" ? new YAMLMap() : new YAMLSeq();
      node.flow = true;
      this.#at++;
      this.#readItems(node, depth + 1);
      node.range = [start, this.#at, this.#at];
      return node;
    }
    const text = this.#readString();
    if (text !== undefined) return this.#scalar(text, start);
    const word = this.#pass(WORD);
    if (word === "") this.#fail(l10n.t("a value is missing"));
    return this.#scalar(plain(word), start, word);
  }

  #readItems(node: YAMLMap | YAMLSeq, depth: number): void {
    const end = node instanceof YAMLMap ? "}" : "]";
    for (this.#pass(LINES); !this.#take(end); this.#pass(LINES)) {
      if (node instanceof YAMLMap) this.#readPair(node, depth);
      else node.items.push(this.#readValue(depth));
      this.#pass(LINES);
      if (!this.#take(",") && this.#text[this.#at] !== end) {
        this.#fail(l10n.t("a `{0}` is missing", end));
      }
    }
  }

  /** A text in quotes, if one begins here. */
  #readString(): string | undefined {
    for (const [pattern, literal] of STRINGS) {
      pattern.lastIndex = this.#at;
      const [whole, content = ""] = pattern.exec(this.#text) ?? [];
      if (whole === undefined) continue;
      this.#at += whole.length;
      return literal ? content : unescaped(content);
    }
    if (/["']/.test(this.#text[this.#at] ?? "")) this.#fail(l10n.t("a text does not end"));
    return undefined;
  }

  #scalar(value: unknown, start: number, source?: string): Scalar {
    const scalar: Placed<Scalar> = new Scalar(value);
    scalar.range = [start, this.#at, this.#at];
    if (source !== undefined) scalar.source = source;
    return scalar;
  }

  #pass(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const passed = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += passed.length;
    return passed;
  }

  #take(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  #fail(what: string, at = this.#at): never {
    throw new YAMLParseError([at, at + 1], "UNEXPECTED_TOKEN", what);
  }
}

/** A number or a boolean; anything else is text. */
function plain(word: string): unknown {
  if (word === "true" || word === "false") return word === "true";
  const number = /^[+-]?(?:\d[\d_]*(?:\.\d[\d_]*)?(?:e[+-]?\d+)?|0x[\da-f_]+)$/i.test(word);
  return number ? Number(word.replaceAll("_", "")) : word;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", e: "\u001B" },
};

function unescaped(text: string): string {
  return text.replace(
    /\\(?:[ \t]*(?:\r\n|\n|\r)\s*|x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([^]))/g,
    (_, two?: string, four?: string, eight?: string, sign?: string) => {
      const code = parseInt(two ?? four ?? eight ?? "", 16);
      if (sign !== undefined) return ESCAPES[sign] ?? sign;
      return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    },
  );
}
