import type { Span } from "./script.ts";

/** Text that takes a span's place. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** A text with edits made, which are in order and do not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, text: put } of edits) {
    result += text.slice(from, start) + put;
    from = end;
  }
  return result + text.slice(from);
}
