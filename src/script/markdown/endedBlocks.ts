import { firstIndex } from "../model/firstIndex.ts";
import type { Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import type { MarkdownToken } from "./markdownTokens.ts";
import { INERT } from "./dialects.ts";
import { putMasks, type Mask } from "./mask.ts";

/** The parser's names of what runs on behind a flush marker in it. */
const RUNNING =
  /^(?:definition|gfmFootnoteDefinition|htmlFlow|blockQuote|list(?:Ordered|Unordered))$/;
/** Those of which each line is marked. */
const MARKED = /^(?:blockQuote|list)/;
const QUOTED = /^[ \t>*+\-\d.)]*>/;
const LISTED = /^(?:[ \t]{2}|\t|[ \t]?(?:>|[-+*]|\d{1,9}[.)])(?:[ \t]|$))/;
/** Raw HTML that is text, and not ended by an empty line. */
const TEXT_TAG = /^<(?:pre|textarea)(?:\s[^<>]*)?>/i;

/** A block that has flush markers in it. */
interface Running extends Span {
  readonly type: string;
  readonly markers: readonly Span[];
}

/** Markdown in which markers end more blocks than before. */
export interface Ended {
  readonly masked: string;
  /** What is not to be said for that. */
  readonly signs: readonly SilentSpan[];
}

/**
 * Finds the blocks that take what stands behind a flush marker with them, while Markdown is parsed: footnotes and definitions,
 * raw HTML, and quotes and lists that go on with a line which is not marked as theirs. To end them, the Markdown is masked
 * otherwise, and parsed again.
 */
export class EndedBlocks {
  readonly #markers: readonly Span[];
  readonly #running: Running[] = [];

  /** @param markers in order, none of them empty. */
  constructor(markers: readonly Span[]) {
    this.#markers = markers;
  }

  /** A block begins, or something else. */
  enter({ type, start: { offset: start }, end: { offset: end } }: MarkdownToken): void {
    const markers = this.#markers;
    if (markers.length === 0 || !RUNNING.test(type)) return;
    const from = firstIndex(markers.length, (at) => (markers[at]?.start ?? end) >= start);
    const to = firstIndex(markers.length, (at) => (markers[at]?.start ?? end) >= end);
    if (from < to) this.#running.push({ type, start, end, markers: markers.slice(from, to) });
  }

  /**
   * Ends what was found in this Markdown, at the first marker in it: what stands behind that may be something else then.
   * @param all whether to end it at all of them at once.
   * @returns nothing where nothing is left to be done
   */
  end(masked: string, all: boolean): Ended | undefined {
    const masks = new Map<number, Mask>();
    for (const block of this.#running) {
      const isMarked = MARKED.test(block.type);
      const markers = isMarked || all ? block.markers : block.markers.slice(0, 1);
      for (const marker of markers) {
        const mask = masked[marker.start] === INERT ? breakAt(masked, marker) : undefined;
        if (!mask || !runsOn(masked, block, mask)) continue;
        masks.set(marker.start, mask);
        if (!all) break;
      }
    }
    const signs: SilentSpan[] = [];
    // What an empty line does not end: the parser has come to the same again.
    for (const { type, start, end, markers } of masks.size > 0 ? [] : this.#running) {
      const [{ start: first } = { start }] = markers;
      if (type === "htmlFlow") {
        const tag = TEXT_TAG.exec(masked.slice(start, first))?.[0];
        const to = tag === undefined ? first : start + tag.length;
        signs.push({ start, end: to, reason: "html" });
        masks.set(start, maskOf(start, masked.slice(start, to).replace(/[^\r\n]/g, INERT)));
      } else if (type === "gfmFootnoteDefinition") {
        for (const { 0: indent, index } of masked.slice(first, end).matchAll(INDENT)) {
          masks.set(first + index, maskOf(first + index, INERT.repeat(indent.length)));
        }
      }
    }
    if (masks.size === 0) return undefined;
    const sorted = [...masks.values()].sort((a, b) => a.start - b.start);
    return { masked: putMasks(masked, sorted), signs };
  }
}

/** What a line begins with that is not empty. */
const INDENT = /(?<=[\r\n])[ \t]+(?=[^ \t\r\n])/g;

const maskOf = (start: number, mask: string): Mask => ({ start, end: start + mask.length, mask });

/** An empty line in the place of a marker, with the end of the line before it and that of its own where there is more on it. */
function breakAt(masked: string, { start, end }: Span): Mask {
  const line = lineStart(masked, start);
  const behind = /[ \t]*/y;
  behind.lastIndex = end;
  behind.test(masked);
  const to = behind.lastIndex;
  const ends = isLineEnd(masked, to);
  const before = masked.slice(line, start).trim() === "" ? " " : "\n";
  const length = (ends ? end : to) - start;
  return maskOf(start, before + " ".repeat(Math.max(0, length - 2)) + (ends ? " " : "\n"));
}

/** Whether a block takes what stands behind a marker with it. */
function runsOn(masked: string, { type }: Running, { start, end, mask }: Mask): boolean {
  const marked = type === "blockQuote" ? QUOTED : type.startsWith("list") ? LISTED : undefined;
  if (!marked) return true;
  const isSame = mask.endsWith("\n");
  const from = isSame ? lineStart(masked, start) : lineAfter(masked, end);
  const next = masked.slice(from, from + longestMark);
  return /^[^\r\n]*\S/.test(next) && !marked.test(next);
}

/** UTF-16 units of a line that are looked at. */
const longestMark = 200;

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

function lineAfter(text: string, offset: number): number {
  const rest = /[ \t]*(?:\r\n|\n|\r)?/y;
  rest.lastIndex = offset;
  rest.test(text);
  return rest.lastIndex;
}

function isLineEnd(text: string, offset: number): boolean {
  return offset >= text.length || text[offset] === "\n" || text[offset] === "\r";
}
