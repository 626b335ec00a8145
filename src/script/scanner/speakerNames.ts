import type { NamePlace, Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";

/** A speaker's name before what is said, with all that belongs to it: a time code, directions in parentheses, its colon. */
export interface WrittenName extends Span {
  /** As the cast has it. */
  readonly speaker: string;
}

/** How speakers are named. */
export interface Naming {
  readonly speakers: readonly string[];
  /** Where names stand: `before`, where it is not given. */
  readonly names?: NamePlace | undefined;
  /** Whether whatever looks like a name is one. */
  readonly anyName?: boolean | undefined;
}

/** Up to four words that each begin with a capital, or with a letter of a writing that has none. */
const NAME_LIKE =
  /^[\p{Lu}\p{Lo}][\p{L}\p{M}\p{N}.'’-]{0,30}(?:[ \t]+[\p{Lu}\p{Lo}\p{N}][\p{L}\p{M}\p{N}.'’-]{0,30}){0,3}$/u;

/** What may stand around a name, in UTF-16 units: time codes, signs of Markdown, directions. */
const AROUND = 240;
/** `12:30`, `0:01:02.5`, in brackets or not, also from one to another; a dash may part it from the name. */
const CLOCK = String.raw`\d{1,2}(?::\d{2}){1,3}(?:[.,]\d{1,3})?`;
const CLOCKS = String.raw`${CLOCK}(?:[ \t]*(?:-->|[-–—])[ \t]*${CLOCK})?`;
const TIME = String.raw`(?:\[${CLOCKS}\]|\(${CLOCKS}\)|${CLOCKS})`;
const TIMED = new RegExp(
  String.raw`([*_]{0,3})${TIME}\1(?:[ \t]*[-–—|](?=[ \t])|(?=[ \t*_])|(?<=[\])]))[ \t]*`,
  "y",
);
const CLOCK_HERE = new RegExp(CLOCK, "y");
const COLON = /[:：]/;
/** A colon, or that which one may stand in: brackets, and the first digit of a number. */
const COLON_OR_AROUND = /[:：(（[]|(?<!\d)\d/g;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["（", "）"],
  ["[", "]"],
]);
/** What may close a name: a direction such as `(whispering)` or `[V.O.]`, emphasised or not, or a time code. */
const DIRECTION_AFTER = /([*_]{0,3})(?:\([^()]*\)|（[^（）]*）|\[[^[\]]*\])\1$/;
const TIME_AFTER = new RegExp(String.raw`(?<=[ \t])(?:[-–—|][ \t]{1,4})?${TIME}$`);
/** Brackets around the whole of a name. */
const BRACKETED = /^(?:\[([^[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕)$/;
/** A direction between the colon and what is said: a few words, no sentences, and no number, which would be said. */
const DIRECTION_BEFORE =
  /[ \t]*([*_]{0,3})(?:\((?=[^()]*\p{L})[^()\r\n.!?]{1,60}\.?\)|（(?=[^（）]*\p{L})[^（）\r\n。！？]{1,60}。?）)\1(?=[ \t]|$|(?<=）))/uy;
/** A line that is a direction, between a name and what is said. */
const DIRECTION_LINE =
  /^[ \t]*([*_]{0,3})(?:\([^()]*\p{L}[^()]*\)|（[^（）]*\p{L}[^（）]*）)\1[ \t]*$/u;
/** What may be a name in capitals that a full stop ends. */
const CAPITALS = /^\p{Lu}[\p{Lu}\p{M}\p{N} \t'’.-]*\.(?=[ \t]|$)/u;
const MARKS = /^(\*{1,3}|_{1,3})/;

/** A colon, and before it what looks like a name, with nothing but signs and digits around it. Looks at each sign but so often. */
const NAMED =
  /(?:^|[\r\n>]|<!--)[ \t]*(?![ \t])[^\p{L}\r\n]{0,240}[\p{Lu}\p{Lo}][\p{L}\p{M}\p{N}.'’-]{0,30}(?:[ \t]+[\p{Lu}\p{Lo}\p{N}][\p{L}\p{M}\p{N}.'’-]{0,30}){0,3}\s*(?:[*_([（|–—-][^\r\n]{0,240})?[:：]/u;

/**
 * Whether anything in a part of a text may be a name before what is said, though nobody has declared it. It costs less than to
 * look for them, and can be asked of each part alone: a name is in one line, which begins there or behind a tag.
 */
export function mayName(text: string): boolean {
  return NAMED.test(text);
}

/** Whether a line, from `start` to `end`, is a direction, such as `(whispering)`. */
export function isDirection(text: string, start: number, end: number): boolean {
  return end - start <= AROUND && DIRECTION_LINE.test(text.slice(start, end));
}

/** A direction in a name's span, with the signs behind it. */
const DIRECTION_WITHIN =
  /(?:\([^()]*\p{L}[^()]*\)|（[^（）]*\p{L}[^（）]*）|\[[^[\]]*\p{L}[^[\]]*\])[^\p{L}\p{N}([（]*/gu;

/** What a name's span consists of: the name, with its time codes, and the directions that stand behind it. */
export function nameParts(text: string, { start, end }: Span): SilentSpan[] {
  const written = text.slice(start, end);
  const parts: SilentSpan[] = [];
  const add = (from: number, to: number, reason: "speaker" | "direction"): void => {
    const part = written.slice(from, to).trimEnd();
    if (part !== "") parts.push({ start: start + from, end: start + from + part.length, reason });
  };
  let at = 0;
  for (const { index, 0: direction } of written.matchAll(DIRECTION_WITHIN)) {
    // Brackets before any letter are the name's own.
    if (!/\p{L}/u.test(written.slice(0, index))) continue;
    add(at, index, "speaker");
    at = index + direction.length;
    add(index, at, "direction");
  }
  add(at, written.length, "speaker");
  return parts;
}

/**
 * The names of a script's speakers, as people write them before what is said, in upper or lower case: `NAME:`, `NAME：`,
 * `[00:12] NAME:`, `NAME (V.O.):`, `[NAME]:`, `NAME: (whispering)`; in Markdown also emphasised, with or without the colon, and
 * as plays have it (`**Name.**`; in capitals also `NAME.`). Above what is said a name is alone on its line, and may be a heading of Markdown.
 *
 * What is written as the cast has it comes before what differs in case.
 */
export class SpeakerNames {
  readonly #exact: ReadonlySet<string>;
  readonly #folded: ReadonlyMap<string, string>;
  readonly #anyName: boolean;
  readonly #markdown: boolean;
  readonly #longest: number;
  /** Whether names may stand above what is said. */
  readonly above: boolean;

  constructor({ speakers, names = "before", anyName = false }: Naming, markdown: boolean) {
    const declared = speakers.map((name) => name.trim()).filter(Boolean);
    this.#exact = new Set(declared);
    // Of two that differ in case alone the first one counts for other spellings.
    this.#folded = new Map(declared.map((name) => [folded(name), name] as const).reverse());
    this.#anyName = anyName;
    this.#markdown = markdown;
    this.above = names === "above";
    let longest = 0;
    for (const { length } of this.#exact) longest = Math.max(longest, length);
    this.#longest = AROUND + longest;
  }

  /** The name that begins at `start` and ends, its colon and a direction behind it included, by `end`. */
  find(text: string, start: number, end: number): WrittenName | undefined {
    const line = text.slice(start, Math.min(end, start + this.#longest));
    const found =
      this.#withColon(line) ??
      this.#inCapitals(line) ??
      (this.#markdown ? this.#asInPlays(line) : undefined);
    if (!found) return undefined;
    DIRECTION_BEFORE.lastIndex = found.length;
    const length = DIRECTION_BEFORE.test(line) ? DIRECTION_BEFORE.lastIndex : found.length;
    return { speaker: found.speaker, start, end: start + length };
  }

  /** The name that a line consists of, from `start` to `end`. */
  findAbove(text: string, start: number, end: number): WrittenName | undefined {
    if (!this.above || end - start > this.#longest) return undefined;
    let line = text.slice(start, end).trimEnd();
    const { length } = line;
    if (this.#markdown) {
      line = line.replace(/^#{1,6}[ \t]+/, "").replace(/(?<![ \t])[ \t]+#+$/, "");
    }
    // As screenplays in Fountain have it: `@` forces a name, and `^` lets it speak with the one before.
    line = line.replace(/^@/, "").replace(/[:：^]$/, "");
    const from = timeBefore(line);
    const { speaker, unclosed } = this.#read(line.slice(from)) ?? {};
    if (speaker === undefined || unclosed !== "") return undefined;
    const isDeclared = this.#exact.has(speaker);
    if (!isDeclared && !isCue(text, speaker, end)) return undefined;
    return { speaker, start, end: start + length };
  }

  #withColon(line: string): Found | undefined {
    const from = timeBefore(line);
    const colon = colonIn(line, from);
    const name = colon < 0 ? undefined : this.#read(line.slice(from, colon));
    if (!name || !line.startsWith(name.unclosed, colon + 1)) return undefined;
    const length = colon + 1 + name.unclosed.length;
    const isApart = line[colon] !== ":" || /^(?:\s|$)/.test(line.slice(length, length + 1));
    return isApart || this.#exact.has(name.speaker) ? { speaker: name.speaker, length } : undefined;
  }

  /** `NAME. What is said`, as books have plays. */
  #inCapitals(line: string): Found | undefined {
    const [start = ""] = CAPITALS.exec(line) ?? [];
    for (const { index: at } of start.matchAll(/\.(?=[ \t]|$)/g)) {
      const speaker = this.#declared(start.slice(0, at));
      if (speaker !== undefined) return { speaker, length: at + 1 };
    }
    return undefined;
  }

  /** `**Name.** What is said`, as books have plays. */
  #asInPlays(line: string): Found | undefined {
    const mark = MARKS.exec(line)?.[0];
    if (mark === undefined) return undefined;
    const close = line.indexOf(mark, mark.length);
    const inner = close < 0 ? "" : line.slice(mark.length, close);
    const speaker = inner.endsWith(".") ? this.#declared(inner.slice(0, -1)) : undefined;
    return speaker === undefined ? undefined : { speaker, length: close + mark.length };
  }

  /** The name in what stands before a colon, and what still closes its emphasis. */
  #read(written: string): { readonly speaker: string; readonly unclosed: string } | undefined {
    let name = written.trim();
    const mark = (this.#markdown && MARKS.exec(name)?.[0]) || "";
    name = name.slice(mark.length);
    if (mark !== "") name = name.slice(timeBefore(name));
    let unclosed = mark;
    let isTimed = false;
    for (let steps = 0; steps < mostAround; steps++) {
      // `At 12:30:` is nobody's name.
      const known = isTimed ? this.#declared(name) : this.#known(name);
      if (known !== undefined) return { speaker: known, unclosed };
      const closes = unclosed !== "" && name.endsWith(unclosed);
      let rest = closes ? name.slice(0, -unclosed.length) : name.replace(DIRECTION_AFTER, "");
      if (closes) unclosed = "";
      else if (rest.length === name.length) {
        rest = name.replace(TIME_AFTER, "");
        isTimed = true;
      }
      if (rest.length === name.length) return undefined;
      name = rest.trimEnd();
    }
    return undefined;
  }

  #known(written: string): string | undefined {
    const name = written.trim();
    return this.#declared(name) ?? (this.#anyName && NAME_LIKE.test(name) ? name : undefined);
  }

  #declared(written: string): string | undefined {
    const name = written.trim();
    if (this.#exact.has(name)) return name;
    const [, ...inner] = BRACKETED.exec(name) ?? [];
    const bare = inner.find((one) => one !== undefined);
    const known = this.#folded.get(folded(name));
    return known ?? (bare === undefined ? undefined : this.#declared(bare));
  }
}

/** Whether a name that nobody has declared stands above what is said as screenplays have it: in capitals, no empty line between. */
function isCue(text: string, name: string, lineEnd: number): boolean {
  return (
    !/\p{Ll}/u.test(name) && /^(?:\r\n|\n|\r)[ \t]*\S/.test(text.slice(lineEnd, lineEnd + AROUND))
  );
}

/** So many things are taken from a name's end. */
const mostAround = 4;

interface Found {
  readonly speaker: string;
  readonly length: number;
}

/** Where the first colon stands that is in no brackets and no time code; -1 where there is none. */
function colonIn(line: string, from: number): number {
  if (!COLON.test(line)) return -1;
  const unclosed = new Set<string>();
  COLON_OR_AROUND.lastIndex = from;
  for (let found = COLON_OR_AROUND.exec(line); found; found = COLON_OR_AROUND.exec(line)) {
    const { index: at, 0: character } = found;
    if (COLON.test(character)) return at;
    const closing = CLOSING.get(character);
    if (closing === undefined) {
      CLOCK_HERE.lastIndex = at;
      if (CLOCK_HERE.test(line)) COLON_OR_AROUND.lastIndex = CLOCK_HERE.lastIndex;
    } else if (!unclosed.has(closing)) {
      const end = line.indexOf(closing, at);
      if (end < 0) unclosed.add(closing);
      else COLON_OR_AROUND.lastIndex = end + 1;
    }
  }
  return -1;
}

/** How far a time code goes that a line begins with. */
function timeBefore(line: string): number {
  TIMED.lastIndex = 0;
  return TIMED.test(line) ? TIMED.lastIndex : 0;
}

/** As names are compared: `ß` is `SS`, and a letter with its accent is one, however it is encoded. */
function folded(name: string): string {
  return name.normalize("NFC").toUpperCase().replace(/\s+/g, " ");
}
