import * as vscode from "vscode";
import type { ScriptLanguage, SpeechOptions } from "../../script/model/script.ts";
import type { readFrontMatter as ReadFrontMatter } from "../../script/frontMatter/frontMatter.ts";
import { declaresMarkers, findFrontMatter } from "../../script/frontMatter/frontMatterBlock.ts";
import {
  isScript,
  saysItIsScript,
  scanScript,
  withDeclared,
  type Scan,
} from "../../script/scanner/scan.ts";
import { segmentPlaces, type SegmentPlace } from "../../script/model/segmentPlaces.ts";
import { isHiddenName, isTextName } from "../../script/model/textName.ts";
import { onSettingsChanged, readDocumentSettings } from "./settings.ts";
import { textOf } from "./documentText.ts";

/** How our reader takes a document: Markdown as Markdown, anything else as it stands. */
export function languageOf(document: vscode.TextDocument): ScriptLanguage {
  return document.languageId === "markdown" ? "markdown" : "plaintext";
}

/** Of which documents VS Code asks for what a script has. */
export const scriptSelector: vscode.DocumentSelector = [
  { language: "markdown" },
  { language: "plaintext" },
];

/**
 * What the open documents are, by their text alone: cut once for each version, and told to VS Code's `when` clauses as
 * `resourcePath in scriptedSpeech.scripts`; those on which a press acts unasked as `resourcePath in scriptedSpeech.texts`.
 */
export class Scripts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** What the open scripts are, or how they are cut, has changed by more than their text. */
  readonly onChanged = this.#changed.event;
  readonly #readings = new WeakMap<vscode.TextDocument, Reading>();
  readonly #listeners: vscode.Disposable;
  #known = "";
  #knownTexts = "";
  #readFrontMatter: typeof ReadFrontMatter | undefined;

  constructor() {
    const look = (): void => this.#tellContext();
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#reopen(document)),
      vscode.workspace.onDidCloseTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && isText(document)) look();
      }),
      onSettingsChanged(() => this.#forget()),
    );
    look();
  }

  /** A document's cuts. */
  scan(document: vscode.TextDocument): Scan {
    return this.#read(document).scan;
  }

  /** Whether a document is a script: it has a marker or a `speech:` key, or is named as one. */
  isScript(document: vscode.TextDocument): boolean {
    if (!isText(document)) return false;
    return this.#read(document).isScript;
  }

  /**
   * Whether a press acts on a document unasked, for it is meant to be read: it says itself that it is a script, or is Markdown or
   * plain text whose name says so, too. To VS Code a file is plain text where nothing else is known of it: a key, `.env`.
   */
  isMeant(document: vscode.TextDocument): boolean {
    if (!isText(document)) return false;
    const { path } = document.uri;
    const isMarkdown = document.languageId === "markdown" && !isHiddenName(path);
    if (document.isUntitled || isMarkdown || isTextName(path)) return true;
    return saysItIsScript(textOf(document), this.#read(document).scan, path);
  }

  /** Where the segments of a document stand, without the white space at their ends. */
  segments(document: vscode.TextDocument): readonly SegmentPlace[] {
    return this.#read(document).places;
  }

  /** For each segment of a document the name of who says it, where the script names one. */
  speakers(document: vscode.TextDocument): Scan["speakers"] {
    return this.#read(document).scan.speakers;
  }

  /** The voices that a document names; its own only where it has a cast, too. */
  voices(document: vscode.TextDocument): Pick<SpeechOptions, "voice" | "cast"> {
    const { voice, cast } = this.#read(document).declared.options;
    return cast ? { cast, ...(voice !== undefined && { voice }) } : {};
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
  }

  #read(document: vscode.TextDocument): Reading {
    const known = this.#readings.get(document);
    if (known?.version === document.version) return known;
    const text = textOf(document);
    const settings = readDocumentSettings(document.uri);
    const declared = this.#declaredIn(text, known?.declared);
    const options = { language: languageOf(document), markers: settings.markers };
    const scan = scanScript(text, withDeclared(options, declared.options));
    const reading = {
      version: document.version,
      scan,
      places: segmentPlaces(text, scan.segments),
      isScript: isScript(text, scan, document.uri.path),
      declared,
    };
    this.#readings.set(document, reading);
    return reading;
  }

  /** What a front matter says that adds markers or speakers. Only a document that has such needs the YAML reader, which is loaded then. */
  #declaredIn(text: string, known: Declared | undefined): Declared {
    const block = findFrontMatter(text);
    const yaml = block ? text.slice(block.yaml.start, block.yaml.end) : "";
    if (known?.yaml === yaml) return known;
    if (!declaresMarkers(yaml)) return { yaml, options: {} };
    if (this.#readFrontMatter) return { yaml, options: this.#readFrontMatter(yaml, 0, block?.isToml).options };
    void import("../../script/frontMatter/frontMatter.ts").then(({ readFrontMatter }) => {
      this.#readFrontMatter = readFrontMatter;
      this.#forget();
    });
    return { yaml, options: {} };
  }

  /** Where its language mode is changed, VS Code closes a document and opens it: the very same object, of the same version. */
  #reopen(document: vscode.TextDocument): void {
    const isKnown = this.#readings.delete(document);
    this.#tellContext();
    if (isKnown) this.#changed.fire();
  }

  #forget(): void {
    for (const document of vscode.workspace.textDocuments) this.#readings.delete(document);
    this.#tellContext();
    this.#changed.fire();
  }

  #tellContext(): void {
    const pathsOf = (documents: readonly vscode.TextDocument[]): string[] =>
      documents.flatMap(({ uri }) => contextPaths(uri));
    const { textDocuments } = vscode.workspace;
    const texts = pathsOf(textDocuments.filter((document) => this.isMeant(document)));
    if (texts.join("\n") !== this.#knownTexts) {
      this.#knownTexts = texts.join("\n");
      void vscode.commands.executeCommand("setContext", "scriptedSpeech.texts", texts);
    }
    const paths = pathsOf(textDocuments.filter((document) => this.isScript(document)));
    const now = paths.join("\n");
    if (now === this.#known) return;
    this.#known = now;
    void vscode.commands.executeCommand("setContext", "scriptedSpeech.scripts", paths);
    this.#changed.fire();
  }
}

/**
 * What the context key `resourcePath` may be for a document: its path on this machine, or, in a remote window, the path
 * of the URI that the window knows it by.
 */
export function contextPaths(uri: vscode.Uri): string[] {
  return [...new Set([uri.fsPath, uri.path])];
}

/** What a front matter adds to how its document is cut. */
interface Declared {
  readonly yaml: string;
  readonly options: SpeechOptions;
}

/** A version of a document, cut. */
interface Reading {
  readonly version: number;
  readonly scan: Scan;
  readonly places: readonly SegmentPlace[];
  readonly isScript: boolean;
  /** What its front matter says, where it must be read to cut it. */
  readonly declared: Declared;
}

/** A document that someone writes, not an output channel, a diff's other side, or a commit message. */
export function isText({ uri, languageId }: vscode.TextDocument): boolean {
  const written = ["file", "untitled", "vscode-vfs"].includes(uri.scheme);
  return written && (languageId === "markdown" || languageId === "plaintext");
}
