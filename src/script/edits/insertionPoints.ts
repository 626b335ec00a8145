import { MarkdownTokenizer, nothingElsewhere } from "../markdown/markdownTokens.ts";
import type { MarkdownToken } from "../markdown/markdownTokens.ts";
import type { Scan, ScanOptions } from "../scanner/scan.ts";
import { scanDeclared } from "../scanner/scanDeclared.ts";
import type { ReadOptions } from "../reader/replaceWords.ts";
import { parseStretches } from "../reader/markdownStretches.ts";
import { ParseCache } from "../reader/parseCache.ts";
import { parseScript } from "../reader/parseScript.ts";
import { firstIndex } from "../model/firstIndex.ts";
import { segmentAt } from "../model/segmentAt.ts";
import { findServiceTags, isSpeakable } from "../model/serviceTags.ts";
import { languageOf } from "../frontMatter/optionValue.ts";
import { sentenceStarts } from "../words/sentences.ts";
import { withEdits } from "../model/textEdit.ts";
import { lineEndingOf, placeBefore, tagTester } from "../words/wordPlaces.ts";

/** Text to be inserted at an offset of the document. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** What is to become a segment each. */
export type InsertBy = "paragraphs" | "headings" | "sentences" | "speakers";

/** How a document is read that markers are put into. */
export interface InsertionOptions extends ReadOptions {
  /** The language of its words, where the front matter names none: an ISO 639-1 code. */
  readonly spoken?: string;
}

/**
 * Where flush markers make a segment of every paragraph, section, sentence or speech. Their offsets are those of the document
 * as it stands, in order.
 *
 * - `paragraphs`: before each block that is spoken: a list, table or quote is kept whole, and a
 *   heading stays with the block below it. In plain text, before each line that follows an empty
 *   one.
 * - `headings`: before each heading outside of lists and quotes. Plain text has none.
 * - `speakers`: before each paragraph that begins with a speaker's name, or what looks like one: `NAME:`, `**Name:**`.
 * - `sentences`: before each sentence, and the speaker's name where it has one; in their midst within a paragraph.
 *
 * Before a block a marker has a line of its own, with an empty line after it. None before the first words, and none where a
 * marker stands already. Front matter, code, comments and tags of the service are not cut.
 */
export function insertionPoints(
  text: string,
  options: InsertionOptions,
  by: InsertBy,
): Insertion[] {
  if (by === "sentences") return sentencePoints(text, options);
  const scan = scanDeclared(text, options);
  const { language } = options;
  const blocks = withNames(
    text,
    language === "markdown" ? markdownBlocks(text, scan) : plainBlocks(text, scan),
    scan.names,
  );
  const marker = blockMarker(text);
  const { turns } = scanDeclared(text, { ...options, anyName: true });
  const wished = { text, by, turns: new Set(turns.map(({ start }) => start)) };
  const insertions: Insertion[] = [];
  let previous: Block | undefined;
  for (const [at, block] of blocks.entries()) {
    const written = text.slice(block.start, blocks[at + 1]?.start);
    const isPause = !isSpeakable(written) && findServiceTags(written).length > 0;
    if (isPause) continue; // by itself it would not be sent
    if (previous && begins(wished, block, previous) && isFree(text, scan, block.start)) {
      insertions.push({ offset: block.start, text: marker });
    }
    previous = block;
  }
  return insertions;
}

interface Wished {
  readonly text: string;
  readonly by: InsertBy;
  /** Where names of speakers begin, whether the cast has them or not. */
  readonly turns: ReadonlySet<number>;
}

function begins({ text, by, turns }: Wished, block: Block, previous: Block): boolean {
  if (by === "headings") return block.heading || block.isTitled === true;
  if (by === "paragraphs") return !previous.heading;
  let at = block.start;
  while (/[ \t]/.test(text[at] ?? "")) at++;
  return block.isNamed === true || turns.has(at);
}

function sentencePoints(text: string, options: InsertionOptions): Insertion[] {
  const { segments, options: front } = parseScript(text, options);
  const { names } = scanDeclared(text, options);
  const language = languageOf(front.language ?? options.spoken ?? "en");
  const marker = blockMarker(text);
  const insertions: Insertion[] = [];
  for (const segment of segments) {
    if (!segment.speakable) continue;
    const { transcript } = segment;
    const isInTag = tagTester(transcript);
    const starts = sentenceStarts(transcript, language).filter((index) => !isInTag(index));
    let last = 0;
    for (const [at, index] of starts.entries()) {
      // A pause by itself would not be sent.
      const parts = [transcript.slice(last, index), transcript.slice(index, starts[at + 1])];
      if (!parts.every(isSpeakable)) continue;
      last = index;
      const { offset, block } = placeBefore(text, segment, index, names);
      if (offset <= (insertions.at(-1)?.offset ?? segment.start)) continue;
      insertions.push({ offset, text: block ? marker : inlineMarker });
    }
  }
  return thatCut(text, options, insertions);
}

