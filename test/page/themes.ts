import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { projectRoot } from "../support/paths.ts";

/** What a theme of VS Code gives to a webview. */
export interface Theme {
  readonly name: string;
  /** The classes that VS Code gives to the page's body. */
  readonly bodyClass: string;
  /** The variables that the page's style sheets use; null where the theme has none. */
  readonly variables: Readonly<Record<string, string | null>>;
}

/** Made by test/tools/readThemes.ts. */
export const themesFile = join(projectRoot, "test", "fixtures", "themes.json");

/** VS Code's default themes: dark, light, high contrast, high contrast light. */
export async function readThemes(): Promise<Theme[]> {
  return JSON.parse(await readFile(themesFile, "utf8")) as Theme[];
}

/** The variables of VS Code's that the page's style sheets use, in order. */
export async function usedVariables(): Promise<string[]> {
  const media = join(projectRoot, "media");
  const sheets = (await readdir(media)).filter((name) => name.endsWith(".css"));
  const texts = await Promise.all(sheets.map((name) => readFile(join(media, name), "utf8")));
  const used = texts.flatMap((text) => text.match(/--vscode-[\w-]+/g) ?? []);
  return [...new Set(used)].sort();
}

/** Shows the page as VS Code would in this theme. */
export async function applyTheme(page: Page, { bodyClass, variables }: Theme): Promise<void> {
  await page.evaluate(
    ({ bodyClass, variables }) => {
      const { style } = document.documentElement;
      for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
      document.body.className = bodyClass;
    },
    { bodyClass, variables },
  );
}
