import { isTooMuch } from "./intricacy.ts";
import { MarkdownSpeaker } from "./markdownSpeaker.ts";
import { MarkdownTokenizer, nothingElsewhere } from "./markdownTokens.ts";
import { MARKUP, maskMarkdown } from "./mask.ts";
import type { Scan } from "../scanner/scan.ts";
import type { Span } from "../model/script.ts";
import { TranscriptBuilder } from "../transcript/transcriptBuilder.ts";
import type { SpokenText } from "../transcript/spokenText.ts";

/** What is said of a Markdown document. */
export interface SpokenMarkdown {
  /** One for each of the scan's segments. */
  readonly segments: readonly SpokenText[];
  /**
   * False if the document is too intricate for the parser, so that its marks were only left out.
   */
  readonly parsed: boolean;
  /** What was too intricate by itself, so that its marks were only left out. */
  readonly intricate: readonly Span[];
}

/**
 * Says Markdown (GitHub Flavored) as its reader would read it aloud:
 *
 * | construct | is said as |
 * | --- | --- |
 * | paragraph | its text; a full stop is put after it if another block follows in the segment |
 * | heading, list item, table row | its text, ended by a full stop |
 * | table cells | joined by commas; empty ones are left out |
 * | emphasis, strong, strikethrough, code span | the text |
 * | link, image | the link's text, the image's alternative text |
 * | bare URL, `<…>` autolink | without `https://`, `http://`, `mailto:`, `tel:` |
 * | line break, hard or soft | a space |
 * | character reference, backslash escape | the character |
 * | raw HTML | its text; `<br>` is a line break, `<p>` and the like part blocks |
 * | block quote | its blocks |
 * | fenced and indented code, HTML comment, `<script>`, `<style>`, `<template>`, front matter, thematic break, list number, checkbox, link target, link definition, footnote and reference to one | nothing |
 *
 * A full stop or comma is put only where no punctuation that pauses stands already; after Chinese
 * or Japanese it is 。 or ，. White space becomes one space, none between two lines or blocks of a
 * writing without spaces. The service's tags are said as they stand. Control characters and lone
 * surrogates are left out. Never throws.
 */
export function speakMarkdown(text: string, scan: Scan): SpokenMarkdown {
  const masked = maskMarkdown(text, scan);
  const markers = [...scan.markers, ...scan.names, ...masked.signs];
  const source = { text, segments: scan.segments, markers, tags: masked.tags };
  if (!isTooMuch(text.length, masked.work)) {
    try {
      const builder = new TranscriptBuilder(source);
      const speaker = new MarkdownSpeaker(masked.text, builder);
      new MarkdownTokenizer().tokenize(masked.text, speaker, nothingElsewhere);
      return { segments: builder.finish(), parsed: true, intricate: masked.intricate };
    } catch {
      // The parser overflowed the stack.
    }
  }
  const builder = new TranscriptBuilder(source);
  sayWithoutMarks(masked.text, scan, builder);
  return { segments: builder.finish(), parsed: false, intricate: [] };
}

/** The plain way: what is left of a document's text without its code, comments and marks. */
function sayWithoutMarks(
  masked: string,
  { silent, segments }: Scan,
  builder: TranscriptBuilder,
): void {
  let from = segments[0]?.start ?? 0;
  for (const { start, end } of [...silent, { start: masked.length, end: masked.length }]) {
    const text = masked.slice(from, start);
    let said = 0;
    for (const { 0: markup, index } of text.matchAll(MARKUP)) {
      builder.say(from + said, from + index);
      said = index + markup.length;
    }
    builder.say(from + said, start);
    builder.breakLine();
    from = end;
  }
}
