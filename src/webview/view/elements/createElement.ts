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
