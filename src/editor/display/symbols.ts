import * as vscode from "vscode";
import { outlineOf, type OutlineItem } from "../../script/outline/outline.ts";
import type { LineRange } from "../../script/model/linePlaces.ts";
import type { SegmentPlace } from "../../script/model/segmentPlaces.ts";
import { inertText } from "../../session/connection/inertText.ts";
import { scriptSelector, languageOf, type Scripts } from "../common/scripts.ts";
import { textOf } from "../common/documentText.ts";

/** Tells a script's segments, under its headings, to outline, breadcrumbs and *Go to Symbol*. */
export function segmentSymbols(scripts: Scripts): vscode.Disposable {
  /** VS Code asks for each version several times: for outline, breadcrumbs, sticky scroll. */
  const known = new WeakMap<readonly SegmentPlace[], vscode.DocumentSymbol[]>();
  const provider: vscode.DocumentSymbolProvider = {
    provideDocumentSymbols(document) {
      if (!scripts.isScript(document)) return [];
      const [segments, scan] = [scripts.segments(document), scripts.scan(document)];
      const symbols =
        known.get(segments) ??
        outlineOf(textOf(document), scan, segments, languageOf(document)).map(createSymbol);
      known.set(segments, symbols);
      return symbols;
    },
  };
  return vscode.languages.registerDocumentSymbolProvider(scriptSelector, provider, {
    label: "Scripted Speech",
  });
}

function createSymbol(item: OutlineItem): vscode.DocumentSymbol {
  const { name, segment, place } = item;
  const detail = segment === undefined ? "" : vscode.l10n.t("Segment {0}", segment + 1);
  const kind = segment === undefined ? vscode.SymbolKind.Module : vscode.SymbolKind.String;
  const shown = inertText(name).trim() || "…"; // VS Code refuses one without a name, and the whole outline with it
  const symbol = new vscode.DocumentSymbol(shown, detail, kind, rangeOf(item), rangeOf(place));
  symbol.children = item.children.map(createSymbol);
  return symbol;
}

function rangeOf({ line, character, endLine, endCharacter }: LineRange): vscode.Range {
  return new vscode.Range(line, character, endLine, endCharacter);
}
