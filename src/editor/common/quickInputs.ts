import * as vscode from "vscode";
import { inertDescription, inertText } from "../../session/connection/inertText.ts";

/*
 * The only place that opens lists to choose from, and fields to type into. VS Code shows signs in the texts of a list, reads its
 * descriptions as Markdown where the pointer rests on them, and makes links of the texts of a field.
 */

/** Lists what can be chosen. @returns the one that was; nothing where none was */
export async function pickOne<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  { title, placeHolder, ...options }: vscode.QuickPickOptions & { readonly title: string },
): Promise<Item | undefined> {
  const shown = items.map(inertItem);
  const picked = await vscode.window.showQuickPick(shown, {
    ...options,
    title: inertText(title),
    ...(placeHolder !== undefined && { placeHolder: inertText(placeHolder) }),
  });
  return picked && items[shown.indexOf(picked)];
}

/** A list that is filled while it is shown. What it gives back, chosen items too, are copies of those that it was given. */
export function createPick<Item extends vscode.QuickPickItem>(): vscode.QuickPick<Item> {
  return new Proxy(vscode.window.createQuickPick<Item>(), {
    get(pick, key) {
      const value: unknown = Reflect.get(pick, key, pick);
      return typeof value === "function" ? (value.bind(pick) as unknown) : value;
    },
    set(pick, key, value: unknown) {
      const isItems = key === "items";
      const shown = isItems ? (value as readonly Item[]).map(inertItem) : value;
      return Reflect.set(pick, key, typeof shown === "string" ? inertText(shown) : shown, pick);
    },
  });
}

/**
 * Asks for a line of text. @returns nothing where none was given
 * @param explain what is wrong with what was typed, if anything
 */
export function askText(
  options: Omit<vscode.InputBoxOptions, "validateInput"> & { readonly prompt: string },
  explain: (typed: string) => string | undefined,
): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    ...options,
    prompt: inertText(options.prompt),
    validateInput: (typed) => {
      const fault = explain(typed);
      return fault === undefined ? undefined : inertText(fault);
    },
  });
}

/** The longest line that a list shows, in UTF-16 units. */
const longestLine = 300;

function inertItem<Item extends vscode.QuickPickItem>(item: Item): Item {
  const { label, description, detail } = item;
  return {
    ...item,
    label: inertText(label, longestLine),
    ...(description !== undefined && { description: inertDescription(description, longestLine) }),
    ...(detail !== undefined && { detail: inertDescription(detail, longestLine) }),
  };
}
