import * as vscode from "vscode";

/** The panel's type, as package.json names it for its restoring. */
export const panelType = "scriptedSpeech.panel";

/**
 * The tabs of panels for a document that are not ours: of an extension host that has died, or not restored yet. A tab tells no
 * more of its panel than its title: where another panel or script of the same name is open, none is taken for the document's.
 * @param title the panel's.
 * @param isOurs whether a panel of this title is open.
 */
export function strayPanels(
  document: vscode.Uri,
  title: string,
  isOurs: boolean,
): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
  const name = document.path.slice(document.path.lastIndexOf("/"));
  const hasNamesake = tabs.some(
    ({ input }) =>
      input instanceof vscode.TabInputText &&
      input.uri.path.endsWith(name) &&
      input.uri.toString() !== document.toString(),
  );
  if (isOurs || hasNamesake) return [];
  return tabs.filter(
    ({ input, label }) =>
      label === title &&
      input instanceof vscode.TabInputWebview &&
      input.viewType.endsWith(panelType), // VS Code puts a word of its own before it
  );
}
