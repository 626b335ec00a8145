import type { Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import { sendable, trimSpoken } from "./spokenText.ts";
import type { SpokenText } from "./spokenText.ts";

/**
 * Says plain text as it stands: without the white space at its ends, line endings as `\n`, and
 * without control characters and lone surrogates.
 * @param names speakers' names in it, which are not said, nor is the white space behind them.
 */
export function speakPlainText(
  text: string,
  { start, end }: Span,
  names: readonly SilentSpan[] = [],
): SpokenText {
  let spoken = "";
  const offsets: number[] = [];
  const references: Span[] = [];
  const say = (from: number, to: number): void => {
    const said = sendable(text.slice(from, to));
    spoken += said.text;
    const by = from - start;
    for (const offset of said.offsets) offsets.push(by + offset);
    for (const letter of said.references ?? [])
      references.push({ start: by + letter.start, end: by + letter.end });
  };
  let from = start;
  for (const name of names) {
    say(from, name.start);
    from = name.end;
    while (from < end && /[ \t]/.test(text[from] ?? "")) from++;
  }
  say(from, end);
  const silent = names.map((name) => ({
    ...name,
    start: name.start - start,
    end: name.end - start,
  }));
  return { ...trimSpoken({ text: spoken, offsets }), references, silent };
}
