import type { FlushMarker } from "../model/flushMarker.ts";
import type { Span } from "../model/script.ts";
import { NOTES_DIV, NOTES_ELEMENT, NOTE_LINE, type DeckTool } from "./deckTool.ts";
import { findHeadings, overlapping, type CutDocument, type Heading } from "./headings.ts";

/** A deck's slides. */
export interface Slides {
  /** What parts them: a rule, or nothing before a heading. None stands where a slide would have nothing on it. */
  readonly markers: readonly FlushMarker[];
  /** The speaker notes beside those in comments, in their order. */
  readonly notes: readonly Span[];
  /** In their order. */
  readonly titles: readonly SlideTitle[];
}

/** A title that stands on a slide. */
export interface SlideTitle {
  readonly start: number;
  readonly title: string;
}

/** A document as far as it is cut without its slides. */
export interface Deck extends CutDocument {
  readonly text: string;
  readonly tool: DeckTool;
  /** The notes in comments. */
  readonly comments: readonly Span[];
}

const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
/** What reveal.js is mostly told to part vertical slides by. */
const VERTICAL = /^--[ \t]*$/;
const SETTING = /^[\w$.-]+[ \t]*:(?:[ \t]|$)/;
const TITLE = /^title[ \t]*:[ \t]*(["']?)(.*?)\1[ \t]*$/m;
const DIV = /^ {0,3}:{3,}[ \t]*[^:\s]/;
const DIV_END = /^ {0,3}:{3,}[ \t]*$/;

/** Finds a deck's slides, and what on them is a note, as the tool does that shows it. Linear. */
export function findSlides(deck: Deck): Slides {
  const { text, tool, frontMatter, silent, comments } = deck;
  const hidden = [...silent, ...comments].sort((a, b) => a.start - b.start);
  const isHidden = overlapping(comments);
  const headings = findHeadings(text, deck).filter(
    ({ start }) => !isHidden({ start, end: start + 1 }),
  );
  const lines = new SlideLines(deck, headings, hidden);
  lines.read();
  const yaml = frontMatter ? text.slice(frontMatter.yaml.start, frontMatter.yaml.end) : "";
  const levels = dividingLevels(deck, headings, { yaml, notes: lines.notes });
  const dividers = headings.filter(({ level }) => levels.has(level));
  const cuts = [...lines.rules, ...dividers.map(({ start }) => ({ start, end: start }))];
  const titles = headings.map(({ start, title }) => ({ start, title }));
  const own = [...titleIn(yaml, frontMatter?.end ?? 0, tool), ...lines.titles];
  return {
    markers: dividing(deck, cuts),
    notes: lines.notes,
    titles: [...own, ...titles].sort((a, b) => a.start - b.start),
  };
}

/** What a Slidev slide's own front matter calls it. */
function titleIn(yaml: string, start: number, tool: DeckTool): SlideTitle[] {
  const title = tool === "slidev" ? TITLE.exec(yaml)?.[2] : undefined;
  return title ? [{ start, title }] : [];
}

/** Goes over a deck's lines. */
class SlideLines {
  readonly rules: Span[] = [];
  readonly notes: Span[] = [];
  readonly titles: SlideTitle[] = [];
  readonly #deck: Deck;
  readonly #isHidden: (span: Span) => boolean;
  readonly #isUnderlined: (span: Span) => boolean;
  readonly #isMarker: (span: Span) => boolean;
  /** Where the note begins that goes on, and how many divs are open in it; none where it goes on to the slide's end. */
  #note: { readonly start: number; readonly end: RegExp | undefined; depth: number } | undefined;
  /** Where the front matter of a slide ends. */
  #settingsEnd = 0;

  constructor(deck: Deck, headings: readonly Heading[], hidden: readonly Span[]) {
    this.#deck = deck;
    this.#isHidden = overlapping(hidden);
    this.#isUnderlined = overlapping(headings.filter(({ isUnderlined }) => isUnderlined));
    this.#isMarker = overlapping(deck.markers);
  }

  /** Reads all of them; once. */
  read(): void {
    const { text, frontMatter } = this.#deck;
    const lines = /[^\r\n]*(?:\r\n|\n|\r|$)/y;
    let start = frontMatter?.end ?? 0;
    while (start < text.length) {
      lines.lastIndex = start;
      const line = lines.exec(text)?.[0] ?? "";
      const written = line.trimEnd();
      const begins = start + written.length - written.trimStart().length;
      if (written !== "" && !this.#isHidden({ start: begins, end: begins + 1 })) {
        this.#readLine(written, start);
      }
      start += line.length;
    }
    this.#endNote(text.length);
  }

  #readLine(line: string, start: number): void {
    const end = start + line.length;
    if (start < this.#settingsEnd) return;
    if (this.#isRule(line, { start, end })) {
      this.#endNote(start);
      this.rules.push({ start, end });
      if (this.#deck.tool === "slidev") this.#readSettings(end);
    } else if (this.#note) this.#readNote(line, { start, end });
    else this.#beginNote(line, start);
  }

  #isRule(line: string, { start, end }: Span): boolean {
    const { tool, text } = this.#deck;
    const place = { start, end };
    const isMarker = this.#isMarker(place);
    const isUnderline = this.#isUnderlined(place);
    if (isMarker) return false;
    if (tool === "slidev") return line.startsWith("---") && (!isUnderline || line === "---");
    if (tool === "reveal" && VERTICAL.test(line)) return isBetweenEmpty(text, place);
    return RULE.test(line) && !isUnderline;
  }

  /** A slide of Slidev may begin with settings of its own, as a document does. */
  #readSettings(rule: number): void {
    const { text } = this.#deck;
    const opening = /[ \t]*(?:\r\n|\n|\r)(?=[^\s])/y;
    opening.lastIndex = rule;
    if (!opening.test(text)) return;
    const from = opening.lastIndex;
    const closing = /^---[ \t]*$/gm;
    closing.lastIndex = from;
    const close = closing.exec(text);
    if (!close || !SETTING.test(text.slice(from, from + 80).split(/[\r\n]/)[0] ?? "")) return;
    this.#settingsEnd = close.index + close[0].length;
    for (const own of titleIn(text.slice(from, close.index), from, "slidev")) this.titles.push(own);
  }

  #beginNote(line: string, start: number): void {
    const { tool } = this.#deck;
    const end = start + line.length;
    const written = tool === "reveal" ? NOTE_LINE.exec(line)?.[0] : undefined;
    if (written !== undefined) {
      this.#note = { start: start + written.length, end: undefined, depth: 0 };
    } else if (tool === "pandoc" && NOTES_DIV.test(line)) {
      this.#note = { start: end, end: DIV_END, depth: 1 };
    } else if (tool === "pandoc" || tool === "reveal") {
      const element = NOTES_ELEMENT.exec(line);
      if (!element) return;
      const name = element[1] ?? "";
      const from = start + element.index + element[0].length;
      this.#note = { start: from, end: new RegExp(`</${name}>`, "i"), depth: 1 };
      this.#readNote(line.slice(from - start), { start: from, end });
    }
  }

  #readNote(line: string, { start, end }: Span): void {
    const note = this.#note;
    if (!note?.end) return;
    const begins = note.end === DIV_END && DIV.test(line);
    if (begins) note.depth++;
    const closing = note.end.exec(line);
    if (closing) note.depth--;
    if (!begins && !closing) return;
    this.#endNote(start + (closing?.index ?? 0));
    // A div within the note is no part of what is said, but what stands in it is.
    if (note.depth > 0) this.#note = { ...note, start: end };
  }

  #endNote(end: number): void {
    if (this.#note && this.#note.start < end) this.notes.push({ start: this.#note.start, end });
    this.#note = undefined;
  }
}

