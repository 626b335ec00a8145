import { isTooIntricate } from "./intricacy.ts";
import { parseMarkdown } from "./markdownParser.ts";
import { maskMarkdown } from "./mask.ts";
import { scanScript } from "./scan.ts";
import type { Scan } from "./scan.ts";
import type { ScriptLanguage } from "./script.ts";
import { segmentAt } from "./segmentAt.ts";

/** Text to be inserted at an offset of the document. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/**
 * Where flush markers, each on a line of its own with an empty line after it, make a segment of
 * every paragraph or of every section. Each insertion is at the start of a line; their offsets are
 * those of the document as it stands.
 *
 * - `paragraphs`: before each block that is spoken: a list, table or quote is kept whole, and a
 *   heading stays with the block below it. In plain text, before each line that follows an empty
 *   one.
 * - `headings`: before each heading outside of lists and quotes. Plain text has none.
 *
 * None before the first words, and none where a marker stands already. Front matter, code and
 * comments are not cut.
 */
export function insertionPoints(
  text: string,
  language: ScriptLanguage,
  by: "paragraphs" | "headings",
): Insertion[] {
  const scan = scanScript(text, { language });
  const blocks = language === "markdown" ? markdownBlocks(text, scan) : plainBlocks(text, scan);
  const marker = `<flush/>${lineEndingOf(text).repeat(2)}`;
  const insertions: Insertion[] = [];
  let previous: Block | undefined;
  for (const block of blocks) {
    const begins = by === "headings" ? block.heading : previous?.heading === false;
    if (previous && begins && isFree(text, scan, block.start)) {
      insertions.push({ offset: block.start, text: marker });
    }
    previous = block;
  }
  return insertions;
}

interface Block {
  /** The start of its first line. */
  readonly start: number;
  readonly heading: boolean;
}

/** Whether a marker put at a block's start would be one, and would not stand beside another. */
function isFree(text: string, { segments, silent }: Scan, start: number): boolean {
  const { start: from = 0, end: to = 0 } = segments[segmentAt(segments, start)] ?? {};
  let before = start;
  while (before > from && /\s/.test(text[before - 1] ?? "")) before--;
  let after = start;
  while (after < to && /\s/.test(text[after] ?? "")) after++;
  const inSilence = silent.some((span) => span.start < start && start < span.end);
  return before > from && after < to && !inSilence;
}

function markdownBlocks(text: string, scan: Scan): Block[] {
  const masked = maskMarkdown(text, scan).text;
  if (isTooIntricate(masked)) return [];
  return parseMarkdown(masked).children.flatMap(({ type, position }) => {
    const silent = /^(?:code|definition|footnoteDefinition|html|thematicBreak)$/.test(type);
    const start = position?.start.offset;
    if (silent || start === undefined) return [];
    const indent = masked.slice(0, start).match(/[ \t]*$/)?.[0].length ?? 0;
    return [{ start: start - indent, heading: type === "heading" }];
  });
}

function plainBlocks(text: string, { segments }: Scan): Block[] {
  const first = segments[0]?.start ?? 0;
  const paragraphs = text
    .slice(first)
    .matchAll(/(?:^\s*?|(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r))(?=[ \t]*\S)/g);
  return Array.from(paragraphs, ({ 0: gap, index }) => ({
    start: first + index + gap.length,
    heading: false,
  }));
}

function lineEndingOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}
