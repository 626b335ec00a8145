import * as vscode from "vscode";
import type { LintOptions, ScriptLinter } from "../../language/language.ts";
import type { Fix, Problem } from "../../language/problems/problem.ts";
import { readingOptions } from "../common/edits.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import type { Services } from "../service/services.ts";
import { readDocumentSettings } from "../common/settings.ts";
import { textOf } from "../common/documentText.ts";
import { cacheOf } from "../common/parseCaches.ts";

/** A long text is first looked at in steps of so many UTF-16 units, so that other work is done in between. */
const stepLength = 32 * 1024;

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
    if (!known) await lookAhead(document, linter, options);
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

/** Looks at the beginnings of a long text, longer and longer: each time only what is new takes long. */
async function lookAhead(
  document: vscode.TextDocument,
  linter: ScriptLinter,
  options: LintOptions,
): Promise<void> {
  const text = textOf(document);
  for (let end = stepLength; end < text.length && !document.isClosed; end += stepLength) {
    linter.lint(text.slice(0, end), options);
    await new Promise((resolve) => setImmediate(resolve));
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
