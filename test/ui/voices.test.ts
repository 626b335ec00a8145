import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import type { LocalVoice } from "../../src/localVoice/localVoice.ts";
import { startTestVoice } from "../support/fakes/localVoice.ts";
import { giveKey, takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import { until } from "../support/until.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

describe("A person who selects a voice", function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;

  const rows = (text: string | RegExp): Locator =>
    workbench.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text });
  const input = (): Locator =>
    workbench.page.locator(".quick-input-widget:visible input[type=text]");

  before(async () => {
    const text = "Stay hungry, my friends.\n\n<flush/>\n\nStay foolish, all of you.\n";
    ({ workbench, folder } = await takeWorkbench(
      { "scriptedSpeech.service": "local" },
      { "voice.md": text },
    ));
    await workbench.openFile("voice.md");
  });

  it("hears one, chooses it, and finds it in the script's front matter", async () => {
    await workbench.runCommand("Scripted Speech: Select Voice…");
    await rows("Flite rms").waitFor();
    await input().fill("female");
    await rows("Flite rms").waitFor({ state: "detached" });
    const slt = rows("Flite slt");
    assert.match(await slt.innerText(), /English \(en\), feminine/);
    await slt.hover();
    await slt.getByRole("button", { name: /^Hear segment 1 with this voice\. Speaks 24/ }).click();
    const panel = await workbench.webview((title) => title.includes("voice.md"));
    await panel.frame.getByRole("list", { name: "Segments" }).waitFor();
    const takes = (): Promise<string[]> =>
      readdir(join(folder, "voice.speech", "takes")).catch(() => []);
    await until("a take is saved", async () => (await takes()).length > 0);
    await slt.click(); // the list is still there
    await rows("This script: voice.md").click();
    await workbench.waitForEditor("voice.md");
    await workbench.page.locator(".view-line", { hasText: "voice: slt" }).waitFor();
    assert.deepEqual((await workbench.editorLines()).slice(0, 6), [
      "---",
      "speech:",
      "  voice: slt",
      "---",
      "",
      "Stay hungry, my friends.",
    ]);
    await panel.frame.getByText("Local voice (English, offline), Flite slt").waitFor();
  });
});

describe("A person who completes a voice", function () {
  this.timeout(180_000);
  let service: LocalVoice;
  let workbench: Workbench;

  before(async () => {
    service = await startTestVoice(); // as another service, whose voices are not known
    const cast = "  cast:\n    ANNA: rms\n    BERT:\n";
    const said = "ANNA: Guten Morgen, Bert.\n\nBERT: Guten Morgen.\n";
    const { origin } = new URL(service.url);
    ({ workbench } = await takeWorkbench(
      { "scriptedSpeech.service": "cartesia", "scriptedSpeech.endpoint": origin },
      { "dialogue.md": `---\nspeech:\n  language: de\n${cast}---\n\n${said}` },
    ));
    await giveKey(workbench, service.token);
    await workbench.openFile("dialogue.md");
  });

  after(() => service?.close());

  it("chooses it at its place, sees it named, and is told what it does not speak", async () => {
    const { page } = workbench;
    const lens = (title: string): Locator =>
      page.locator(".codelens-decoration a").filter({ hasText: title });
    await lens("ANNA").waitFor();
    assert.equal(await lens("Flite").count(), 0);
    await page.locator(".view-line", { hasText: "BERT:" }).first().click();
    await page.keyboard.press("End");
    await page.keyboard.press("Control+Space");
    const offered = page.locator(".suggest-widget.visible .monaco-list-row");
    await offered.filter({ hasText: "Tessa" }).waitFor();
    await offered.filter({ hasText: "Select Voice…" }).click();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Flite slt" }).click();
    await page.locator(".view-line", { hasText: "BERT: slt" }).waitFor();
    await lens("ANNA, Flite rms").waitFor();
    await page.locator(".squiggly-info").nth(1).waitFor();
    assert.deepEqual((await workbench.editorLines()).slice(3, 7), [
      "  cast:",
      "    ANNA: rms",
      "    BERT: slt",
      "---",
    ]);
  });
});
