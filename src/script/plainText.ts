import type { Span } from "./script.ts";
import { trimSpoken } from "./spokenText.ts";
import type { SpokenText } from "./spokenText.ts";

/**
 * A line ending (to become `\n`); what can't be said nor sent: control characters and lone
 * surrogates.
 */
const SPECIAL = /\r\n?|(?![\t-\r])\p{Cc}|\p{Cs}/gu;

/**
 * Says plain text as it stands: without the white space at its ends, line endings as `\n`, and
 * without control characters and lone surrogates.
 */
export function speakPlainText(text: string, { start, end }: Span): SpokenText {
  const written = text.slice(start, end);
  let spoken = "";
  const offsets: number[] = [];
  const say = (from: number, to: number): void => {
    spoken += written.slice(from, to);
    for (let i = from; i < to; i++) offsets.push(i);
  };
  let from = 0;
  for (const { 0: special, index } of written.matchAll(SPECIAL)) {
    say(from, index);
    from = index + special.length;
    if (special.startsWith("\r")) {
      spoken += "\n";
      offsets.push(from - 1);
    }
  }
  say(from, written.length);
  return trimSpoken({ text: spoken, offsets });
}
