import type { Span } from "../model/script.ts";

/** Parts of `<ruby>`: signs, and how they are read. */
export type Ruby = "base" | "reading" | "end";

/**
 * What a reader meets in raw HTML: text, a character reference, the end of a line (`<br>`), the
 * border of a block (`</p>`, `<li>` …), an element whose content is not text (`<script>`),
 * opening or closing, a comment, another tag, which parts no words, or one of `<ruby>`: what is annotated begins (`base`), a
 * reading of it, or the end.
 */
export interface HtmlPart extends Span {
  readonly kind:
    "text" | "reference" | "line" | "block" | "hide" | "show" | "comment" | "tag" | Ruby;
}

const HIDDEN = /^(?:script|style|template|rp|rtc)$/i;
const RUBY: ReadonlyMap<string, Ruby> = new Map([
  ["ruby", "base"],
  ["rb", "base"],
  ["/rt", "base"],
  ["rt", "reading"],
  ["/ruby", "end"],
]);
const BLOCK =
  /^(?:address|article|aside|blockquote|body|button|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|main|menu|nav|ol|optgroup|option|p|pre|section|select|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul|video)$/i;
const MARKUP =
  /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<[?!][^>]*(?:>|$)|<(\/?)([a-z][a-z0-9-]*)(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^'"<>])*>|(&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});)/gi;

/** Reads raw HTML part by part, in order: all of it. Offsets are those of `html`. */
export function* readHtml(html: string): Generator<HtmlPart> {
  let from = 0;
  for (const { 0: markup, 1: slash, 2: element, 3: reference, index } of html.matchAll(MARKUP)) {
    const end = index + markup.length;
    if (index > from) yield { kind: "text", start: from, end: index };
    from = end;
    if (reference !== undefined) yield { kind: "reference", start: index, end };
    else if (element === undefined) {
      yield { kind: markup.startsWith("<!--") ? "comment" : "tag", start: index, end };
    } else if (HIDDEN.test(element)) yield { kind: slash ? "show" : "hide", start: index, end };
    else if (/^br$/i.test(element)) yield { kind: "line", start: index, end };
    else if (BLOCK.test(element)) yield { kind: "block", start: index, end };
    else {
      const tag = `${slash}${element.toLowerCase()}`;
      yield { kind: RUBY.get(tag) ?? "tag", start: index, end };
    }
  }
  if (html.length > from) yield { kind: "text", start: from, end: html.length };
}
