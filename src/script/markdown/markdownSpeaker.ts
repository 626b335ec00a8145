import { decodeString } from "micromark-util-decode-string";
import { readHtml, type Ruby } from "./htmlText.ts";
import type { MarkdownToken, TokenListener } from "./markdownTokens.ts";
import { firstIndex } from "../model/firstIndex.ts";
import { forwardFinder } from "../model/forwardFinder.ts";
import type { Span } from "../model/script.ts";
import type { SilenceReason } from "../model/silence.ts";
import type { Speech } from "../transcript/speech.ts";

/** The parser's tokens that are not said, and why. */
const SILENT: ReadonlyMap<string, SilenceReason> = new Map([
  ["codeFenced", "code"],
  ["codeIndented", "indentedCode"],
  ["definition", "definition"],
  ["gfmFootnoteCall", "footnote"],
  ["gfmFootnoteDefinition", "footnote"],
  ["listItemValue", "listNumber"],
  ["reference", "linkTarget"],
  ["resource", "linkTarget"],
  ["taskListCheck", "checkbox"],
]);
const ADDRESSES: ReadonlySet<string> = new Set([
  "autolinkEmail",
  "autolinkProtocol",
  "literalAutolinkEmail",
  "literalAutolinkHttp",
  "literalAutolinkWww",
]);
const SCHEME = /^(?:https?:\/\/|mailto:|tel:)/i;

/**
 * Says Markdown (GitHub Flavored) as its reader would read it aloud, told of the parser's tokens in document order:
 *
 * | construct | is said as |
 * | --- | --- |
 * | paragraph | its text; a full stop is put after it if another block follows in the segment |
 * | heading, list item, table row | its text, ended by a full stop |
 * | table cells | joined by commas; empty ones are left out |
 * | emphasis, strong, strikethrough, code span | the text |
 * | link, image | the link's text, the image's alternative text |
 * | bare URL, `<…>` autolink | without `https://`, `http://`, `mailto:`, `tel:` |
 * | soft line break | a space |
 * | hard line break (two spaces, `\\`, `<br>`) | a comma and a space |
 * | character reference, backslash escape | the character |
 * | raw HTML | its text; `<p>` and the like part blocks; of `<ruby>` what stands in its `<rt>` |
 * | block quote | its blocks |
 * | fenced and indented code, HTML comment, `<script>`, `<style>`, `<template>`, front matter, thematic break, list number, checkbox, link target, link definition, footnote and reference to one | nothing |
 *
 * A full stop or comma is put only where no punctuation that pauses stands already; after Chinese
 * or Japanese it is 。 or ，. White space becomes one space, none between two lines or blocks of a
 * writing without spaces. The service's tags are said as they stand. Control characters and lone
 * surrogates are left out.
 */
export class MarkdownSpeaker implements TokenListener {
  readonly #masked: string;
  readonly #speech: Speech;
  #silent: Span = { start: 0, end: 0 };
  #inTable = false;
  readonly #markers: readonly Span[];
  /** Up to where a `<script>` or the like hides what stands in it: the next flush marker at most. */
  #hidden: number | undefined;
  /** Within what a ruby annotates. */
  #annotated = false;
  #html: Span[] | undefined;
  readonly #nextReading: (from: number) => number;
  readonly #nextRubyEnd: (from: number) => number;

  /** @param markers in order. */
  constructor(masked: string, speech: Speech, markers: readonly Span[]) {
    this.#masked = masked;
    this.#speech = speech;
    this.#markers = markers;
    this.#nextReading = forwardFinder(masked, /<rt[\s>]/gi);
    this.#nextRubyEnd = forwardFinder(masked, /<\/?ruby[\s>]|[\r\n][ \t]*[\r\n]/gi);
  }

