import type { Span } from "../model/script.ts";

/**
 * Pairs the backticks of a line to code spans (CommonMark, "Code spans"): a run of backticks opens
 * one if a run of the same length follows on the line. Linear over a line, asked from its left to
 * its right.
 */
export class CodeSpans {
  readonly #text: string;
  #lineEnd = -1;
  #runs: Span[] = [];
  #next = 0;
  readonly #unclosed = new Set<number>();

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Where the code span ends whose backticks begin at `start`; where those backticks end, if they
   * open none.
   */
  pass(start: number, lineEnd: number): number {
    if (lineEnd !== this.#lineEnd) this.#listRuns(start, lineEnd);
    const content = this.#endOfRun(start);
    const length = content - start;
    if (this.#unclosed.has(length)) return content;
    while ((this.#runs[this.#next]?.start ?? lineEnd) < content) this.#next++;
    for (let i = this.#next; i < this.#runs.length; i++) {
      const run = this.#runs[i];
      if (run !== undefined && run.end - run.start === length) return run.end;
    }
    this.#unclosed.add(length);
    return content;
  }

  #listRuns(from: number, lineEnd: number): void {
    this.#lineEnd = lineEnd;
    this.#next = 0;
    this.#unclosed.clear();
    this.#runs = [];
    let start = this.#text.indexOf("`", from);
    while (start >= 0 && start < lineEnd) {
      const end = this.#endOfRun(start);
      this.#runs.push({ start, end });
      start = this.#text.indexOf("`", end);
    }
  }

  #endOfRun(start: number): number {
    let end = start;
    while (this.#text[end] === "`") end++;
    return end;
  }
}

/** Code spans that begin and end on one line. */
export function codeSpansIn(text: string): Span[] {
  const spans: Span[] = [];
  const finder = new CodeSpans(text);
  const lines = text.includes("`") ? text.matchAll(/[^\r\n]+/g) : [];
  for (const { index, 0: line } of lines) {
    const lineEnd = index + line.length;
    let start = text.indexOf("`", index);
    while (start >= 0 && start < lineEnd) {
      const end = finder.pass(start, lineEnd);
      if (!/^`*$/.test(text.slice(start, end))) spans.push({ start, end });
      start = text.indexOf("`", end);
    }
  }
  return spans;
}
