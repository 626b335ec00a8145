import { MARKUP, maskMarkdown } from "./mask.ts";
import type { Scan } from "../scanner/scan.ts";
import { TranscriptBuilder } from "../transcript/transcriptBuilder.ts";
import type { SpokenText } from "../transcript/spokenText.ts";

/**
 * Says Markdown that is too intricate for the parser: what is left of its text without its code, comments and marks.
 * @returns one for each of the scan's segments
 */
export function speakUnparsed(text: string, scan: Scan): SpokenText[] {
  const { text: masked, signs, tags } = maskMarkdown(text, scan);
  const { segments, silent } = scan;
  const { markers, names } = scan;
  const builder = new TranscriptBuilder({
    text,
    segments,
    markers,
    silent: [...names, ...signs],
    tags,
  });
  let from = segments[0]?.start ?? 0;
  for (const { start, end } of [...silent, { start: masked.length, end: masked.length }]) {
    const part = masked.slice(from, start);
    let said = 0;
    for (const { 0: markup, index } of part.matchAll(MARKUP)) {
      builder.say(from + said, from + index);
      if (markup[0] === "<")
        builder.passSilence(from + index, from + index + markup.length, "html");
      said = index + markup.length;
    }
    builder.say(from + said, start);
    builder.passSilence(
      start,
      end,
      /^(?:<!--|%%)/.test(text.slice(start, start + 4)) ? "comment" : "code",
    );
    builder.breakLine();
    from = end;
  }
  return builder.finish();
}
