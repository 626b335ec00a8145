/** Creates an element with attributes and children; strings among them become text, never markup. */
export function createElement<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** An icon of `@vscode/codicons`, by its name there; it says nothing to a screen reader. */
export function createIcon(name: string): HTMLSpanElement {
  return createElement("span", { class: `codicon codicon-${name}`, "aria-hidden": "true" });
}

/**
 * A text of which a part is told to a screen reader alone: "Try [segment 3 ]again" is seen as "Try again", beside the segment.
 * Which part that is, each language says itself.
 */
export function createText(text: string): (HTMLElement | string)[] {
  return text
    .split(/\[(.*?)\]/)
    .map((part, at) => (at % 2 === 0 ? part : createElement("span", { class: "told" }, part)));
}
