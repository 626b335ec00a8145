import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { projectRoot } from "../../support/paths.ts";

/** Where the translations of run-time strings lie, by language. */
export const bundlePath = (language: string): string =>
  join(projectRoot, "media", "l10n", `bundle.l10n.${language}.json`);

/** The translations of a language, by the English texts. */
export async function readBundle(language: string): Promise<Record<string, string>> {
  return JSON.parse(await readFile(bundlePath(language), "utf8")) as Record<string, string>;
}

/** A module of the sources. */
export interface SourceFile {
  /** From `src/` on, with slashes. */
  readonly path: string;
  readonly source: string;
}

/** All modules of these folders of `src/`, or of all, by their paths. */
export async function readSources(...folders: readonly string[]): Promise<SourceFile[]> {
  const root = join(projectRoot, "src");
  const paths = (await readdir(root, { recursive: true }))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .filter((path) => folders.length === 0 || folders.some((of) => path.startsWith(`${of}/`)));
  return Promise.all(
    paths.sort().map(async (path) => ({ path, source: await readFile(join(root, path), "utf8") })),
  );
}

/** All texts that are translated, in the order of the files, each once. */
export async function runTimeStrings(): Promise<string[]> {
  const files = (await readSources()).filter(({ source }) => source.includes("l10n.t("));
  return [...new Set(files.flatMap(({ path, source }) => translatedTexts(path, source)))];
}

/**
 * The first arguments of all calls of `vscode.l10n.t`, and of `l10n.t` below the editor and in the page, in a module.
 * @throws where one is no literal: what is put together while it runs can't be looked up.
 */
export function translatedTexts(file: string, source: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isTranslation(node)) {
      const [text] = node.arguments;
      if (!text || !ts.isStringLiteralLike(text)) {
        throw new Error(`${file}: l10n.t takes a literal: ${node.getText()}`);
      }
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file, source));
  return texts;
}

/** Whether it is a call that has a text translated. */
export function isTranslation(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && /^(vscode\.)?l10n\.t$/.test(node.expression.getText());
}

export function parse(file: string, source: string): ts.SourceFile {
  return ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
}

/** The texts of the manifest in a language, by their keys. */
export async function readManifestTexts(language: string): Promise<Record<string, string>> {
  const name = language === "en" ? "package.nls.json" : `package.nls.${language}.json`;
  return JSON.parse(await readFile(join(projectRoot, name), "utf8")) as Record<string, string>;
}
