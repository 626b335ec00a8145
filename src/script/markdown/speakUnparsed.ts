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
  const { segments, replaced, opened } = scan;
  const markers = [...scan.markers, ...scan.names, ...opened, ...signs];
  const builder = new TranscriptBuilder({ text, segments, markers, tags, replaced });
  const silent = [...scan.silent, ...scan.unsaid, { start: masked.length, end: masked.length }];
  let from = segments[0]?.start ?? 0;
  for (const { start, end } of silent.sort((a, b) => a.start - b.start)) {
    if (end < from) continue;
    const part = masked.slice(from, start);
    let said = 0;
    for (const { 0: markup, index } of part.matchAll(MARKUP)) {
      builder.say(from + said, from + index);
      said = index + markup.length;
    }
    builder.say(from + said, start);
    builder.breakLine();
    from = Math.max(from, end);
  }
  return builder.finish();
}
