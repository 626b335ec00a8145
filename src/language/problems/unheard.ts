import { codeSpansIn } from "../../script/scanner/codeSpans.ts";
import { Scanner } from "../../script/scanner/scanner.ts";
import type { ScriptLanguage } from "../../script/model/script.ts";

/**
 * Tells which places of a segment's text are no text to look at: fenced code, comments, code spans and what a backslash
 * stands before, in Markdown. Asked in the order of the places.
 */
export function unheardIn(text: string, language: ScriptLanguage): (offset: number) => boolean {
  if (language === "plaintext") return () => false;
  const { silent } = new Scanner(text, { language }, 0).scan();
  const spans = [...silent, ...codeSpansIn(text)].sort((a, b) => a.start - b.start);
  let next = 0;
  return (offset) => {
    while ((spans[next]?.end ?? Infinity) <= offset) next++;
    return (spans[next]?.start ?? Infinity) <= offset || isEscaped(text, offset);
  };
}

function isEscaped(text: string, offset: number): boolean {
  let from = offset;
  while (text[from - 1] === "\\") from--;
  return (offset - from) % 2 === 1;
}
