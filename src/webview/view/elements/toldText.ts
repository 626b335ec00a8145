import { createElement } from "./createElement.ts";

/**
 * A text of which a part is told to a screen reader alone: "Try [segment 3 ]again" is seen as "Try again", beside the segment.
 * Which part that is, each language says itself.
 */
export function createTold(text: string): (HTMLElement | string)[] {
  return text
    .split(/\[(.*?)\]/)
    .map((part, at) => (at % 2 === 0 ? part : createElement("span", { class: "told" }, part)));
}
