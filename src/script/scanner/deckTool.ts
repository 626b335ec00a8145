/** The tools that show a deck of slides written in Markdown, as far as they differ in what their speaker notes are. */
export type DeckTool = "marp" | "slidev" | "reveal" | "pandoc";

/** Pandoc's User's Guide, "Speaker notes" and "Divs and Spans": `::: notes`, `::: {.notes}`. */
export const NOTES_DIV =
  /^ {0,3}:{3,}[ \t]*(?:notes|\{[^{}\r\n]*\.notes\b[^{}\r\n]*\})[ \t]*:*[ \t]*$/i;
/** The same as HTML, which reveal.js takes as well. */
export const NOTES_ELEMENT = /<(aside|div)\b[^<>]*\bclass=["']?[^"'<>]*\bnotes\b[^<>]*>/i;
/** reveal.js, "Markdown": what follows on the slide is a note (`data-separator-notes`, by default `notes?:`). */
export const NOTE_LINE = /^ {0,3}notes?:[ \t]*/i;

/** Marpit, "Directives", and those of Marp Core: a comment that sets one is no note. */
const DIRECTIVE =
  /^[$_]?(?:theme|style|headingDivider|lang|size|math|marp|title|author|description|keywords|url|image|background(?:Color|Image|Position|Repeat|Size)|class|color|footer|header|paginate|transition)[ \t]*:/;
/** Comments to other programs (Marpit, `magicCommentMatchers`), to Marp Core (`fit`), to reveal.js (`.slide:`, `.element`). */
const MAGIC =
  /^(?:prettier-ignore(?:-start|-end)?|markdownlint-(?:(?:disable|enable).*|capture|restore)|lint (?:disable|enable|ignore).*|fit|\.(?:slide|element)\b.*|cspell:.*)$/is;

/** The settings of a front matter that are Marp's own. */
const MARP_SETTING = /^(?:marp|headingDivider|paginate|size|math|style|_\w+)[ \t]*:/m;
const MARP_COMMENT =
  /<!--\s*[$_]?(?:paginate|class|header|footer|theme|backgroundColor|color)[ \t]*:/;
/** A comment that ends its slide. */
const LAST_COMMENT = /-->\s*(?:(?<=[\r\n])---|$(?![^]))/g;

/**
 * Tells by which tool a deck is shown, by what stands in it: notes in divs are Pandoc's, settings and directives of Marp
 * are Marp's; else more lines `Note:` than comments at slides' ends make it reveal.js's, and it is Slidev's without.
 */
export function deckToolOf(text: string, yaml: string): DeckTool {
  if (MARP_SETTING.test(yaml) || MARP_COMMENT.test(text)) return "marp";
  if (new RegExp(NOTES_DIV, "im").test(text)) return "pandoc";
  const isNoted = NOTES_ELEMENT.test(text);
  const lines = text.match(new RegExp(NOTE_LINE, "gim"))?.length ?? 0;
  const comments = [...text.matchAll(LAST_COMMENT)].length;
  if (lines > 0 ? lines >= comments : isNoted) return "reveal";
  return "slidev";
}

/**
 * Whether a comment is a speaker note: in Marp any that is no directive, in Slidev the one that ends its slide.
 * @param start of the comment, which ends at `end`.
 */
export function isNoteComment(tool: DeckTool, text: string, start: number, end: number): boolean {
  if (tool !== "marp" && tool !== "slidev") return false;
  const content = text.slice(start + "<!--".length, end - "-->".length).trim();
  if (content === "" || MAGIC.test(content)) return false;
  if (tool === "marp") return !DIRECTIVE.test(content);
  const after = /\s*(?:(?<=[\r\n])---|$(?![^]))/y;
  after.lastIndex = end;
  return after.test(text);
}