  enter(token: MarkdownToken): void {
    const { type } = token;
    const [start, end] = [token.start.offset, token.end.offset];
    if (start < this.#silent.end) return;
    const silence = SILENT.get(type);
    if (silence) {
      this.#silent = { start, end };
      this.#speech.passSilence(start, end, silence);
    } else if (ADDRESSES.has(type)) this.#sayAddress(start, end);
    else if (type === "data") this.#say(start, end);
    else if (type === "characterEscapeValue") this.#say(start, end, true);
    else if (type === "codeTextData") this.#sayCode(start, end);
    else if (type === "lineEnding" || type === "lineEndingBlank") this.#passLineEnding(start);
    else if (type === "htmlFlow" || type === "htmlText") this.#html = [];
    else if (type === "htmlFlowData" || type === "htmlTextData") this.#html?.push({ start, end });
    else if (type === "table") this.#inTable = true;
  }

  exit(token: MarkdownToken): void {
    const [start, end] = [token.start.offset, token.end.offset];
    if (start >= this.#silent.start && end <= this.#silent.end) return;
    const { type } = token;
    switch (type) {
      case "hardBreakEscape":
      case "hardBreakTrailing":
        return this.#speech.pause(",");
      case "characterReference":
        return this.#sayReference(start, end);
      case "paragraph":
        return this.#endBlock(() => this.#speech.pause("."));
      case "tableData":
      case "tableHeader":
        return this.#endBlock(() => this.#speech.pause(","));
      case "atxHeading":
      case "setextHeading":
      case "listItem":
      case "tableRow":
        return this.#endBlock(() => this.#speech.endSentence(start));
      case "htmlFlow":
      case "htmlText":
        return this.#sayHtml(type === "htmlFlow");
      case "table":
        this.#inTable = false;
    }
  }

  /** Signs that are annotated are not said, but how they are read. */
  #passRuby(part: Ruby, from: number): void {
    this.#annotated = part === "base" && this.#nextReading(from) < this.#nextRubyEnd(from);
  }

  #hide(from: number): void {
    const next = firstIndex(
      this.#markers.length,
      (at) => (this.#markers[at]?.start ?? from) >= from,
    );
    this.#hidden = this.#markers[next]?.start ?? Infinity;
  }

  /** Passes what is hidden. @returns from where on it is not */
  #passHidden(start: number, end: number): number {
    if (this.#annotated) this.#speech.passSilence(start, end, "ruby");
    if (this.#annotated) return end;
    if (this.#hidden === undefined) return start;
    const to = Math.max(start, Math.min(end, this.#hidden));
    if (to < end || to === start) this.#hidden = undefined;
    if (start < to) this.#speech.passSilence(start, to, "html");
    return to;
  }

  #say(start: number, end: number, literal = false): void {
    const from = this.#passHidden(start, end);
    if (from < end) this.#speech.say(from, end, literal);
  }

  #sayAddress(start: number, end: number): void {
    const scheme = SCHEME.exec(this.#masked.slice(start, end))?.[0] ?? "";
    this.#speech.passSilence(start, start + scheme.length, "linkTarget");
    this.#say(start + scheme.length, end);
  }

  /** In a table a pipe is escaped even in a code span (GitHub Flavored Markdown, "Tables"). */
  #sayCode(start: number, end: number): void {
    let from = start;
    for (let at = start; this.#inTable && at < end; at++) {
      if (!this.#masked.startsWith("\\|", at)) continue;
      this.#say(from, at, true);
      from = at + 1;
    }
    this.#say(from, end, true);
  }

  /** The parser counts what marks a container on the next line to the line ending. */
  #passLineEnding(start: number): void {
    if (this.#html) this.#html.push({ start, end: start + 1 });
    else this.#speech.breakLine();
  }

  #sayReference(start: number, end: number): void {
    if (this.#passHidden(start, end) === end) return;
    this.#speech.sayDecoded(decodeString(this.#masked.slice(start, end)), start, end);
  }

  #endBlock(pause: () => void): void {
    this.#hidden = undefined;
    this.#annotated = false;
    pause();
  }

  #sayHtml(block: boolean): void {
    const html = new JoinedSpans(this.#masked, this.#html ?? []);
    this.#html = undefined;
    for (const { kind, start, end } of readHtml(html.text)) {
      if (kind === "show") this.#hidden = undefined;
      else if (kind === "line") this.#speech.pause(",");
      else if (kind === "block") this.#speech.pause(".");
      for (const span of html.spans(start, end)) {
        if (kind === "text") this.#say(span.start, span.end);
        else if (kind === "reference") this.#sayReference(span.start, span.end);
        else {
          const reason = kind === "comment" ? kind : "html";
          this.#speech.passSilence(span.start, span.end, reason);
          if (kind === "hide") this.#hide(span.start);
          if (kind === "base" || kind === "reading" || kind === "end") {
            this.#passRuby(kind, span.end);
          }
        }
      }
    }
    if (block) this.#endBlock(() => this.#speech.pause("."));
  }
}

/** Spans of a text, joined to one, that remembers where its parts come from. */
class JoinedSpans {
  readonly text: string;
  readonly #parts: readonly Span[];
  #part = 0;
  #partStart = 0;

  constructor(source: string, parts: readonly Span[]) {
    this.#parts = parts;
    this.text = parts.map(({ start, end }) => source.slice(start, end)).join("");
  }

  /**
   * The spans in the source of a stretch of the joined text. It may not begin before the one asked
   * for last.
   */
  *spans(start: number, end: number): Generator<Span> {
    for (; this.#part < this.#parts.length; this.#part++) {
      const { start: from, end: to } = this.#parts[this.#part] as Span;
      const partEnd = this.#partStart + to - from;
      const first = Math.max(start, this.#partStart);
      if (first < Math.min(end, partEnd)) {
        const shift = from - this.#partStart;
        yield { start: first + shift, end: Math.min(end, partEnd) + shift };
      }
      if (partEnd > end) return;
      this.#partStart = partEnd;
    }
  }
}
