import { CodeSpans } from "./codeSpans.ts";
import { Containers } from "./containers.ts";
import { forwardFinder } from "./forwardFinder.ts";
import { findFrontMatter, hasSpeechKey } from "./frontMatterBlock.ts";
import type { FrontMatterBlock } from "./frontMatterBlock.ts";
import type { ScriptLanguage, Span } from "./script.ts";
import { SPELL_START, spellFinder } from "./serviceTags.ts";

export interface FlushMarker extends Span {
  /**
   * `<flush/>`, `<!-- flush -->`, or a declared literal alone on its line (the span leaves out
   * white space around it).
   */
  readonly kind: "tag" | "comment" | "literal";
}

/** Where a document is cut. */
export interface Scan {
  readonly frontMatter: FrontMatterBlock | undefined;
  /** In document order. */
  readonly markers: readonly FlushMarker[];
  /**
   * What stands between the markers, white space included: always one more than there are markers.
   * The front matter's span, these spans and the markers' spans, in document order, follow one
   * another without gap or overlap and make up the whole document.
   */
  readonly segments: readonly Span[];
  /**
   * `<spell>…</spell>` elements. A marker in one is no marker: the service's tags are never cut in
   * two.
   */
  readonly spells: readonly Span[];
  /**
   * Markdown only: fenced code blocks, fences included, and HTML comments. A marker in one is text.
   */
  readonly silent: readonly Span[];
}

export interface ScanOptions {
  readonly language: ScriptLanguage;
  /**
   * Further flush markers, each alone on its line (white space around it does not count). Empty
   * ones and ones of several lines never match.
   */
  readonly markers?: readonly string[];
}

/**
 * Cuts a document at its flush markers: the one place that decides where. Linear, and never throws.
 *
 * `<flush/>` and `<!-- flush -->` (any case, white space before `/>` and within the comment) cut
 * anywhere in a line, the literals of `markers` where they are a line. Not in front matter, nor
 * inside `<spell>…</spell>`. In Markdown also not
 *
 * - in fenced code, closed or not, in block quotes and list items too (CommonMark, "Fenced code
 *   blocks");
 * - in a code span that opens and closes on its line;
 * - in another HTML comment: one that begins a line runs to its `-->`, else to the document's end;
 *   one that begins within a line is one only if it ends before the next empty line;
 * - after a backslash: `\<flush/>` is text.
 *
 * Indented code is not known: whether a line is one depends on the blocks around it. Plain text has
 * no code, no comments and no escapes.
 */
export function scanScript(text: string, options: ScanOptions): Scan {
  return new Scanner(text, options).scan();
}

/**
 * Whether a document is a script: it holds a flush marker, has a `speech:` key, or is named
 * `*.speech.md`, `*.speech.txt`.
 */
export function isScript(text: string, scan: Scan, fileName: string): boolean {
  const { markers, frontMatter } = scan;
  return (
    markers.length > 0 ||
    /\.speech\.(?:md|txt)$/i.test(fileName) ||
    (frontMatter !== undefined &&
      hasSpeechKey(text.slice(frontMatter.yaml.start, frontMatter.yaml.end)))
  );
}

/** Whether a text has `<flush/>` or `<!-- flush -->` in it, wherever that is. */
export function hasMarker(text: string): boolean {
  return new RegExp(MARKER, "i").test(text);
}

const MARKER = /<flush[ \t]*\/>|<!--[ \t]*flush[ \t]*-->/iy;
const SPELL = /<spell>/iy;
/** An info string after backticks holds no backtick, or else the line is a code span. */
const FENCE = /(`{3,})[^`\r\n]*(?=[\r\n]|$)|(~{3,})/y;

interface Fence {
  readonly start: number;
  readonly mark: string;
  readonly depth: number;
}

class Scanner {
  readonly #text: string;
  readonly #markdown: boolean;
  readonly #literals: ReadonlySet<string>;
  readonly #markers: FlushMarker[] = [];
  readonly #spells: Span[] = [];
  readonly #silent: Span[] = [];
  readonly #containers: Containers;
  readonly #codeSpans: CodeSpans;
  readonly #nextLineFeed: (from: number) => number;
  readonly #nextReturn: (from: number) => number;
  readonly #nextSign: (from: number) => number;
  readonly #nextCommentEnd: (from: number) => number;
  readonly #nextBlankLine: (from: number) => number;
  readonly #spellEnd: (start: number) => number | undefined;
  #fence: Fence | undefined;

  constructor(text: string, { language, markers = [] }: ScanOptions) {
    this.#text = text;
    this.#markdown = language === "markdown";
    this.#literals = new Set(markers.map((marker) => marker.trim()).filter(Boolean));
    this.#containers = new Containers(text);
    this.#codeSpans = new CodeSpans(text);
    this.#nextLineFeed = forwardFinder(text, "\n");
    this.#nextReturn = forwardFinder(text, "\r");
    this.#nextSign = forwardFinder(text, this.#markdown ? /[<`\\]/g : "<");
    this.#nextCommentEnd = forwardFinder(text, "-->");
    this.#nextBlankLine = forwardFinder(text, /(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]/g);
    this.#spellEnd = spellFinder(text);
  }

