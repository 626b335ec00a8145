import * as vscode from "vscode";
import type { LintOptions, ScriptLinter } from "../../language/language.ts";
import type { Fix, Problem } from "../../language/problems/problem.ts";
import { readingOptions } from "../common/edits.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import type { Services } from "../service/services.ts";
import { readDocumentSettings } from "../common/settings.ts";
import { textOf } from "../common/documentText.ts";
import { cacheOf, isLongNew, readAhead } from "../common/parseCaches.ts";

/** Looks for problems in the open scripts. What looks is loaded with the first of them. */
export class Diagnostics implements vscode.Disposable {
  readonly #services: Services;
  readonly #samples: SampleValues;
  readonly #linters = new WeakMap<vscode.TextDocument, ScriptLinter>();
  readonly #found = new WeakMap<vscode.TextDocument, Found>();
  readonly #listener: vscode.Disposable;

  constructor(services: Services, samples: SampleValues) {
    this.#services = services;
    this.#samples = samples;
    this.#listener = vscode.workspace.onDidCloseTextDocument((document) => {
      this.#linters.delete(document);
      this.#found.delete(document);
    });
  }

  /**
   * The problems of a script, as its text is when they are found.
   * @returns nothing where the document was closed meanwhile
   */
  async find(document: vscode.TextDocument): Promise<Found | undefined> {
    const options = await this.#options(document);
    const known = this.#found.get(document);
    const readWith = JSON.stringify(options);
    if (known?.version === document.version && known.readWith === readWith) return known;
    const linter = await this.#linter(document);
    if (!known || isLongNew(document)) {
      await readAhead(document, (beginning) => void linter.lint(beginning, options));
    }
    if (document.isClosed) return undefined;
    const { version } = document;
    const start = performance.now();
    const problems = linter.lint(textOf(document), options);
    const found = { version, problems, readWith, tookMs: performance.now() - start };
    this.#found.set(document, found);
    return found;
  }

  /** The fixes of a script's problem that remove it and bring no other. */
  async fixes(document: vscode.TextDocument, problem: Problem): Promise<readonly Fix[]> {
    const options = await this.#options(document);
    const linter = await this.#linter(document);
    const found = await this.find(document);
    return linter.fixesFor(textOf(document), problem, options, found?.problems);
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #options(document: vscode.TextDocument): Promise<LintOptions> {
    const { name, voices, accents, apiVersion } = await this.#services.choose();
    const options = await readingOptions(document, this.#samples);
    const { model, voice, language: spoken } = readDocumentSettings(document.uri);
    const known = { voices: voices(), accents: accents(), apiVersion };
    return { ...options, model, voice, spoken, ...known, service: name };
  }

  async #linter(document: vscode.TextDocument): Promise<ScriptLinter> {
    const { ScriptLinter } = await import("../../language/language.ts");
    const linter = this.#linters.get(document) ?? new ScriptLinter(cacheOf(document));
    this.#linters.set(document, linter);
    return linter;
  }
}

/** What was found in one version of a document. */
export interface Found {
  readonly version: number;
  readonly problems: readonly Problem[];
  /** How the document was read, as text. */
  readonly readWith: string;
  /** How long it took to look, in milliseconds. */
  readonly tookMs: number;
}
