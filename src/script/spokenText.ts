/** What is said of a segment, and from where in it each UTF-16 unit comes, counted from its start. */
export interface SpokenText {
  readonly text: string;
  readonly offsets: readonly number[];
  /** The offsets of braces that are the writer's text, and enclose no variable: those of code, and escaped ones. */
  readonly literal?: ReadonlySet<number>;
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
