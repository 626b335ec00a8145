import type { Span } from "../model/script.ts";
import { sendable, trimSpoken } from "./spokenText.ts";
import type { SpokenText } from "./spokenText.ts";

/** Says each of these segments, without the speakers' names in it, which are in the document's order. */
export function speakPlainSegments(
  text: string,
  segments: readonly Span[],
  names: readonly Span[],
): SpokenText[] {
  let next = 0;
  return segments.map((segment) => {
    while ((names[next]?.start ?? Infinity) < segment.start) next++;
    const from = next;
    while ((names[next]?.start ?? Infinity) < segment.end) next++;
    return speakPlainText(text, segment, names.slice(from, next));
  });
}

/**
 * Says plain text as it stands: without the white space at its ends, line endings as `\n`, and
 * without control characters and lone surrogates.
 * @param names speakers' names in it, which are not said, nor is the white space behind them.
 */
export function speakPlainText(
  text: string,
  { start, end }: Span,
  names: readonly Span[] = [],
): SpokenText {
  let spoken = "";
  const offsets: number[] = [];
  const say = (from: number, to: number): void => {
    const said = sendable(text.slice(from, to));
    spoken += said.text;
    for (const offset of said.offsets) offsets.push(from - start + offset);
  };
  let from = start;
  for (const name of names) {
    say(from, name.start);
    from = name.end;
    while (from < end && /[ \t]/.test(text[from] ?? "")) from++;
  }
  say(from, end);
  return trimSpoken({ text: spoken, offsets });
}
