import * as vscode from "vscode";
import { OutlineReader, type OutlineItem } from "../../script/outline/outline.ts";
import type { LineRange } from "../../script/model/linePlaces.ts";
import type { SegmentPlace } from "../../script/model/segmentPlaces.ts";
import { inertText } from "../../session/connection/inertText.ts";
import { scriptSelector, languageOf, type Scripts } from "../common/scripts.ts";
import { textOf } from "../common/documentText.ts";

/** Tells a script's segments, under its headings, to outline, breadcrumbs and *Go to Symbol*. */
export function segmentSymbols(scripts: Scripts): vscode.Disposable {
  const readers = new WeakMap<vscode.TextDocument, SymbolReader>();
  const provider: vscode.DocumentSymbolProvider = {
    provideDocumentSymbols(document) {
      if (!scripts.isScript(document)) return [];
      const reader = readers.get(document) ?? new SymbolReader(document);
      readers.set(document, reader);
      return reader.read(scripts);
    },
  };
  return vscode.languages.registerDocumentSymbolProvider(scriptSelector, provider, {
    label: "Scripted Speech",
  });
}

/** Makes one document's symbols again and again: that of a segment that stands as it stood is the very same object. */
class SymbolReader {
  readonly #document: vscode.TextDocument;
  readonly #outline = new OutlineReader();
  readonly #symbols = new WeakMap<OutlineItem, vscode.DocumentSymbol>();
  /** What was read last, for VS Code asks for each version several times: for outline, breadcrumbs, sticky scroll. */
  #last: { readonly of: readonly SegmentPlace[]; readonly symbols: vscode.DocumentSymbol[] } = {
    of: [],
    symbols: [],
  };

  constructor(document: vscode.TextDocument) {
    this.#document = document;
  }

  read(scripts: Scripts): vscode.DocumentSymbol[] {
    const document = this.#document;
    const [segments, scan] = [scripts.segments(document), scripts.scan(document)];
    if (segments === this.#last.of) return this.#last.symbols;
    const items = this.#outline.read(textOf(document), scan, segments, languageOf(document));
    this.#last = { of: segments, symbols: items.map((item) => this.#symbolOf(item)) };
    return this.#last.symbols;
  }

  #symbolOf(item: OutlineItem): vscode.DocumentSymbol {
    const known = this.#symbols.get(item);
    if (known) return known;
    const symbol = createSymbol(item);
    symbol.children = item.children.map((child) => this.#symbolOf(child));
    this.#symbols.set(item, symbol);
    return symbol;
  }
}

function createSymbol(item: OutlineItem): vscode.DocumentSymbol {
  const { name, segment, place } = item;
  const detail = segment === undefined ? "" : vscode.l10n.t("Segment {0}", segment + 1);
  const kind = segment === undefined ? vscode.SymbolKind.Module : vscode.SymbolKind.String;
  const shown = inertText(name).trim() || "…"; // VS Code refuses one without a name, and the whole outline with it
  return new vscode.DocumentSymbol(shown, detail, kind, rangeOf(item), rangeOf(place));
}

function rangeOf({ line, character, endLine, endCharacter }: LineRange): vscode.Range {
  return new vscode.Range(line, character, endLine, endCharacter);
}
