import type { Span } from "../../script/model/script.ts";

/** A mapping in braces, as it stands on one line: `{ voice: x, speed: 1.1 }`. */
export interface FlowMapping extends Span {
  readonly isClosed: boolean;
  readonly entries: readonly FlowEntry[];
}

/** What stands between two commas of it; its span reaches from one to the other. */
export interface FlowEntry extends Span {
  readonly key: Span;
  /** Where the value stands; nothing where there is no colon yet. */
  readonly value: Span | undefined;
  /** The value, where it is a mapping. */
  readonly mapping: FlowMapping | undefined;
}

/** Front matters have two levels; this bounds what a hostile one can cost. */
const deepest = 4;

/** Reads the mapping that begins at `start`, where its brace stands, up to its end or that of the line. Never throws, whatever the text. */
export function readFlowMapping(text: string, { start, end }: Span): FlowMapping {
  return new FlowReader(text, { start, end }).mapping(1);
}

class FlowReader {
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(text: string, { start, end }: Span) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  mapping(depth: number): FlowMapping {
    const start = this.#at++;
    const entries: FlowEntry[] = [];
    while (this.#at < this.#end && !this.#isNext("}")) {
      entries.push(this.#entry(depth));
      if (this.#isNext(",")) this.#at++;
      if (this.#at === this.#end || this.#isNext("}")) {
        // Behind a comma another entry may be written.
        if (this.#text[this.#at - 1] === ",") entries.push(this.#nothing());
      }
    }
    if (entries.length === 0) entries.push(this.#nothing());
    const isClosed = this.#isNext("}");
    if (isClosed) this.#at++;
    return { start, end: this.#at, isClosed, entries };
  }

  #nothing(): FlowEntry {
    const here = { start: this.#at, end: this.#at };
    return { ...here, key: here, value: undefined, mapping: undefined };
  }

  #entry(depth: number): FlowEntry {
    const start = this.#at;
    const key = this.#words();
    let value: Span | undefined;
    let mapping: FlowMapping | undefined;
    if (this.#isNext(":")) {
      const behind = { start: ++this.#at, end: this.#at };
      this.#skipSpace();
      if (this.#isNext("{") && depth < deepest) {
        mapping = this.mapping(depth + 1);
        value = { start: mapping.start, end: mapping.end };
      } else {
        value = this.#words();
        if (value.start === value.end) value = behind;
      }
    }
    this.#skipTo(",}");
    return { start, end: this.#at, key, value, mapping };
  }

  /** A text in quotes, or what stands up to a sign of the mapping, without the white space around it. */
  #words(): Span {
    this.#skipSpace();
    const start = this.#at;
    const quote = this.#text[start] ?? "";
    const closing = `"'`.includes(quote) ? this.#text.indexOf(quote, start + 1) : -1;
    if (closing > start && closing < this.#end) this.#at = closing + 1;
    while (this.#at < this.#end && !this.#isSign()) this.#at++;
    let end = this.#at;
    while (end > start && this.#isSpace(end - 1)) end--;
    return { start, end };
  }

  /** Passes what is none of ours: lists, and what is nested too deep. */
  #skipTo(signs: string): void {
    for (let open = 0; this.#at < this.#end; this.#at++) {
      const sign = this.#text[this.#at] ?? "";
      if (open === 0 && signs.includes(sign)) return;
      if (sign === "[" || sign === "{") open++;
      if (sign === "]" || sign === "}") open = Math.max(0, open - 1);
    }
  }

  #skipSpace(): void {
    while (this.#at < this.#end && this.#isSpace(this.#at)) this.#at++;
  }

  #isNext(sign: string): boolean {
    return this.#at < this.#end && this.#text[this.#at] === sign;
  }

  #isSpace(at: number): boolean {
    return this.#text[at] === " " || this.#text[at] === "\t";
  }

  #isSign(): boolean {
    const sign = this.#text[this.#at] ?? "";
    if (sign !== ":") return ",{}[]".includes(sign);
    const next = this.#at + 1;
    return next >= this.#end || " \t,{}[]".includes(this.#text[next] ?? "");
  }
}
