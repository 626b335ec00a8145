import type { Span } from "../model/script.ts";
import type { SilenceReason, SilentSpan } from "../model/silence.ts";
import { codeSpansIn } from "../scanner/codeSpans.ts";

/**
 * What stands for a marker or a tag within a block. To Markdown it is punctuation without a
 * meaning, as `<` and `>` are: emphasis beside it opens and closes as it does beside a tag. It is
 * told from the writer's own characters by its place in the document, so it may occur in the
 * document as well.
 */
export const INERT = "\u2042";

/**
 * A construct of a dialect of Markdown. The names of the pattern's groups say what becomes of them: a reason for which
 * they are not said, `heading` for what begins a line that is said as a heading, `blank` for what is white space; with a
 * number behind it where there are several.
 */
interface Construct {
  /** A text that has none of these signs has none of it. */
  readonly sign: string;
  readonly pattern: RegExp;
  /** Whether it has its line for itself, which then is empty. */
  readonly line?: true;
}

const inline = (sign: string, pattern: string): Construct => ({
  sign,
  pattern: new RegExp(pattern, "dgmu"),
});
const line = (sign: string, pattern: string): Construct => ({
  sign,
  pattern: new RegExp(`(?<=^[ \\t>]{0,40})(?:${pattern})[ \\t]*$`, "dgimu"),
  line: true,
});

const ATTRIBUTE = String.raw`(?:[.#][\p{L}\w-]+|[\w:-]+=(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'{}]+))`;
const TEXT = String.raw`[^\][\r\n]`;
const KANA = String.raw`[\p{sc=Hira}\p{sc=Kana}ー・]`;
const KANJI = String.raw`[\p{sc=Han}々〆ヶ]`;

