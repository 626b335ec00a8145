import { MARKUP, maskMarkdown } from "./mask.ts";
import type { Scan } from "../scanner/scan.ts";
import type { Span } from "../model/script.ts";
import type { SilenceReason } from "../model/silence.ts";
import { TranscriptBuilder } from "../transcript/transcriptBuilder.ts";
import type { SpokenText } from "../transcript/spokenText.ts";

/**
 * Says Markdown that is too intricate for the parser: what is left of its text without its code, comments and marks.
 * @returns one for each of the scan's segments
 */
export function speakUnparsed(text: string, scan: Scan): SpokenText[] {
  const { text: masked, signs, tags } = maskMarkdown(text, scan);
  const { segments, markers, names, replaced, opened } = scan;
  const builder = new TranscriptBuilder({
    text,
    segments,
    markers: [...markers, ...opened],
    silent: [...names, ...signs],
    tags,
    replaced,
  });
  const unsaid = scan.unsaid.map((span) => ({ ...span, reason: "skipped" as const }));
  const end: Silence = { start: masked.length, end: masked.length };
  const silent: Silence[] = [...scan.silent, ...unsaid, end];
  let from = segments[0]?.start ?? 0;
  for (const { start, end, reason } of silent.sort((a, b) => a.start - b.start)) {
    if (end < from) continue;
    const part = masked.slice(from, start);
    let said = 0;
    for (const { 0: markup, index } of part.matchAll(MARKUP)) {
      builder.say(from + said, from + index);
      if (markup[0] === "<")
        builder.passSilence(from + index, from + index + markup.length, "html");
      said = index + markup.length;
    }
    builder.say(from + said, start);
    const kind = /^(?:<!--|%%)/.test(text.slice(start, start + 4)) ? "comment" : "code";
    builder.passSilence(start, end, reason ?? kind);
    builder.breakLine();
    from = Math.max(from, end);
  }
  return builder.finish();
}

interface Silence extends Span {
  readonly reason?: SilenceReason;
}
