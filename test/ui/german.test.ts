import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkbench } from "../support/vscode/openWorkbench.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

describe("In a German VS Code", function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "talk-"));
    const file = join(folder, "talk.speech.md");
    await writeFile(file, "One of <brake/> two.\n\n<flush/>\n\nTwo of two.\n");
    workbench = await openWorkbench({ folder, file, language: "de" });
  });

  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("the extension speaks German: commands, lenses, problems, the panel's page", async () => {
    const { page } = workbench;
    await page.locator(".codelens-decoration", { hasText: "Anhören" }).first().waitFor();
    await page.locator(".squiggly-warning").waitFor();
    await page.keyboard.press("F8");
    await page.getByText("gibt es nicht: Es bewirkt nichts").first().waitFor();
    await page.keyboard.press("Escape");
    await workbench.runCommand("Scripted Speech: Vorschau öffnen");
    const { frame } = await workbench.webview((title) => title.includes("talk"));
    await frame.getByRole("listitem", { name: "Segment 2, nicht gesprochen" }).waitFor();
    assert.equal(await frame.locator("html").getAttribute("lang"), "de");
    await frame.getByRole("button", { name: "Segment 2 abspielen" }).click();
    await frame.getByRole("listitem", { name: /^Segment 2, bereit, \d,\d Sekunden$/ }).waitFor();
  });
});
