import type { Span } from "../model/script.ts";
import type { SilenceReason } from "../model/silence.ts";
import type { Skippable } from "../model/spokenParts.ts";
import type { RecordedSpeech, Saying, Speech } from "./speech.ts";

/** What closes what is opened by a character. */
export type Enclosing = ReadonlyMap<string, string>;

const PARENTHESES = ["()", "（）"];
const BRACKETS = ["[]", "［］", "【】"];

/** What encloses text that is left out. */
export function enclosedBy(skip: readonly Skippable[] = []): Enclosing {
  const pairs = [
    ...(skip.includes("parentheses") ? PARENTHESES : []),
    ...(skip.includes("brackets") ? BRACKETS : []),
  ];
  return new Map(pairs.map(([open = "", close = ""]) => [open, close] as const));
}

/** Finds what is enclosed, told of the characters of a block in their order. What is never closed, or never opened, encloses nothing. */
export class EnclosedFinder {
  readonly #pairs: Enclosing;
  readonly #closing: ReadonlySet<string>;
  #open: { readonly close: string; readonly at: number }[] = [];
  #found: Span[] = [];

  constructor(pairs: Enclosing) {
    this.#pairs = pairs;
    this.#closing = new Set(pairs.values());
  }

  read(character: string, at: number): void {
    const close = this.#pairs.get(character);
    if (close !== undefined) this.#open.push({ close, at });
    if (!this.#closing.has(character)) return;
    const last = this.#open.at(-1);
    if (last?.close !== character) return;
    this.#open.pop();
    while ((this.#found.at(-1)?.start ?? -1) > last.at) this.#found.pop();
    this.#found.push({ start: last.at, end: at + 1 });
  }

  /** What was enclosed in the block that ends here, in order, without what lies in it. */
  end(): readonly Span[] {
    const found = this.#found;
    this.#open = [];
    this.#found = [];
    return found;
  }
}

/** Leaves out what is enclosed within one block, whatever stands in it; not what is code, or escaped. */
export class WithoutEnclosed implements Speech {
  readonly #speech: RecordedSpeech;
  readonly #text: string;
  readonly #finder: EnclosedFinder;
  #block: Saying[] = [];

  /** @param text as the Markdown parser sees it: without the service's tags. */
  constructor(speech: RecordedSpeech, text: string, pairs: Enclosing) {
    this.#speech = speech;
    this.#text = text;
    this.#finder = new EnclosedFinder(pairs);
  }

  say(start: number, end: number, literal = false): void {
    this.#block.push({ kind: "say", start, end, literal });
    if (literal) return;
    for (let at = start; at < end; at++) this.#finder.read(this.#text[at] ?? "", at);
  }

  sayDecoded(text: string, start: number, end: number): void {
    this.#block.push({ kind: "decoded", text, start, end });
  }

  passSilence(start: number, end: number, reason: SilenceReason): void {
    this.#block.push({ kind: "silence", start, end, reason });
  }

  breakLine(): void {
    this.#block.push({ kind: "line" });
  }

  pause(mark: "," | "."): void {
    this.finish();
    this.#speech.pause(mark);
  }

  endSentence(start: number): void {
    this.finish();
    this.#speech.endSentence(start);
  }

  /** Says what has not been said yet. */
  finish(): void {
    const enclosed = this.#finder.end();
    let next = 0;
    for (const saying of this.#block) {
      if (saying.kind === "line") this.#speech.breakLine();
      else if (saying.kind === "silence") {
        this.#speech.passSilence(saying.start, saying.end, saying.reason);
      } else if (saying.kind === "say" || saying.kind === "decoded") {
        let from = saying.start;
        for (; (enclosed[next]?.start ?? Infinity) < saying.end; next++) {
          const { start, end } = enclosed[next] as Span;
          if (end > from) {
            this.#sayPart(saying, from, start);
            this.#speech.passSilence(Math.max(from, start), Math.min(end, saying.end), "skipped");
            from = end;
          }
          if (end > saying.end) break;
        }
        this.#sayPart(saying, from, saying.end);
      }
    }
    this.#block = [];
  }

  #sayPart(saying: Saying, from: number, to: number): void {
    if (from >= to) return;
    if (saying.kind === "say") this.#speech.say(from, to, saying.literal);
    else if (saying.kind === "decoded") this.#speech.sayDecoded(saying.text, from, to);
  }
}

/** What is enclosed in plain text, paragraph by paragraph; the service's tags enclose nothing. */
export function findEnclosed(
  text: string,
  pairs: Enclosing,
  tags: readonly Span[],
): readonly Span[] {
  if (pairs.size === 0) return [];
  const found: Span[] = [];
  const finder = new EnclosedFinder(pairs);
  let next = 0;
  for (const { 0: sign, index } of text.matchAll(
    /[()[\]（）［］【】]|(?:\r\n|\n|\r(?!\n))[ \t]*(?=[\r\n])/g,
  )) {
    while ((tags[next]?.end ?? Infinity) <= index) next++;
    if ((tags[next]?.start ?? Infinity) <= index) continue;
    if (sign.length === 1 && !/\s/.test(sign)) finder.read(sign, index);
    else for (const span of finder.end()) found.push(span);
  }
  for (const span of finder.end()) found.push(span);
  return found;
}
