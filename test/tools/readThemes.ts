/**
 * `node test/tools/bootstrap.mjs test/tools/readThemes.ts`: makes test/fixtures/themes.json anew, from a real VS Code with
 * the packed extension: what its default themes give to the variables that media/*.css uses. To be run when those use others.
 */
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { themesFile, usedVariables } from "../page/themes.ts";
import type { Theme } from "../page/themes.ts";
import { openWorkbench } from "../support/vscode/openWorkbench.ts";
import { packExtension } from "./packExtension.ts";
import { projectRoot } from "../support/paths.ts";

const names = [
  "Default Dark Modern",
  "Default Light Modern",
  "Default High Contrast",
  "Default High Contrast Light",
];

await packExtension();
const folder = await mkdtemp(join(tmpdir(), "themes-"));
const file = join(folder, "welcome.speech.md");
await copyFile(join(projectRoot, "media", "walkthrough", "welcome.speech.md"), file);
const themes: Theme[] = [];
for (const name of names) themes.push(await readTheme(name));
await writeFile(themesFile, `${JSON.stringify(themes, undefined, 2)}\n`);
await rm(folder, { recursive: true, force: true });

async function readTheme(name: string): Promise<Theme> {
  const settings = { "workbench.colorTheme": name, "git.enabled": false };
  const workbench = await openWorkbench({ folder, file, settings });
  try {
    await workbench.runCommand("Scripted Speech: Open Preview Panel");
    const { frame } = await workbench.webview((title) => title.includes("welcome"));
    const wanted = await usedVariables();
    return await frame.evaluate(
      ({ name, wanted }) => {
        const { style } = document.documentElement;
        const valueOf = (variable: string): string | null =>
          style.getPropertyValue(variable).trim() || null;
        return {
          name,
          bodyClass: document.body.className,
          variables: Object.fromEntries(wanted.map((one) => [one, valueOf(one)])),
        };
      },
      { name, wanted },
    );
  } finally {
    await workbench.close();
  }
}