function isBetweenEmpty(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 3), start);
  return (
    /(?:\r\n|\n|\r(?!\n))[ \t]?(?:\r\n|\n|\r)$/.test(before) &&
    /^[ \t]*(?:\r\n|\n|\r)[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + 40))
  );
}

/**
 * The levels of headings that begin slides: in Pandoc the highest that has something under it, and those above it (Pandoc's
 * User's Guide, "Structuring the slide show"); in Marp those of `headingDivider`: a number is a level and all above it.
 */
function dividingLevels(
  { text, tool }: Deck,
  headings: readonly Heading[],
  { yaml, notes }: { readonly yaml: string; readonly notes: readonly Span[] },
): ReadonlySet<number> {
  if (tool === "marp") {
    const [, list = "", alone] =
      /^headingDivider[ \t]*:[ \t]*(?:\[([^\]\r\n]*)\]|([1-6]))/m.exec(yaml) ?? [];
    return alone ? upTo(Number(alone)) : new Set(list.split(",").map(Number));
  }
  if (tool !== "pandoc") return new Set();
  let least = 7;
  let next = 0;
  for (const [at, { level, end }] of headings.entries()) {
    let under = "";
    let from = end;
    const to = headings[at + 1]?.start ?? text.length;
    for (; (notes[next]?.start ?? to) < to; next++) {
      const note = notes[next] as Span;
      if (note.start > from) under += text.slice(from, note.start);
      from = Math.max(from, note.end);
    }
    if (from < to) under += text.slice(from, to);
    if (level < least && /[^\s*_-]/.test(under.replace(/^ {0,3}:{3,}.*$/gm, ""))) least = level;
  }
  return least > 6 ? new Set() : upTo(least);
}

function upTo(level: number): ReadonlySet<number> {
  return new Set([1, 2, 3, 4, 5, 6].slice(0, level));
}

/** The cuts before which something stands on the slide. */
function dividing({ text, frontMatter, markers }: Deck, cuts: readonly Span[]): FlushMarker[] {
  const all: FlushMarker[] = [
    ...markers,
    ...cuts.map((cut) => ({ ...cut, kind: "slide" as const })),
  ];
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  let from = frontMatter?.end ?? 0;
  return all.filter(({ kind, start, end }) => {
    const isSlide = kind === "slide";
    if (isSlide && (start < from || text.slice(from, start).trim() === "")) return false;
    from = Math.max(from, end);
    return isSlide;
  });
}
