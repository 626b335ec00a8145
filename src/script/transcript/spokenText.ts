import { invisibleClass, isNeeded, plainLetter, styledLetter } from "./characters.ts";
import type { Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";

/** What is said of a segment, and from where in it each UTF-16 unit comes, counted from its start. */
export interface SpokenText {
  readonly text: string;
  readonly offsets: readonly number[];
  /** The offsets of braces that are the writer's text, and enclose no variable: those of code, and escaped ones. */
  readonly literal?: ReadonlySet<number>;
  /** Character references in it, and letters of mathematics, in order. */
  readonly references?: readonly Span[];
  /** What is known not to be said, and why. */
  readonly silent?: readonly SilentSpan[];
}

/**
 * The end of a line on which a word is parted by a soft hyphen; a line ending (to become `\n`); a letter of mathematics; what
 * can't be said nor sent: control characters, lone surrogates, and what is invisible.
 */
const SPECIAL = new RegExp(
  `\\u00AD(?:\\r\\n?|\\n)[ \\t]*|\\r\\n?|(?![\\t-\\r])\\p{Cc}|\\p{Cs}|(?<invisible>[${invisibleClass}])|(?<styled>${styledLetter})`,
  "gu",
);

/**
 * What is sent of text that is said as it stands: line endings as `\n`, whatever they are in the
 * document, and neither control characters, lone surrogates nor what is invisible; letters of mathematics as plain ones.
 */
export function sendable(written: string): SpokenText {
  let text = "";
  const offsets: number[] = [];
  const references: Span[] = [];
  const say = (from: number, to: number): void => {
    text += written.slice(from, to);
    for (let i = from; i < to; i++) offsets.push(i);
  };
  let from = 0;
  const put = (letters: string, offset: number): void => {
    text += letters;
    for (let i = 0; i < letters.length; i++) offsets.push(offset);
  };
  for (const { 0: special, index, groups } of written.matchAll(SPECIAL)) {
    say(from, index);
    from = index + special.length;
    const { invisible, styled } = groups ?? {};
    if (special.startsWith("\r")) put("\n", from - 1);
    else if (styled !== undefined) {
      put(plainLetter(styled), index);
      references.push({ start: index, end: from });
    } else if (invisible !== undefined && isNeeded(invisible, text)) say(index, from);
  }
  say(from, written.length);
  return { text, offsets, references };
}

/** White space, with the zero width characters beyond it: they have nothing to join there. */
const LEADING = /^(?:\p{Cf}*\s)+/u;

/** Leaves out the white space at the ends. */
export function trimSpoken({ text, offsets }: SpokenText): SpokenText {
  const start = LEADING.exec(text)?.[0].length ?? 0;
  let end = text.length;
  for (let at = end; at > start && /[\s\p{Cf}]/u.test(text[at - 1] ?? ""); at--) {
    if (/\s/.test(text[at - 1] ?? "")) end = at - 1;
  }
  return { text: text.slice(start, end), offsets: offsets.slice(start, end) };
}