/** In the order in which they are looked for: what one takes, those behind it do not see. */
const CONSTRUCTS: readonly Construct[] = [
  // Mathematics: GitHub, Pandoc. Not sums of money, nor variables of a shell.
  inline("$", String.raw`(?<math>\$\$(?:[^$\r\n]|(?:\r\n|\n|\r)(?![ \t>]*[\r\n]))+\$\$)`),
  inline("$", String.raw`(?<math>\$${INERT}{3,}\$)`),
  inline("$", String.raw`(?<![\w$])(?<marks1>\$)[\p{L}\d]{1,3}(?<marks2>\$)(?![\w${`{`}$])`),
  inline(
    "$",
    String.raw`(?<![\w$])(?<math>\$(?![\s{]|\d[\d.,]*\s)(?=[^$\r\n]*[\\^_=+<>{}|*/])[^$\r\n]{1,300}(?<=\S)\$)(?![\w${`{`}$])`,
  ),
  // Comments and edits: Obsidian, CriticMarkup.
  inline("%%", String.raw`(?<![\w%])(?<comment>%%[^%\r\n]+(?:%[^%\r\n]+)*%%)`),
  inline("{>>", String.raw`(?<comment>\{>>[^{}\r\n]*<<\})`),
  inline("{--", String.raw`(?<marks>\{--[^{}\r\n]*--\})`),
  inline("{~~", String.raw`(?<marks1>\{~~[^{}~\r\n]*~>)[^{}~\r\n]*(?<marks2>~~\})`),
  inline("{", String.raw`(?<marks1>\{(?:\+\+|==))[^{}\r\n]+(?<marks2>(?:\+\+|==)\})`),
  // Templates: Liquid, Jinja, Hugo.
  inline("{%", String.raw`(?<marks>\{%[^{}\r\n]*%\})`),
  inline("{#", String.raw`(?<comment>\{#[^{}\r\n]*#\})`),
  inline("{{", String.raw`(?<marks>\{\{[<%][^{}\r\n]*[>%]\}\})`),
  // Tables of contents, breaks of pages, abbreviations.
  line("[", String.raw`(?<marks>\[TOC\]|\[\[_?TOC_?\]\])`),
  line("\\", String.raw`(?<marks>\\(?:newpage|pagebreak|clearpage|tableofcontents))`),
  line("*[", String.raw`(?<definition>\*\[${TEXT}{1,100}\]:[^\r\n]*)`),
  // Callouts: GitHub, Obsidian.
  line("[!", String.raw`(?<=>[ \t]*)(?<heading>\[!)[a-z][\w-]*(?<blank>\][+-]?)`),
  line(
    "[!",
    String.raw`(?<=>[ \t]*)(?<heading>\[![a-z][\w-]*(?:\|[^\]\r\n]*)?\][+-]?[ \t]+)\S[^\r\n]*`,
  ),
  // Containers and directives: Pandoc, Docusaurus, VitePress.
  line(":::", String.raw`(?<marks>:{3,}[ \t]*[\w-]*[ \t]*(?:\{[^{}\r\n]*\})?[ \t]*:*)`),
  line(":::", String.raw`(?<heading>:{3,}[ \t]*[\w-]+\[)${TEXT}+(?<blank>\](?:\{[^{}\r\n]*\})?)`),
  line(":::", String.raw`(?<heading>:{3,}[ \t]*[\w-]+[ \t]+)[^\s{:][^\r\n]*`),
  line("::", String.raw`(?<marks>::[a-z][\w-]*(?:\[\])?(?:\{[^{}\r\n]*\})?)`),
  inline(
    ":",
    String.raw`(?<![\w:])(?<marks1>:{1,2}[a-zA-Z][\w-]*\[)${TEXT}*(?<marks2>\](?:\{[^{}\r\n]*\})?)`,
  ),
  inline(":", String.raw`(?<![\w:/])(?<marks>:(?:[a-z][a-z\d_+-]{1,40}|\+1|-1|100):)(?![\w:])`),
  // Links of a wiki.
  inline("![[", String.raw`(?<linkTarget>!\[\[${TEXT}{1,500}\]\])`),
  inline(
    "[[",
    String.raw`(?<linkTarget>\[\[(?!\s)[^\][|\r\n]{1,300}(?:\||${INERT}{2}))(?=\S)${TEXT}{1,300}(?<marks>\]\])(?![([])`,
  ),
  inline(
    "[[",
    String.raw`(?<marks1>\[\[#?)(?!\s|slnc )[^\][|#\r\n]{1,300}(?<linkTarget>(?:#${TEXT}{0,300})?)(?<marks2>\]\])(?![([])`,
  ),
  // Notes and sources: Pandoc.
  inline("^[", String.raw`(?<footnote>\^\[${TEXT}{1,1000}\])`),
  inline("@", String.raw`(?<footnote>\[(?:(?:see|cf\.|vgl\.)\s)?-?@\w${TEXT}{0,300}\])(?![([{])`),
  // Marks of emphasis.
  inline("==", String.raw`(?<![\w=])(?<marks1>==)(?=[^\s=])[^=\r\n]+(?<=\S)(?<marks2>==)(?![\w=])`),
  inline(
    "++",
    String.raw`(?<![\w+])(?<marks1>\+\+)(?=[^\s+])[^+\r\n]+(?<=\S)(?<marks2>\+\+)(?![\w+])`,
  ),
  inline("^", String.raw`(?<=[\p{L}\p{N})])(?<marks1>\^)[^\s^[\]]{1,20}(?<marks2>\^)(?!\^)`),
  // Attributes: Pandoc, kramdown. A block's name: Obsidian.
  inline("{", String.raw`(?<marks1>\[)${TEXT}{1,500}(?<marks2>\])(?=\{[.#:])`),
  inline("{:", String.raw`(?<marks>\{:[ \t]*[\w .#="':-]{1,200}\})`),
  inline(
    "{",
    String.raw`(?<!\{)(?<marks>\{(?=[.#])${ATTRIBUTE}(?:[ \t]+${ATTRIBUTE})*[ \t]*\})(?!\})`,
  ),
  inline(
    "{",
    String.raw`(?<=[\])${INERT}])(?<marks>\{${ATTRIBUTE}(?:[ \t]+${ATTRIBUTE})*[ \t]*\})`,
  ),
  inline("^", String.raw`(?<=\s)(?<marks>\^[a-zA-Z\d-]{4,40})[ \t]*$`),
  // Ruby: Aozora Bunko, DenDenMarkdown. Chinese has titles of books in the same brackets.
  inline("《", String.raw`(?<ruby>[｜|][^\s《》｜|]{1,30}《)[^《》\r\n]{1,60}(?<marks>》)`),
  inline("《", String.raw`(?<ruby>${KANJI}{1,20}《)${KANA}{1,60}(?<marks>》)`),
  inline(
    "|",
    String.raw`(?<ruby>\{${KANJI}{1,20}\|)${KANA}{1,40}(?:(?<marks1>\|)${KANA}{1,40})?(?<marks2>\})`,
  ),
];

/** What no construct begins in: escaped signs, tags (of one paragraph), addresses, template variables. */
const PROTECTED =
  /\\[!-/:-@[-`{-~]|<[a-z/!](?:[^<>\r\n]|(?:\r\n|\n|\r)(?![ \t]*[\r\n]))*>|(?:https?:\/\/|www\.)[^\s<>)\]]*|\{\{(?![<%])[^{}\r\n]*\}\}/gi;

/** What of a text is seen otherwise by the parser, and what of that is not said. */
export interface Dialects {
  /** As long as the text, offset for offset. */
  readonly text: string;
  readonly signs: readonly SilentSpan[];
}

/**
 * Reads what other programs make of Markdown beyond that of GitHub (media/docs/markdown.md): puts marks that are not said out
 * of the parser's sight.
 * @param masked Markdown in which tags and markers are masked.
 * @param silent its fenced code and comments.
 */
export function readDialects(masked: string, silent: readonly Span[]): Dialects {
  const comments = silent.filter(({ start }) => masked.startsWith("%%", start));
  const signs = comments.map(({ start, end }): SilentSpan => ({ start, end, reason: "comment" }));
  let text = readAdmonitions(
    changed(
      masked,
      signs.map(({ start, end, reason }) => ({ start, end, kind: reason })),
    ),
  );
  if (!/[$%[\\:=+^{《]/.test(text)) return { text, signs };
  let view = withoutCode(text, silent);
  for (const { sign, pattern, line } of CONSTRUCTS) {
    if (!view.includes(sign)) continue;
    const changes: Change[] = [];
    for (const { indices } of view.matchAll(pattern)) {
      for (const [name, place] of Object.entries(indices?.groups ?? {})) {
        const [start, end] = place ?? [0, 0];
        if (start === end) continue;
        const kind = name.replace(/\d/, "") as SilenceReason | "heading" | "blank";
        changes.push({ start, end, kind: line && kind !== "heading" ? "blank" : kind });
        if (kind !== "heading" && kind !== "blank") signs.push({ start, end, reason: kind });
      }
    }
    if (changes.length === 0) continue;
    changes.sort((a, b) => a.start - b.start);
    text = changed(text, changes);
    view = changed(view, changes);
  }
  return { text, signs };
}

interface Change extends Span {
  readonly kind: SilenceReason | "heading" | "blank";
}

function changed(text: string, changes: readonly Change[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, kind } of changes) {
    parts.push(text.slice(from, start));
    if (kind === "heading") parts.push("#", " ".repeat(end - start - 1));
    else parts.push(text.slice(start, end).replace(/[^\r\n]/g, kind === "blank" ? " " : INERT));
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/** The text as constructs are looked for in it. */
function withoutCode(text: string, silent: readonly Span[]): string {
  const spans = [...silent, ...codeSpansIn(text)].sort((a, b) => a.start - b.start);
  const changes: Change[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    if (start < from) continue;
    changes.push({ start, end, kind: "code" });
    from = end;
  }
  return changed(text, changes).replace(PROTECTED, (whole) => whole.replace(/[^\r\n]/g, INERT));
}

const ADMONITION =
  /^(?:(?:!!!|\?\?\?\+?)[ \t]+(?<type>[\w-]+(?:[ \t]+[\w-]+)*)(?:[ \t]+"(?<title>[^"\r\n]*)")?|===[+!]?[ \t]+"(?<tab>[^"\r\n]+)")[ \t]*$/gm;
/** A line that belongs to it, or an empty one. */
const INDENTED = /(?:\r\n|\n|\r)(?:(?: {4}|\t)[^\r\n]*|[ \t]*(?=[\r\n]|$))/y;

/** Admonitions and tabs of MkDocs: their titles become headings, and what is indented below them quotes, which are said alike. */
function readAdmonitions(text: string): string {
  if (!/^(?:!!!|\?\?\?|===)[+!]? /m.test(text)) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { index, 0: head, groups } of text.matchAll(ADMONITION)) {
    if (index < from) continue;
    let end = index + head.length;
    INDENTED.lastIndex = end;
    while (INDENTED.test(text)) end = INDENTED.lastIndex;
    const { type, title, tab } = groups ?? {};
    const said = title ?? tab ?? type ?? "";
    const at = said === "" ? 0 : head.lastIndexOf(said);
    const heading = said === "" ? "" : `#${" ".repeat(at - 1)}${said}`;
    const below = text.slice(index + head.length, end);
    parts.push(
      text.slice(from, index),
      heading.padEnd(head.length),
      below.replace(/^(?: {4}|\t)(?=[^\r\n])/gm, (indent) => `>${indent.slice(1)}`),
    );
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
