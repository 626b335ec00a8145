import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  parseDocument,
  YAMLParseError,
} from "yaml";
import type { Alias, Document, Node } from "yaml";

/**
 * Reads YAML, or JSON, in time in proportion to its length; who calls limits that (`longestYaml`). To the library a
 * carriage return alone is no line ending; here it is one.
 *
 * @returns the document as it could be read, with its errors: where it has one, it is not to be used
 * @throws RangeError on what is too deeply nested for the library
 */
export function readYaml(text: string): Document {
  const document = parseDocument(text.replace(/\r(?!\n)/g, "\n"), {
    logLevel: "silent",
    // To write lines and columns into each error, and to compare each key with all before it, takes the square of their number.
    prettyErrors: false,
    uniqueKeys: false,
  });
  const [error] = document.errors;
  const twice = findKeyTwice(document);
  if (twice && (!error || twice.pos[0] < error.pos[0])) document.errors.unshift(twice);
  return document;
}

/** The first key that stands in its map for a second time. */
function findKeyTwice(document: Document): YAMLParseError | undefined {
  let first: YAMLParseError | undefined;
  for (const node of nodesOf(document)) {
    if (!isMap(node)) continue;
    const known = new Set<unknown>();
    for (const { key } of node.items) {
      if (!isScalar(key)) continue;
      const at = key.range?.[0] ?? 0;
      if (known.has(key.value) && (!first || at < first.pos[0])) {
        first = new YAMLParseError([at, at + 1], "DUPLICATE_KEY", "Map keys must be unique");
      }
      known.add(key.value);
    }
  }
  return first;
}

/** All that is written in a document, each before what is in it, in its order. Not by recursion: it may be deep. */
function* nodesOf({ contents }: Document): Generator<Node> {
  const open: unknown[] = [contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isPair(node)) open.push(node.value, node.key);
    else if (isCollection(node)) {
      yield node;
      for (let at = node.items.length - 1; at >= 0; at--) open.push(node.items[at]);
    } else if (isScalar(node) || isAlias(node)) yield node;
  }
}

const targets = new WeakMap<Document, ReadonlyMap<Alias, Node>>();

/**
 * What an alias stands for; `undefined` for one that leads nowhere. The library looks through the whole document for each
 * of them; here that is done once.
 */
export function targetOf(document: Document, alias: Alias): Node | undefined {
  const known = targets.get(document) ?? findTargets(document);
  targets.set(document, known);
  return known.get(alias);
}

function findTargets(document: Document): ReadonlyMap<Alias, Node> {
  const found = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  for (const node of nodesOf(document)) {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) found.set(node, target);
    } else if ("anchor" in node && typeof node.anchor === "string") anchors.set(node.anchor, node);
  }
  return found;
}
