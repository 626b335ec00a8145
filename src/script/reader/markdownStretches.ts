import { isTooMuch } from "../markdown/intricacy.ts";
import { MarkdownStretch, type Parsing } from "../markdown/markdownStretch.ts";
import {
  MarkdownTokenizer,
  nothingElsewhere,
  type Elsewhere,
  type MarkdownLabels,
} from "../markdown/markdownTokens.ts";
import { firstIndex } from "../model/firstIndex.ts";
import type { Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import type { Scan } from "../scanner/scan.ts";
import type { ParseCache } from "./parseCache.ts";

/** A stretch in its document, parsed. */
export interface PlacedStretch {
  readonly start: number;
  readonly stretch: MarkdownStretch;
}

/**
 * Cuts the body of a Markdown document into stretches, each of which is parsed alone, and together as the whole would be: the
 * parser's work grows faster than what it is given. What a stretch says also hangs on the link definitions and footnotes of
 * all others: where it was told otherwise of one, it is parsed again.
 *
 * Work is linear, however the text is made: a stretch that can't be read alone is tried again only when it is twice as long.
 *
 * @returns nothing where the document is too intricate to be parsed
 */
export function parseStretches(
  text: string,
  scan: Scan,
  cache: ParseCache,
): readonly PlacedStretch[] | undefined {
  const { borders, frontMatter } = scan;
  const take = (from: number, to: number): MarkdownStretch =>
    takeStretch({ text, scan, isInner: frontMatter !== undefined }, from, to, cache);
  const pieces = borders.map((start, at) => take(start, borders[at + 1] ?? text.length));
  if (
    isTooMuch(
      text.length,
      pieces.reduce((sum, { work }) => sum + work, 0),
    )
  )
    return undefined;
  try {
    const list = joinPieces(pieces, borders, { end: text.length, cache, take });
    parseWithDefinitions(list, cache);
    return list;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the parser overflowed the stack
    throw error;
  }
}

interface Joining {
  /** Of the document. */
  readonly end: number;
  readonly cache: ParseCache;
  readonly take: (from: number, to: number) => MarkdownStretch;
}

/** Joins those that can't be read alone to those before or behind them. */
function joinPieces(
  pieces: readonly MarkdownStretch[],
  starts: readonly number[],
  { end: documentEnd, cache, take }: Joining,
): PlacedStretch[] {
  const list: PlacedStretch[] = [];
  let pending: number | undefined;
  let least = 0;
  for (const [at, piece] of pieces.entries()) {
    const end = starts[at + 1] ?? documentEnd;
    const isLast = end === documentEnd;
    let start = pending ?? starts[at] ?? 0;
    if (end - start < least && !isLast) continue;
    let stretch = pending === undefined ? piece : take(start, end);
    const leans = stretch.leans && list.length > 0;
    if (leans) start = popBefore(list);
    if (leans && isLast) stretch = take(start, end);
    pending = start;
    least = 2 * (end - start);
    if (leans && !isLast) continue; // many that lean would each have all before them read again
    if (!parsed(stretch, cache).closes) continue;
    list.push({ start, stretch });
    pending = undefined;
    least = 0;
  }
  return list;
}

/** Takes stretches from a list's end up to one that is not blank, if there is one. @returns where the first of them begins */
function popBefore(list: PlacedStretch[]): number {
  for (;;) {
    const before = list.pop();
    if (!before || !before.stretch.blank || list.length === 0) return before?.start ?? 0;
  }
}

function parsed(stretch: MarkdownStretch, cache: ParseCache): Parsing {
  if (stretch.parsing.id === 0) parse(stretch, cache, nothingElsewhere);
  return stretch.parsing;
}

function parse(stretch: MarkdownStretch, cache: ParseCache, elsewhere: Elsewhere): void {
  cache.tokenizer ??= new MarkdownTokenizer();
  stretch.parse(cache.tokenizer, elsewhere, ++cache.parsings);
}

/** Parses those again that were told otherwise of a definition than the whole document has it. */
function parseWithDefinitions(list: readonly PlacedStretch[], cache: ParseCache): void {
  const links = new Set<string>();
  const notes = new Set<string>();
  const labelled = list.filter(({ stretch }) => stretch.parsing.labels);
  for (const { stretch } of labelled) {
    for (const label of stretch.parsing.labels?.links.own ?? []) links.add(label);
    for (const label of stretch.parsing.labels?.notes.own ?? []) notes.add(label);
  }
  for (const { stretch } of labelled) {
    const { labels } = stretch.parsing;
    const holds = !labels || (isTold(labels.links, links) && isTold(labels.notes, notes));
    if (!holds) parse(stretch, cache, { links, notes });
  }
}

function isTold({ answers }: MarkdownLabels["links"], known: ReadonlySet<string>): boolean {
  for (const [label, answer] of answers) if (known.has(label) !== answer) return false;
  return true;
}

interface Body {
  readonly text: string;
  readonly scan: Scan;
  /** Whether something stands before it. */
  readonly isInner: boolean;
}

/** The stretch from one place to another, parsed before if possible. */
function takeStretch(
  { text, scan, isInner }: Body,
  from: number,
  to: number,
  { stretches }: ParseCache,
): MarkdownStretch {
  const written = text.slice(from, to);
  const cuts = {
    markers: within(scan.markers, from, to),
    spells: within(scan.spells, from, to),
    silent: within(scan.silent, from, to),
    names: within(scan.names, from, to),
  };
  const isLast = to === text.length;
  const isMarked = isInner && text[from] === "\uFEFF";
  const key = keyOf(written, cuts, (isLast ? "l" : "") + (isMarked ? "i" : ""));
  const known = stretches.get(key);
  if (known) return known;
  const stretch = new MarkdownStretch(written, cuts, isMarked, isLast);
  stretches.set(key, stretch);
  return stretch;
}

interface StretchCuts extends Record<"markers" | "spells" | "silent", readonly Span[]> {
  readonly names: readonly SilentSpan[];
}

/** What makes a stretch; mostly its text alone. What is put behind that is behind the last NUL character. */
function keyOf(
  written: string,
  { markers, spells, silent, names }: StretchCuts,
  kind: string,
): string {
  let places = kind;
  for (const { start, end } of markers) places += `m${start},${end}`;
  for (const { start, end } of spells) places += `s${start},${end}`;
  for (const { start, end } of silent) places += `c${start},${end}`;
  for (const { start, end, reason } of names) places += `${reason}${start},${end}`;
  return places === "" && !written.includes("\0") ? written : `${written}\0${places}`;
}

/** The spans that begin from one place on and before another, counted from the first. */
function within<Part extends Span>(spans: readonly Part[], from: number, to: number): Part[] {
  let at = firstIndex(spans.length, (index) => (spans[index]?.start ?? from) >= from);
  const found: Part[] = [];
  for (; at < spans.length; at++) {
    const span = spans[at] as Part;
    if (span.start >= to) break;
    found.push({ ...span, start: span.start - from, end: span.end - from });
  }
  return found;
}
