import type { Span } from "./script.ts";
import { trimSpoken } from "./spokenText.ts";
import type { SpokenText } from "./spokenText.ts";

/**
 * A line ending (to become `\n`); what can't be said nor sent: control characters and lone
 * surrogates.
 */
const SPECIAL = /\r\n?|(?![\t-\r])\p{Cc}|\p{Cs}/gu;

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
  const written = text.slice(start, end);
  let spoken = "";
  const offsets: number[] = [];
  const say = (from: number, to: number): void => {
    spoken += written.slice(from, to);
    for (let i = from; i < to; i++) offsets.push(i);
  };
  let from = 0;
  let next = 0;
  const sayTo = (to: number): void => {
    for (; (names[next]?.start ?? Infinity) - start < to; next++) {
      const name = names[next] as Span;
      say(from, name.start - start);
      from = name.end - start;
      while (from < to && /[ \t]/.test(written[from] ?? "")) from++;
    }
    say(from, to);
  };
  for (const { 0: special, index } of written.matchAll(SPECIAL)) {
    sayTo(index);
    from = index + special.length;
    if (special.startsWith("\r")) {
      spoken += "\n";
      offsets.push(from - 1);
    }
  }
  sayTo(written.length);
  return trimSpoken({ text: spoken, offsets });
}
