import * as vscode from "vscode";
import { outline, type OutlineItem } from "../script/outline.ts";
import { languageOf, type Scripts } from "./scripts.ts";

/** Tells a script's segments, under its headings, to outline, breadcrumbs and *Go to Symbol*. */
export function segmentSymbols(scripts: Scripts): vscode.Disposable {
  const provider: vscode.DocumentSymbolProvider = {
    provideDocumentSymbols(document) {
      if (!scripts.isScript(document)) return [];
      const text = document.getText();
      const segments = scripts.segments(document);
      const items = outline(text, scripts.scan(document), segments, languageOf(document));
      return items.map((item) => symbolOf(document, item));
    },
  };
  return vscode.languages.registerDocumentSymbolProvider(
    [{ language: "markdown" }, { language: "plaintext" }],
    provider,
    { label: "Scripted Speech" },
  );
}

function symbolOf(document: vscode.TextDocument, item: OutlineItem): vscode.DocumentSymbol {
  const { name, segment, start, end, place, children } = item;
  const symbol = new vscode.DocumentSymbol(
    name,
    segment === undefined ? "" : vscode.l10n.t("Segment {0}", segment + 1),
    segment === undefined ? vscode.SymbolKind.Module : vscode.SymbolKind.String,
    new vscode.Range(document.positionAt(start), document.positionAt(end)),
    new vscode.Range(document.positionAt(place.start), document.positionAt(place.end)),
  );
  symbol.children = children.map((child) => symbolOf(document, child));
  return symbol;
}
