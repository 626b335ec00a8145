import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkbench, type Workbench } from "../vscode/openWorkbench.ts";

const oddName = "it's #1 (100%) é.md";
const hostile = [
  "<script>document.title = 'hit'</script>",
  "<img src=x onerror=\"document.title='hit'\"> Hello there.",
  "<flush/>",
  "‮Right to left‬ and zero​width.",
].join("\n\n");

describe("A person who opens a stranger's folder, without trusting it", function () {
  this.timeout(90_000);
  this.retries(1); // a whole VS Code in a browser: on a busy machine a panel may not come in time
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "stranger-"));
    await mkdir(join(folder, ".vscode"));
    const settings = {
      "scriptedSpeech.service": "cartesia",
      "scriptedSpeech.endpoint": "ws://127.0.0.1:9",
      "scriptedSpeech.confirmAboveCharacters": 0,
    };
    await writeFile(join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
    await writeFile(join(folder, oddName), hostile);
    workbench = await openWorkbench({ folder, file: join(folder, oddName), trusted: false });
  });

  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("hears its script with the local voice, whatever its settings say", async () => {
    await workbench.runCommand("Scripted Speech: Preview Script");
    const { frame: panel } = await workbench.webview((title) => title.includes("it's #1"));
    await panel.getByText(/^Local voice/).waitFor();
    await panel.getByRole("listitem", { name: /^Segment 2, ready/ }).waitFor({ timeout: 30_000 });
    const clips = await readdir(join(folder, "it's #1 (100%) é.speech"));
    assert.deepEqual(clips.sort(), ["flush_000.wav", "flush_001.wav", "manifest.json"]);
  });

  it("plays the clip of a document with an odd name from its file", async () => {
    const { frame: panel } = await workbench.webview((title) => title.includes("it's #1"));
    await panel.getByRole("button", { name: "Stop", exact: true }).click({ force: true });
    await panel.getByRole("button", { name: "Play segment 2" }).click();
    await panel.locator("li[data-segment='1'][aria-current=true]").waitFor({ timeout: 15_000 });
    assert.equal(await panel.getByText("can't be played").count(), 0);
  });

  it("sees the script's markup as text, and nothing of it runs", async () => {
    const { frame: panel } = await workbench.webview((title) => title.includes("it's #1"));
    assert.equal(await panel.locator("main script, main img").count(), 0);
    assert.notEqual(await panel.evaluate(() => document.title), "hit");
  });
});
