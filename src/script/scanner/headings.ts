import { withoutSigns } from "../model/firstWords.ts";
import type { FrontMatterBlock } from "../frontMatter/frontMatterBlock.ts";
import type { FlushMarker } from "../model/flushMarker.ts";
import type { Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";

/** A heading of a Markdown document; its span is that of its line, or, where it is underlined, of both lines. */
export interface Heading extends Span {
  /** 1 to 6. */
  readonly level: number;
  /** What it says, without signs of Markdown. */
  readonly title: string;
  readonly isUnderlined: boolean;
}

/** What of a document is no text, as its scan has it. */
export interface CutDocument {
  readonly frontMatter: FrontMatterBlock | undefined;
  readonly markers: readonly FlushMarker[];
  /** Fenced code, comments, and what is switched off. */
  readonly silent: readonly Span[];
  /** Names of speakers, and headings that are not said. */
  readonly names: readonly SilentSpan[];
}

/** Markers may stand before it on its line. */
const HASHED =
  /^((?:<flush[ \t]*\/>[ \t]*|<!--[ \t]*flush[ \t]*-->[ \t]*)*)( {0,3})(#{1,6})(?:[ \t]+([^\r\n]*))?$/gim;
/** The number signs that a heading may end with: `## Two ##`. Looked for but once in any white space, however long. */
const CLOSING = /(?:^|(?<![ \t])[ \t]+)#+[ \t]*$/;
const UNDERLINE = /(?:\r\n|\n|\r) {0,3}(=+|-+)[ \t]*$/gm;
/** What a line must not begin with to be a heading by the line under it: it would begin another block, or none. */
const OTHER_BLOCK =
  /^(?: {4}|\t|[ \t]*$| {0,3}(?:[>|#<=]|[-+*][ \t]|[-*_]{3}|\d{1,9}[.)][ \t]|```|~~~))/;

/**
 * The headings of a Markdown document in their order, by its lines alone: those outside of lists and quotes, front matter,
 * code and comments. A heading is one line; one of several, underlined, is none here.
 */
export function findHeadings(text: string, scan: CutDocument): Heading[] {
  const body = scan.frontMatter?.end ?? 0;
  const isSilent = overlapping(scan.silent);
  const isUnderlineSilent = overlapping(scan.silent);
  const isMarker = overlapping(scan.markers);
  const isName = overlapping(scan.names.filter(({ reason }) => reason === "speaker"));
  return [...hashed(text), ...underlined(text)]
    .sort((a, b) => a.start - b.start)
    .filter(
      (heading) =>
        heading.start >= body &&
        !isSilent({ start: heading.start, end: heading.start + 1 }) &&
        !(heading.isUnderlined && isUnderlineSilent(lastLine(text, heading))) &&
        !isName(heading) &&
        !isMarker(lastLine(text, heading)),
    );
}

function* hashed(text: string): Generator<Heading> {
  for (const {
    0: whole,
    1: markers = "",
    2: indent = "",
    3: hashes = "",
    4: title = "",
    index,
  } of text.matchAll(HASHED)) {
    const start = index + markers.length + indent.length;
    const said = title.replace(CLOSING, "").trim();
    yield {
      start,
      end: index + whole.length,
      level: hashes.length,
      title: withoutSigns(said) || said.replace(/<!--.*/, "").trim(),
      isUnderlined: false,
    };
  }
}

function* underlined(text: string): Generator<Heading> {
  for (const { 0: whole, 1: line = "", index } of text.matchAll(UNDERLINE)) {
    const start = lineStart(text, index);
    const title = text.slice(start, index);
    if (OTHER_BLOCK.test(title) || !isBlankLine(text, start)) continue;
    const level = line.startsWith("=") ? 1 : 2;
    yield {
      start,
      end: index + whole.length,
      level,
      title: withoutSigns(title) || title.trim(),
      isUnderlined: true,
    };
  }
}

/** Whether nothing stands on the line before the one that begins here, or there is none. */
function isBlankLine(text: string, start: number): boolean {
  const end = lineEndBefore(text, start);
  return end <= 0 || text.slice(lineStart(text, end), end).trim() === "";
}

/** Where the line before the one that begins here ends; below 0 where there is none. */
function lineEndBefore(text: string, start: number): number {
  return start - (text.startsWith("\r\n", start - 2) ? 2 : 1);
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") at--;
  return at;
}

/** The last line of a heading: an underline may be a marker of the script's own, such as `---`. */
function lastLine(text: string, heading: Heading): Span {
  return heading.isUnderlined ? { start: lineStart(text, heading.end), end: heading.end } : heading;
}

/** Tells of spans in their order whether they overlap one of these. */
export function overlapping(spans: readonly Span[]): (span: Span) => boolean {
  let next = 0;
  return ({ start, end }) => {
    while ((spans[next]?.end ?? Infinity) <= start) next++;
    return (spans[next]?.start ?? Infinity) < end;
  };
}
