import * as vscode from "vscode";
import { markdown } from "../common/inertMarkdown.ts";
import { scriptSelector, type Scripts } from "../common/scripts.ts";
import type { Services } from "../service/services.ts";
import { textOf } from "../common/documentText.ts";

/** Says what a flush marker, a tag, a key or an accent of the front matter does, in scripts only. */
export class Hovers implements vscode.HoverProvider, vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #services: Services;
  readonly #registration: vscode.Disposable;

  constructor(scripts: Scripts, services: Services) {
    this.#scripts = scripts;
    this.#services = services;
    this.#registration = vscode.languages.registerHoverProvider(scriptSelector, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    if (!this.#scripts.isScript(document)) return undefined;
    const { markers, segments, frontMatter } = this.#scripts.scan(document);
    const text = textOf(document);
    const offset = document.offsetAt(position);
    const { hoverAt } = await import("../../language/language.ts");
    const inFront = frontMatter !== undefined && offset < frontMatter.end;
    const accents = inFront ? (await this.#services.choose()).accents : undefined;
    const hover = hoverAt(text, offset, { markers, segments }, accents);
    if (!hover) return undefined;
    const range = new vscode.Range(
      document.positionAt(hover.start),
      document.positionAt(hover.end),
    );
    return new vscode.Hover(markdown(hover.text), range);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
