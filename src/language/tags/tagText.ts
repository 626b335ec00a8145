import type { Span } from "../../script/model/script.ts";

/** Something that looks like a tag: `<name …>`, `<name …/>` or `</name>`. */
export interface TagText extends Span {
  /** In small letters. */
  readonly name: string;
  /** As written. */
  readonly text: string;
  /** Whether it begins with `</`. */
  readonly closes: boolean;
  /** Whether it ends with `/>`. */
  readonly isEmpty: boolean;
  readonly attributes: readonly TagAttribute[];
  /** What stands behind its name, if that is no attribute. */
  readonly rest: string;
}

export interface TagAttribute extends Span {
  /** In small letters. */
  readonly name: string;
  /** Without its quotes. */
  readonly value: string;
  /** Whether quotes stand around the value. */
  readonly quoted: boolean;
}

const TAG = /<(\/?)([a-z][a-z:-]*)((?:(?=[ \t/])[^<>\r\n]*)?)>/gi;
const ATTRIBUTE = /([a-z][a-z:-]*)[ \t]*=[ \t]*("[^"]*"|'[^']*'|[^\s"'/>]+)/gi;

/** Everything in a text that looks like a tag, in order. Linear; they don't overlap. */
export function readTags(text: string): TagText[] {
  return [...text.matchAll(TAG)].map(
    ({ index, 0: whole, 1: slash, 2: name = "", 3: body = "" }) => {
      const base = index + 1 + (slash?.length ?? 0) + name.length;
      return {
        start: index,
        end: index + whole.length,
        text: whole,
        name: name.toLowerCase(),
        closes: slash === "/",
        isEmpty: body.endsWith("/"),
        attributes: readAttributes(body, base),
        rest: body.replace(ATTRIBUTE, "").replace(/\/$/, "").trim(),
      };
    },
  );
}

function readAttributes(body: string, base: number): TagAttribute[] {
  return [...body.matchAll(ATTRIBUTE)].map(({ index, 0: whole, 1: name = "", 2: value = "" }) => {
    const quoted = /^["']/.test(value);
    return {
      start: base + index,
      end: base + index + whole.length,
      name: name.toLowerCase(),
      value: quoted ? value.slice(1, -1) : value,
      quoted,
    };
  });
}
