import { longestMarkdown, mostWork, workAllowed } from "../model/scriptLimits.ts";
import type { Span } from "../model/script.ts";

/** No line of a document that was written to be read begins with so much nesting: the parser's stack would overflow. */
const DEEPEST_LINE = /^(?=.{200})(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/gm;
/** An empty line. */
const EMPTY_LINE = /(?:\r\n|\n|\r(?!\n))[ \t]*(?=[\r\n])/g;
/** Signs that are paired: each run of them is compared with those before it. */
const PAIRED = /[*_~]+|[[\]`<>]/g;
/** What marks the containers that a line stands in: quotes, list items, footnotes. */
const CONTAINERS =
  /^[ \t]*(?:(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\r\n]{1,99}\]:)[ \t]*)+/;
const CONTAINER = />|[-+*]|\d+[.)]|\[\^[^\]]*\]:/g;
/** What runs on to its end, which is looked for through all that follows. */
const RUNNING = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
] as const;
/** To leave nested containers costs the parser so much work for each line of the group. */
const leavingWork = 20;

/** So many lines of one paragraph are parsed in some tenths of a second. */
const linesAtEase = 2000;

/** How much work a text's Markdown makes, and which of its parts make too much for their length. */
export interface Intricacy {
  /** Of all other parts together. */
  readonly work: number;
  readonly intricate: readonly Span[];
}

/**
 * Judges in linear time how much work it is to parse Markdown, part by part. A part begins behind an empty line, at a line
 * without an indentation, and is judged by itself: by nesting, by how many signs that have to be paired stand between two
 * empty lines, and by how often nested containers end. So the work of stretches adds up to that of the whole.
 */
export function judgeIntricacy(markdown: string): Intricacy {
  let work = 0;
  const intricate: Span[] = [];
  for (const { start, end } of partsOf(markdown)) {
    const own = workIn(markdown.slice(start, end));
    if (own > workAllowed(end - start)) intricate.push({ start, end });
    else work += own;
  }
  return { work, intricate };
}

/** Whether a document of this length, which makes so much work, is not to be parsed. */
export function isTooMuch(length: number, work: number): boolean {
  return length > longestMarkdown || work > mostWork;
}

/** How much work a part makes; Infinity where it can't be done, however short. */
function workIn(part: string): number {
  for (const [prefix] of part.matchAll(DEEPEST_LINE)) {
    if (prefix.length > 200) return Infinity;
  }
  let work = workOfContainers(part);
  for (const block of part.split(EMPTY_LINE)) {
    work += workOfSigns(block) + workOfRunning(block) + workOfLines(block);
  }
  return work;
}

/** The parts of a text that begin behind an empty line at a line without an indentation. */
function partsOf(text: string): Span[] {
  const parts: Span[] = [];
  let start = 0;
  for (const { index, 0: empty } of text.matchAll(EMPTY_LINE)) {
    const next = index + empty.length + (text.startsWith("\r\n", index + empty.length) ? 2 : 1);
    if (next >= text.length || /[ \t\r\n]/.test(text[next] ?? "")) continue;
    parts.push({ start, end: next });
    start = next;
  }
  parts.push({ start, end: text.length });
  return parts;
}

function workOfSigns(block: string): number {
  let signs = 0;
  for (const [run] of block.matchAll(PAIRED)) signs += run.length > 3 ? run.length : 1;
  return signs * signs;
}

/** Each line's end is cut out of the block's text, which moves what follows. */
function workOfLines(block: string): number {
  return Math.max(0, block.split(/\r\n|\n|\r/).length - linesAtEase) ** 2;
}

/** What is never ended is looked through to the block's end, each time. */
function workOfRunning(block: string): number {
  if (!/<[!?]/.test(block)) return 0;
  let open = 0;
  for (const [opening, closing] of RUNNING) {
    const last = block.lastIndexOf(closing);
    let at = block.indexOf(opening, last + 1);
    for (; at >= 0; at = block.indexOf(opening, at + 1)) open++;
  }
  return open * block.length;
}

function workOfContainers(part: string): number {
  let lines = 0;
  let left = 0;
  let before = "";
  for (const line of part.split(/\r\n|\n|\r/)) {
    const marked = CONTAINERS.exec(line)?.[0] ?? "";
    if (isNested(before) && (marked !== before || beginsAgain(marked))) left++;
    before = marked;
    lines++;
  }
  return left * lines * leavingWork;
}

/** Whether a line leaves the lists that one before it with the same marks had begun. */
function beginsAgain(marked: string): boolean {
  return /[^> \t].*[^> \t]/.test(marked) && !/^[ \t]*\d+[.)][ \t]*$/.test(marked);
}

/** Whether a line stands in a quote, a footnote, or in more than one list. */
function isNested(marked: string): boolean {
  if (marked === "") return false;
  return /^[ \t]{2}|[>[]/.test(marked) || (marked.match(CONTAINER)?.length ?? 0) > 1;
}
