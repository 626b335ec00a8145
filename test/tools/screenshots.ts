/** `npm run screenshots`: makes the README's picture anew, from a real VS Code with the packed extension. */
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkbench } from "../support/vscode/openWorkbench.ts";
import { packExtension } from "./packExtension.ts";
import { projectRoot } from "../support/paths.ts";

const target = join(projectRoot, "media", "screenshots");

await packExtension();
const folder = await mkdtemp(join(tmpdir(), "talk-"));
const script = join(folder, "welcome.speech.md");
await copyFile(join(projectRoot, "media", "walkthrough", "welcome.speech.md"), script);
const workbench = await openWorkbench({
  folder,
  file: script,
  autoplay: "browser",
  settings: {
    "workbench.colorTheme": "Default Dark Modern",
    "editor.minimap.enabled": false,
    "git.enabled": false,
  },
});
try {
  await workbench.runCommand("View: Close Primary Side Bar");
  await workbench.runCommand("Scripted Speech: Preview Script");
  await workbench.page.mouse.move(300, 740); // off everything that has a tooltip
  const { frame } = await workbench.webview((title) => title.includes("welcome"));
  await frame.locator("li[data-segment='4']", { hasText: "ready" }).waitFor();
  await frame.locator("li[data-segment='1'][aria-current=true]").waitFor();
  await mkdir(target, { recursive: true });
  const picture = join(target, "preview.png");
  await copyFile(await workbench.screenshot("readme"), picture);
  console.log(picture);
} finally {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}
