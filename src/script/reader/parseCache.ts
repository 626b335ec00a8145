import type { FrontMatter } from "../frontMatter/frontMatter.ts";
import type { MarkdownStretch } from "../markdown/markdownStretch.ts";
import type { MarkdownTokenizer } from "../markdown/markdownTokens.ts";
import { detached } from "../model/detached.ts";
import type { Script } from "../model/script.ts";
import type { SpokenParts } from "../model/spokenParts.ts";
import type { SaidSegment } from "./saidSegment.ts";
import type { Wording } from "./replaceWords.ts";

/** Values by text: all that the last reading asked for, and as much again of what was asked for before. */
export class Recent<Value> {
  #now = new Map<string, Value>();
  #before = new Map<string, Value>();
  #size = 0;

  get(key: string): Value | undefined {
    const known = this.#now.get(key);
    if (known !== undefined) return known;
    const before = this.#before.get(key);
    if (before !== undefined) this.set(key, before);
    return before;
  }

  set(key: string, value: Value): void {
    this.#now.set(detached(key), value);
    this.#size += key.length;
  }

  clear(): void {
    this.#now.clear();
    this.#before.clear();
    this.#size = 0;
  }

  /** Called after each reading. @param most UTF-16 units of the keys beyond which what was not asked for lately is forgotten. */
  forget(most: number): void {
    if (this.#size <= most) return;
    this.#before = this.#now;
    this.#now = new Map();
    this.#size = 0;
  }
}

/**
 * What parts of a document were parsed to, by their text: with it a document that has changed is read at the cost of what is
 * new in it. What is read is the same without it. One for each document; needs no parser itself.
 */
export class ParseCache {
  readonly stretches = new Recent<MarkdownStretch>();
  readonly segments = new Recent<SaidSegment>();
  /** How it was read that is known: in which language, and which parts are said. */
  manner: string | undefined;
  parts: SpokenParts = {};
  /** How often Markdown has been parsed: by that count a parsing is known. */
  parsings = 0;
  tokenizer: MarkdownTokenizer | undefined;
  frontMatter: { readonly key: string; readonly read: FrontMatter } | undefined;
  wording: Wording | undefined;
  /** What was read last, for whoever asks for it again. */
  last: { readonly text: string; readonly key: string; readonly script: Script } | undefined;
}
