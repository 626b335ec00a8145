import * as vscode from "vscode";
import { OutlineReader, type OutlineItem } from "../script/outline.ts";
import type { Span } from "../script/script.ts";
import type { SegmentPlace } from "../script/segmentPlaces.ts";
import { languageOf, type Scripts } from "./scripts.ts";
import { textOf } from "./documentText.ts";

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
  return vscode.languages.registerDocumentSymbolProvider(
    [{ language: "markdown" }, { language: "plaintext" }],
    provider,
    { label: "Scripted Speech" },
  );
}

/** Makes one document's symbols again and again: that of a segment that stands as it stood is the very same object. */
class SymbolReader {
  readonly #document: vscode.TextDocument;
  readonly #outline = new OutlineReader();
  /** By what a segment says: the symbol, and where the segment stood then. */
  readonly #known = new WeakMap<object, KnownSymbol>();

  constructor(document: vscode.TextDocument) {
    this.#document = document;
  }

  read(scripts: Scripts): vscode.DocumentSymbol[] {
    const document = this.#document;
    const segments = scripts.segments(document);
    const scan = scripts.scan(document);
    const items = this.#outline.read(textOf(document), scan, segments, languageOf(document));
    return items.map((item) => this.#symbolOf(item, segments));
  }

  #symbolOf(item: OutlineItem, segments: readonly SegmentPlace[]): vscode.DocumentSymbol {
    const place = item.segment === undefined ? undefined : segments[item.segment];
    if (place && place.end === item.end) return this.#segmentSymbol(item, place);
    const symbol = this.#create(item, this.#range(item), this.#range(item.place));
    symbol.children = item.children.map((child) => this.#symbolOf(child, segments));
    return symbol;
  }

  #segmentSymbol(item: OutlineItem, place: SegmentPlace): vscode.DocumentSymbol {
    const known = this.#known.get(place.content);
    if (known && known.segment === item.segment && isSameRange(known.place, place)) {
      return known.symbol;
    }
    const { line, character, endLine, endCharacter } = place;
    const lineEnd = character + item.place.end - item.place.start;
    const whole = new vscode.Range(line, character, endLine, endCharacter);
    const symbol = this.#create(item, whole, new vscode.Range(line, character, line, lineEnd));
    this.#known.set(place.content, { symbol, place, segment: item.segment });
    return symbol;
  }

  #create(item: OutlineItem, range: vscode.Range, place: vscode.Range): vscode.DocumentSymbol {
    const { name, segment } = item;
    const detail = segment === undefined ? "" : vscode.l10n.t("Segment {0}", segment + 1);
    const kind = segment === undefined ? vscode.SymbolKind.Module : vscode.SymbolKind.String;
    return new vscode.DocumentSymbol(name, detail, kind, range, place);
  }

  #range({ start, end }: Span): vscode.Range {
    return new vscode.Range(this.#document.positionAt(start), this.#document.positionAt(end));
  }
}

interface KnownSymbol {
  readonly symbol: vscode.DocumentSymbol;
  readonly place: SegmentPlace;
  readonly segment: number | undefined;
}

function isSameRange(one: SegmentPlace, other: SegmentPlace): boolean {
  return (
    one.line === other.line &&
    one.character === other.character &&
    one.endLine === other.endLine &&
    one.endCharacter === other.endCharacter
  );
}
