import type { Span } from "./script.ts";

/** What a tag is in Markdown: HTML, a tag of speech services that the reader leaves out, or text like any other. */
export type TagKind = "html" | "foreign" | "text";

/** Something in a text that looks like a tag: `<name …>`, `<name …/>` or `</name>`. */
export interface WrittenTag extends Span {
  /** In small letters. */
  readonly name: string;
  readonly kind: TagKind;
}

const ELEMENTS: ReadonlySet<string> = new Set(
  (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button " +
    "canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset " +
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins " +
    "kbd label legend li link main map mark marquee math menu meta meter nav nobr noscript object ol optgroup option output " +
    "p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small source span " +
    "strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul " +
    "var video wbr"
  ).split(" "),
);

/** Elements that are called as a placeholder may be, `<time>`, and seldom go on over an empty line. */
const NOUNS: ReadonlySet<string> = new Set(
  (
    "address area button caption cite code data image input label legend link map meter output param progress slot source " +
    "time title track var"
  ).split(" "),
);

/** Elements of pictures and formulas in HTML, which have attributes but where they end. */
const DRAWN =
  /^(?:animate|circle|clippath|defs|desc|ellipse|fe[a-z]+|filter|foreignobject|g|image|line|lineargradient|marker|mask|path|pattern|polygon|polyline|radialgradient|rect|stop|symbol|text|textpath|tspan|use|m(?:action|enclose|error|fenced|frac|glyph|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|s|space|sqrt|style|sub|subsup|sup|table|td|text|tr|under|underover))$/;

/** Tags of other speech services: SSML, and sounds. */
const FOREIGN: ReadonlySet<string> = new Set(
  (
    "speak voice lang lexicon phoneme prosody emphasis say-as express-as sentence bookmark " +
    "whisper whispers whispered whispering shout shouting sing singing laugh laughs laughing laughter chuckle giggle " +
    "sigh sighs cough sneeze sniff sniffle gasp groan yawn breath breathe cry crying sob hmm clear-throat"
  ).split(" "),
);
/** The service's own, and what they may be taken for, however they are written. */
const OWN =
  /^(?:break|brake|pause|silence|wait|speed|rate|volume|loudness|emotion|feeling|mood|spell|spellout|spell-out|flush)$/;
const DIALECT = /^(?:amazon|mstts|google|alexa|ssml|apple|ibm):/;

/** Attributes that need no value. */
const BARE =
  /^(?:allowfullscreen|async|autofocus|autoplay|checked|compact|controls|default|defer|disabled|download|hidden|inert|ismap|itemscope|loop|multiple|muted|nomodule|noshade|novalidate|nowrap|open|playsinline|readonly|required|reversed|selected|(?:data|aria|v|x|ng)-\S+|:\S+)$/i;

/** A name with what may stand behind it. The attribute's values may have `>` in them; they are not looked through endlessly. */
const TAG =
  /<(\/?)(\p{L}[\p{L}\p{M}\p{N}_:.-]*)((?=[\s/>])(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^'"<>])*|(?![\s/>])[^<>\r\n]{0,200})>/gu;
/** The beginning of a tag that opens an element, or all of one that closes it. */
const PAIRED = /<(?:([a-z][a-z\d-]*)(?=[\s>])|\/([a-z][a-z\d-]*)\s*>)/gi;
const VALUED = /[^\s"'=<>`/]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)/g;

/** Whether an element of HTML has this name, in small letters. */
export function isElement(name: string): boolean {
  return ELEMENTS.has(name);
}

/** Whether a tag of this name, in small letters, is one of SSML or a sound, and not of this service. */
export function isForeign(name: string): boolean {
  return FOREIGN.has(name);
}

/** Whether it is one of a service's own dialect of SSML: `mstts:express-as`. */
export function isDialect(name: string): boolean {
  return DIALECT.test(name);
}

/** All of a text that looks like a tag, in order; addresses (`<https://…>`) do not. */
export function findTags(text: string): WrittenTag[] {
  if (!text.includes("<")) return [];
  const tags: WrittenTag[] = [];
  let closed: ReadonlySet<number> | undefined;
  for (const { 0: whole, 1: slash = "", 2: name = "", 3: body = "", index } of text.matchAll(TAG)) {
    const small = name.toLowerCase();
    const isAddress = /^(?:[a-z][a-z\d+.-]*:|www\.)|@/i.test(name + body) && !/\s/.test(body);
    if (isAddress && !DIALECT.test(small)) continue;
    const kind = kindOf(small, body, slash === "/", () => (closed ??= closedIn(text)).has(index));
    tags.push({ start: index, end: index + whole.length, name: small, kind });
  }
  return tags;
}

/** Where the tags stand that open an element which is closed. */
function closedIn(text: string): ReadonlySet<number> {
  const closed = new Set<number>();
  const open = new Map<string, number[]>();
  for (const { 1: opening, 2: closing = "", index } of text.matchAll(PAIRED)) {
    const name = (opening ?? closing).toLowerCase();
    const places = open.get(name) ?? [];
    open.set(name, places);
    if (opening !== undefined) places.push(index);
    else closed.add(places.pop() ?? index);
  }
  return closed;
}

function kindOf(name: string, body: string, closes: boolean, isClosed: () => boolean): TagKind {
  if (FOREIGN.has(name) || OWN.test(name) || DIALECT.test(name)) return "foreign";
  if (body !== "" && !/^[\s/]/.test(body)) return "text";
  const bare = body
    .replace(VALUED, " ")
    .replace(/\/\s*$/, "")
    .split(/\s+/)
    .filter(Boolean);
  if (!bare.every((attribute) => BARE.test(attribute))) return "text";
  const isPlaceholder = NOUNS.has(name) && !closes && body.trim() === "" && !isClosed();
  if (ELEMENTS.has(name)) return isPlaceholder ? "text" : "html";
  const isGiven = closes || /=|\/\s*$/.test(body);
  if (DRAWN.test(name)) return isGiven || isClosed() ? "html" : "text";
  // An element of somebody's own has a hyphen or a colon; so has `<first-name>`, which stands alone.
  return /^[a-z][a-z\d]*(?:[-:][a-z\d]+)+$/.test(name) &&
    (isGiven || name.startsWith("v-") || isClosed())
    ? "html"
    : "text";
}
