import type { SilentSpan } from "./silentSpan.ts";
import type { Span } from "./span.ts";

export interface FlushMarker extends Span {
  /**
   * `<flush/>`, `<!-- flush -->`, or a declared literal alone on its line (the span leaves out
   * white space around it); or another speaker's turn: the span is the speaker's name with its colon, and empty where a
   * paragraph without a name follows one with a name; or the next slide of a deck: its rule, and nothing before a heading.
   */
  readonly kind: "tag" | "comment" | "literal" | "speaker" | "slide";
  /** What a speaker's name and its directions are told as; missing where that is the name alone. */
  readonly parts?: readonly SilentSpan[];
}

/** `<flush/>` and `<!-- flush -->`, where `lastIndex` says. */
export const MARKER = /<flush[ \t]*\/>|<!--[ \t]*flush[ \t]*-->/iy;

/** Whether a text has `<flush/>` or `<!-- flush -->` in it, wherever that is. */
export function hasMarker(text: string): boolean {
  return new RegExp(MARKER, "i").test(text);
}