  scan(): Scan {
    const frontMatter = findFrontMatter(this.#text);
    const start = frontMatter?.end ?? 0;
    let line = start === 0 && this.#text.startsWith("\uFEFF") ? 1 : start;
    while (line < this.#text.length) line = this.#lineAfter(this.#scanLine(line));
    if (this.#fence) this.#silent.push({ start: this.#fence.start, end: this.#text.length });
    const segments: Span[] = [];
    let from = start;
    for (const marker of this.#markers) {
      segments.push({ start: from, end: marker.start });
      from = marker.end;
    }
    segments.push({ start: from, end: this.#text.length });
    const [markers, spells, silent] = [this.#markers, this.#spells, this.#silent];
    return { frontMatter, markers, segments, spells, silent };
  }

  /**
   * Scans the line that begins at `start`, and with it those that a comment or a spell element runs
   * into. Returns where it came to: the end of a line.
   */
  #scanLine(start: number): number {
    const end = this.#lineEnd(start);
    if (this.#markdown) {
      this.#containers.continueAt(start, end);
      if (this.#fence && this.#staysFenced(this.#fence, end)) return end;
    }
    if (this.#takeLiteral(start, end)) return end;
    if (!this.#markdown) return this.#scanInline(start, end);
    this.#containers.enterNew(end);
    return this.#opensFence() ? end : this.#scanInline(this.#containers.content, end);
  }

  /** Whether the current line belongs to the fenced code, as its text or as its end. */
  #staysFenced({ start, mark, depth }: Fence, end: number): boolean {
    const { content, indent } = this.#containers;
    if (this.#containers.depth < depth) {
      this.#silent.push({ start, end: content });
      this.#fence = undefined;
      return false;
    }
    let close = content;
    while (this.#text[close] === mark[0]) close++;
    if (indent < 4 && close - content >= mark.length && this.#isBlank(close, end)) {
      this.#silent.push({ start, end });
      this.#fence = undefined;
    }
    return true;
  }

  #opensFence(): boolean {
    const { content, indent, depth } = this.#containers;
    if (indent >= 4) return false;
    FENCE.lastIndex = content;
    const opening = FENCE.exec(this.#text);
    if (opening === null) return false;
    this.#fence = { start: content, mark: opening[1] ?? opening[2] ?? "", depth };
    return true;
  }

  #takeLiteral(start: number, end: number): boolean {
    if (this.#literals.size === 0) return false;
    const line = this.#text.slice(start, end);
    const literal = line.trim();
    if (!this.#literals.has(literal)) return false;
    const from = start + line.length - line.trimStart().length;
    this.#markers.push({ kind: "literal", start: from, end: from + literal.length });
    return true;
  }

  #scanInline(from: number, lineEnd: number): number {
    let end = lineEnd;
    for (let at = this.#nextSign(from); at < end; at = this.#nextSign(at)) {
      at = this.#passSign(at, end, at === from && this.#containers.indent < 4);
      if (at > end) end = this.#lineEnd(at);
    }
    return end;
  }

  /** Takes what begins at one of `<`, a backtick, a backslash, and returns where it ends. */
  #passSign(at: number, lineEnd: number, beginsLine: boolean): number {
    const sign = this.#text[at];
    if (sign === "\\") return at + (/[!-/:-@[-`{-~]/.test(this.#text[at + 1] ?? "") ? 2 : 1);
    if (sign === "`") return this.#codeSpans.pass(at, lineEnd);
    MARKER.lastIndex = at;
    const marker = MARKER.exec(this.#text)?.[0];
    if (marker !== undefined) {
      const end = at + marker.length;
      this.#markers.push({ kind: marker[1] === "!" ? "comment" : "tag", start: at, end });
      return end;
    }
    if (this.#markdown && this.#text.startsWith("<!--", at))
      return this.#passComment(at, beginsLine);
    SPELL.lastIndex = at;
    return SPELL.test(this.#text) ? this.#passSpell(at) : at + 1;
  }

  #passComment(start: number, beginsLine: boolean): number {
    // From the second dash on: `<!-->` is a whole comment.
    const close = this.#nextCommentEnd(start + 2);
    const closed = close < Infinity && (beginsLine || close < this.#nextBlankLine(start));
    if (!closed && !beginsLine) return start + 1;
    const end = closed ? close + 3 : this.#text.length;
    this.#silent.push({ start, end });
    return end;
  }

  #passSpell(start: number): number {
    const end = this.#spellEnd(start);
    if (end === undefined) return start + SPELL_START;
    this.#spells.push({ start, end });
    return end;
  }

  #lineEnd(from: number): number {
    return Math.min(this.#nextLineFeed(from), this.#nextReturn(from), this.#text.length);
  }

  #lineAfter(lineEnd: number): number {
    return lineEnd + (this.#text.startsWith("\r\n", lineEnd) ? 2 : 1);
  }

  #isBlank(from: number, end: number): boolean {
    return this.#text.slice(from, end).trim() === "";
  }
}
