import { INERT, readDialects } from "./dialects.ts";
import { judgeIntricacy } from "./intricacy.ts";
import type { Scan } from "../scanner/scan.ts";
import type { Replaced, Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import { findTags } from "../model/htmlTags.ts";
import { findServiceTags } from "../model/serviceTags.ts";
import type { ServiceTag } from "../model/serviceTags.ts";
import { rewriteVariables } from "../transcript/variables.ts";

/** A document as the Markdown parser gets to see it. */
export interface MaskedMarkdown {
  /** As long as the document, offset for offset. */
  readonly text: string;
  /** The service's tags that were masked, in document order. */
  readonly tags: readonly ServiceTag[];
  /** Parts that can't be read as Markdown (`judgeIntricacy`): their signs were masked, so that they are paragraphs. */
  readonly intricate: readonly Span[];
  /** What is not to be said: marks in these, and of other dialects. */
  readonly signs: readonly SilentSpan[];
  /** How much work it is to parse the text: see `judgeIntricacy`. */
  readonly work: number;
}

/** What has to be known of a text before it is masked. */
export interface Maskable
  extends
    Pick<Scan, "spells" | "replaced" | "opened">,
    Partial<Pick<Scan, "frontMatter" | "silent">> {
  readonly markers: readonly Span[];
  readonly names: readonly SilentSpan[];
}

/** What would begin a block if it began its line. */
const BLOCK_START = /[ \t]*(?:#{1,6}(?:[ \t\r\n]|$)|>|[-+*][ \t]|\d{1,9}[.)][ \t])/y;

/**
 * Hides front matter, flush markers, speakers' names and the service's tags from the Markdown parser, which would
 * take `<flush/>` before a line, or a line that begins with `<break …/>`, for a block of HTML, and
 * `---` under a line for a heading.
 *
 * - Tags, and markers with text before them on their line, become a word.
 * - A marker that is its whole line becomes an empty line where the line above or below is empty,
 *   so that what follows begins anew. Between lines of text it becomes a word: paragraph, table and
 *   emphasis go on around it.
 * - A marker before text becomes an empty line, too, after an empty line or before a heading, quote
 *   or list item: they begin where the marker ends.
 */
export function maskMarkdown(text: string, scan: Maskable): MaskedMarkdown {
  const tags = findMaskedTags(text, scan);
  const body = scan.frontMatter?.end ?? (text.startsWith("\uFEFF") ? 1 : 0);
  const replaced = new Set(scan.replaced.map(({ start }) => start));
  const isComment = ({ start }: Span): boolean => !replaced.has(start);
  const comments = maskComments(text, (scan.silent ?? []).filter(isComment));
  const masks = [
    ...tags.map((tag) => ({ ...tag, mask: inert(tag) })),
    ...[...scan.markers, ...scan.names]
      .filter(({ start, end }) => start < end)
      .map((span: Span & { readonly reason?: string }) =>
        span.reason === "heading" ? blanked(span) : maskMarker(text, body, span),
      ),
    ...scan.replaced.map((span) => maskReplaced(text, body, span)),
    ...scan.opened.map(({ start, end }) => ({ start, end, mask: "\n".repeat(end - start) })),
    ...comments,
  ].sort((a, b) => a.start - b.start);
  const front = text.slice(0, body).replace(/[^\r\n]/g, " ");
  let masked = putMasks(front + text.slice(body), masks);
  // An underscore in the name of a variable emphasizes nothing.
  masked = rewriteVariables(masked, (name) => name.replace(/_/g, INERT));
  masked = putMasks(masked, maskWords(masked));
  const silent = scan.silent ?? [];
  const dialects = readDialects(masked, silent);
  const { signs, ...rest } = maskIntricate(dialects.text, silent);
  const unsaid = comments.map(({ start, end }) => ({ start, end, reason: "comment" as const }));
  return { tags, signs: [...unsaid, ...dialects.signs, ...signs], ...rest };
}

/** The text with masks put, which are in order. */
export function putMasks(text: string, masks: readonly Mask[]): string {
  let masked = "";
  for (const { start, end, mask } of masks) {
    masked += text.slice(masked.length, start) + mask;
    masked += text.slice(masked.length, end);
  }
  return masked + text.slice(masked.length);
}

/** What stands before a comment that begins its line. */
const LINE_START = /(?:^|[\r\n])([ \t]*)((?:[>*+-]|\d{1,9}[.)])?[ \t>*+-]*)$/;
/** So many UTF-16 units of a line are looked at for that. */
const longestStart = 200;

/**
 * Masks comments that have text behind them on their line and begin it: that would be raw HTML, and its signs be said. What
 * stands behind begins a line; in a list or quote, where that line would leave it, the comment becomes a word.
 */
function maskComments(text: string, silent: readonly Span[]): Mask[] {
  return silent.flatMap(({ start, end }): Mask[] => {
    const behind = /[ \t]*(?=[^ \t\r\n])/y;
    behind.lastIndex = end;
    if (!text.startsWith("<!--", start) || !behind.test(text)) return [];
    const before = LINE_START.exec(text.slice(Math.max(0, start - longestStart), start));
    if (!before) return [];
    if (before[2] !== "") return [{ start, end, mask: inert({ start, end }) }];
    const to = behind.lastIndex;
    return [{ start, end: to, mask: `${" ".repeat(to - start - 1)}\n` }];
  });
}

/**
 * Masks what looks like a tag but is none of HTML, so that it is text: `<name>`, `List<String>`. Names with a colon
 * become such as HTML may have.
 */
function maskWords(text: string): Mask[] {
  return findTags(text).flatMap(({ start, end, name, kind }): Mask[] => {
    if (isEscaped(text, start)) return [];
    if (kind !== "text") {
      if (!name.includes(":")) return [];
      return [{ start, end, mask: text.slice(start, end).replace(":", "-") }];
    }
    const isTarget = /\](?:\(|:)[ \t]*(?:(?:\r\n|\n|\r)[ \t]*)?$/.test(
      text.slice(Math.max(0, start - 20), start),
    );
    return isTarget ? [] : [{ start, end: start + 1, mask: INERT }];
  });
}

/** Signs that mark up rather than speak, and tags of HTML. */
export const MARKUP = /<[/!a-z][^<>]*>|[#*_`~|\\]+/gi;
/** All that could mean something to Markdown: signs, and the white space that a line begins with. */
const MEANT = /[!-/:-@[-`{-~]|(?<=^|[\r\n])[ \t]/g;

/** The end of a line of a paragraph that goes on: it says no more than a space, and each costs the parser a look at all others. */
const INNER_END = /(?<=\S)(?:\r\n|\n|\r)(?=\S)/g;

/** Makes what is too intricate plain paragraphs, but for code and comments in it. */
function maskIntricate(
  masked: string,
  silent: readonly Span[],
): Pick<MaskedMarkdown, "text" | "intricate" | "signs" | "work"> {
  const { intricate, work } = judgeIntricacy(withoutSilent(masked, silent));
  const signs: SilentSpan[] = [];
  let text = "";
  const makePlain = (to: number): void => {
    const part = masked.slice(text.length, to);
    for (const { 0: sign, index } of part.matchAll(MARKUP)) {
      const start = text.length + index;
      signs.push({ start, end: start + sign.length, reason: sign[0] === "<" ? "html" : "marks" });
    }
    text += part.replace(MEANT, INERT).replace(INNER_END, (end) => " ".repeat(end.length));
  };
  let next = 0;
  for (const { start, end } of intricate) {
    text += masked.slice(text.length, start);
    while ((silent[next]?.end ?? Infinity) <= start) next++;
    for (; (silent[next]?.start ?? Infinity) < end; next++) {
      const hidden = silent[next] as Span;
      makePlain(Math.max(text.length, hidden.start));
      text += masked.slice(text.length, Math.min(end, hidden.end));
      if (hidden.end > end) break;
    }
    makePlain(end);
  }
  return { text: text + masked.slice(text.length), intricate, signs, work };
}

/** What is to be judged: signs in code and comments have no meaning, and make no work. */
function withoutSilent(masked: string, silent: readonly Span[]): string {
  let text = "";
  for (const { start, end } of silent) {
    text += masked.slice(text.length, start);
    text += masked.slice(text.length, end).replace(/[!-/:-@[-`{-~]/g, "x");
  }
  return text + masked.slice(text.length);
}

/**
 * Which spell elements there are has been decided by the scanner, which knows code. An escaped tag
 * is text.
 */
function findMaskedTags(
  text: string,
  { markers, names, spells, replaced, opened, frontMatter }: Maskable,
): ServiceTag[] {
  const body = frontMatter?.end ?? 0;
  const taken = [...markers, ...names, ...spells, ...replaced, ...opened].sort(
    (a, b) => a.start - b.start,
  );
  let next = 0;
  return findServiceTags(text, spells).filter(({ kind, start, end }) => {
    while ((taken[next]?.end ?? Infinity) <= start) next++;
    const free = (taken[next]?.start ?? Infinity) >= end;
    return kind === "spell" || (start >= body && free && !isEscaped(text, start));
  });
}

function isEscaped(text: string, offset: number): boolean {
  let from = offset;
  while (text[from - 1] === "\\") from--;
  return (offset - from) % 2 === 1;
}

/** What stands in the place of a span of the document, just as long. */
export interface Mask extends Span {
  readonly mask: string;
}

function maskMarker(text: string, body: number, { start, end }: Span): Mask {
  const before = lineBefore(text, body, start);
  if (before === "text") return { start, end, mask: inert({ start, end }) };
  const rest = /[ \t]*/y;
  rest.lastIndex = end;
  const restLength = rest.exec(text)?.[0].length ?? 0;
  const after = end + restLength;
  if (isLineEnd(text, after)) {
    const within = before === "start after text" && hasTextBelow(text, after);
    return { start, end, mask: within ? inert({ start, end }) : " ".repeat(end - start) };
  }
  BLOCK_START.lastIndex = after;
  if (before === "start after text" && !BLOCK_START.test(text)) {
    return { start, end, mask: inert({ start, end }) };
  }
  // The line ending takes the last place, so that what follows begins a line, without the space before it.
  return { start, end: after, mask: " ".repeat(after - start - 1) + "\n" };
}

/**
 * What is not said as it stands is a word where something is said in its place, or other text stands before or behind it. Of
 * several lines that are left out, empty ones are left.
 */
function maskReplaced(text: string, body: number, { start, end, said }: Replaced): Mask {
  const hidden = text.slice(start, end);
  const isLine = !/[\r\n]/.test(hidden);
  const before = lineBefore(text, body, start) === "text";
  const rest = /[ \t]*/y;
  rest.lastIndex = end;
  const last = end + (rest.exec(text)?.[0].length ?? 0);
  const after = !isLineEnd(text, last);
  if (said !== "" || (isLine && (before || after))) {
    const columns =
      isLine && !before && !after && hidden.includes("|") ? columnsBelow(text, last) : 0;
    // The first line of a table, without which the others would be none, has a cell for each column.
    const cells = columns > 0 ? `|${" |".repeat(columns - 1)}` : "";
    return { start, end, mask: inert({ start, end: end - cells.length }) + cells };
  }
  if (isLine) return { start, end, mask: " ".repeat(end - start) };
  const first = hidden.search(/[\r\n]/);
  const lines = hidden.slice(first).replace(/[^\r\n]/g, " ");
  const mask = (before ? INERT : " ").repeat(first) + lines;
  if (!after) return { start, end, mask };
  // As behind a marker: what follows begins a line.
  return { start, end: last, mask: `${mask.slice(0, -1)}${" ".repeat(last - end)}\n` };
}

type Before = "text" | "start after text" | "start after empty line";

/**
 * What stands before an offset on its line, and if nothing does, on the line above. Nothing stands
 * before `body`.
 */
function lineBefore(text: string, body: number, offset: number): Before {
  let at = beforeBlanks(text, offset);
  if (at > body && !isLineEnd(text, at - 1)) return "text";
  at = beforeBlanks(text, at - (text.startsWith("\r\n", at - 2) ? 2 : 1));
  return at <= body || isLineEnd(text, at - 1) ? "start after empty line" : "start after text";
}

function beforeBlanks(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && (text[at - 1] === " " || text[at - 1] === "\t")) at--;
  return at;
}

const DELIMITERS =
  /(?:\r\n|\n|\r)[ \t>]*(\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?)[ \t]*(?=[\r\n]|$)/y;

/** How many columns a table has whose first line ends here; 0 where it is that of none. */
function columnsBelow(text: string, lineEnd: number): number {
  DELIMITERS.lastIndex = lineEnd;
  const [, row = ""] = DELIMITERS.exec(text) ?? [];
  return row.includes("|") ? (row.match(/-+/g) ?? []).length : 0;
}

function hasTextBelow(text: string, lineEnd: number): boolean {
  const below = /(?:\r\n|\n|\r)[ \t]*[^ \t\r\n]/y;
  below.lastIndex = lineEnd;
  return below.test(text);
}

function isLineEnd(text: string, offset: number): boolean {
  return offset >= text.length || text[offset] === "\n" || text[offset] === "\r";
}

/** An empty line: what stands above and below are blocks of their own. */
function blanked({ start, end }: Span): Mask {
  return { start, end, mask: " ".repeat(end - start) };
}

function inert({ start, end }: Span): string {
  return INERT.repeat(end - start);
}
