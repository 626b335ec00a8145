import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { projectRoot } from "../vscode/paths.ts";

/** Where the translations of run-time strings lie, by language. */
export const bundlePath = (language: string): string =>
  join(projectRoot, "media", "l10n", `bundle.l10n.${language}.json`);

/** The translations of a language, by the English texts. */
export async function readBundle(language: string): Promise<Record<string, string>> {
  return JSON.parse(await readFile(bundlePath(language), "utf8")) as Record<string, string>;
}

/** All texts that the extension has VS Code translate, in the order of its files, each once. */
export async function runTimeStrings(): Promise<string[]> {
  const folder = join(projectRoot, "src", "editor");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ts")).sort();
  const texts = new Set<string>();
  for (const file of files) {
    const source = await readFile(join(folder, file), "utf8");
    for (const text of translatedTexts(file, source)) texts.add(text);
  }
  return [...texts];
}

/**
 * The first arguments of all calls of `vscode.l10n.t` in a module.
 * @throws where one is no literal: what is put together while it runs can't be looked up.
 */
export function translatedTexts(file: string, source: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "vscode.l10n.t") {
      const [text] = node.arguments;
      if (!text || !ts.isStringLiteralLike(text)) {
        throw new Error(`${file}: vscode.l10n.t takes a literal: ${node.getText()}`);
      }
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true));
  return texts;
}