/** Those insertions that make a marker each: in a code span none would. */
function thatCut(text: string, options: ScanOptions, insertions: Insertion[]): Insertion[] {
  const edits = insertions.map(({ offset, text }) => ({ start: offset, end: offset, text }));
  const cuts = scanDeclared(withEdits(text, edits), options).markers.map(({ start }) => start);
  const markers = new Set(cuts);
  let inserted = 0;
  return insertions.filter(({ offset, text: marker }) => {
    const start = offset + inserted;
    inserted += marker.length;
    return markers.has(start);
  });
}

interface Block {
  /** The start of its first line. */
  readonly start: number;
  readonly heading: boolean;
  /** Whether a speaker's name that is not said stands before it. */
  readonly isNamed?: boolean;
  /** Whether a heading that is not said does. */
  readonly isTitled?: boolean;
}

/** Blocks from where the names, directions and unsaid headings before them begin. */
function withNames(text: string, blocks: readonly Block[], names: Scan["names"]): Block[] {
  let next = 0;
  return blocks.map((block) => {
    let run: Scan["names"][number][] = [];
    for (let name = names[next]; name && name.start < block.start; name = names[++next]) {
      const goesOn = isBlank(text, run.at(-1)?.end ?? name.start, name.start);
      if (goesOn) run.push(name);
      else run = [name];
    }
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last || !isBlank(text, last.end, block.start)) return block;
    return {
      ...block,
      start: lineStart(text, first.start),
      isNamed: run.some(({ reason }) => reason === "speaker"),
      isTitled: run.some(({ reason }) => reason === "heading"),
    };
  });
}

function isBlank(text: string, from: number, to: number): boolean {
  return text.slice(from, to).trim() === "";
}

/** The start of a line, where nothing but white space stands before this on it. */
function lineStart(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === " " || text[at - 1] === "\t") at--;
  return at;
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

/** The parser's names of blocks, of which these are not spoken, and these are. */
const SILENT_BLOCK =
  /^(?:codeFenced|codeIndented|definition|gfmFootnoteDefinition|htmlFlow|thematicBreak)$/;
const SPOKEN_BLOCK =
  /^(?:atxHeading|blockQuote|listOrdered|listUnordered|paragraph|setextHeading|table)$/;

/** The blocks that are in no other, in order, and the offsets of their starts. */
function outermostBlocks(
  tokenizer: MarkdownTokenizer,
  markdown: string,
): { readonly type: string; readonly at: number }[] {
  const blocks: { type: string; at: number }[] = [];
  let end = 0;
  const enter = (token: MarkdownToken): void => {
    const { type, start } = token;
    if (start.offset < end || !(SPOKEN_BLOCK.test(type) || SILENT_BLOCK.test(type))) return;
    blocks.push({ type, at: start.offset });
    end = token.end.offset;
  };
  tokenizer.tokenize(markdown, { enter, exit: () => {} }, nothingElsewhere);
  return blocks;
}

/** The blocks of all stretches: the parser's work grows faster than what it is given. */
function markdownBlocks(text: string, scan: Scan): Block[] {
  const blocks: Block[] = [];
  const tokenizer = new MarkdownTokenizer();
  let listBefore: string | undefined;
  for (const { start: base, stretch } of parseStretches(text, scan, new ParseCache()) ?? []) {
    const { masked } = stretch;
    for (const { type, at } of outermostBlocks(tokenizer, masked)) {
      const isList = type.startsWith("list");
      const list = isList ? /\d*(.)/y.exec(masked.slice(at, at + 20))?.[1] : undefined;
      const goesOn = list !== undefined && list === listBefore;
      listBefore = list;
      if (SILENT_BLOCK.test(type) || goesOn) continue;
      const indent = /[ \t]*$/.exec(masked.slice(Math.max(0, at - 4), at))?.[0].length ?? 0;
      const start = beforeComment(text, scan, base + at - indent);
      blocks.push({ start, heading: type.endsWith("Heading") });
    }
  }
  return blocks;
}

/** Where the line begins on which a block stands behind a comment; else where the block does. */
function beforeComment(text: string, { silent }: Scan, start: number): number {
  const before = silent[firstIndex(silent.length, (at) => (silent[at]?.end ?? 0) > start) - 1];
  if (!before || !/^[ \t]*$/.test(text.slice(before.end, start))) return start;
  let line = before.start;
  while (text[line - 1] === " " || text[line - 1] === "\t") line--;
  return line;
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

const inlineMarker = "<flush/>";

/** A marker before a block. */
function blockMarker(text: string): string {
  return inlineMarker + lineEndingOf(text).repeat(2);
}
