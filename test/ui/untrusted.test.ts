import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClipStore } from "../../src/clips/clipStore.ts";
import { namesIn, newClip, pictureOf } from "../unit/clips/scratch.ts";
import { openWorkbench, type Workbench } from "../support/vscode/openWorkbench.ts";

const oddName = "it's #1 (100%) é.md";
const hostile = [
  "<script>document.title = 'hit'</script>",
  "<img src=x onerror=\"document.title='hit'\"> Hello there.",
  "<flush/>",
  "‮Right to left‬ and zero​width.",
].join("\n\n");

const script = "One.\n\n<flush/>\n\nTwo.\n\n<flush/>\n\nThree.\n";

describe("A person who opens a stranger's folder, without trusting it", function () {
  this.timeout(180_000);
  let folder: string;
  let clips: string;
  let found: readonly string[];
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
    await writeFile(join(folder, "id_rsa"), "Nobody knows");
    clips = join(folder, "talk.speech");
    await writeFile(join(folder, "talk.md"), script);
    found = await damage(clips);
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
    await panel.getByRole("listitem", { name: /^Segment 2, ready/ }).waitFor();
    const clips = await readdir(join(folder, "it's #1 (100%) é.speech"));
    assert.deepEqual(clips.sort(), ["flush_000.wav", "flush_001.wav", "manifest.json"]);
  });

  it("plays the clip of a document with an odd name from its file", async () => {
    const { frame: panel } = await workbench.webview((title) => title.includes("it's #1"));
    await panel.getByRole("button", { name: "Stop", exact: true }).click({ force: true });
    await panel.getByRole("button", { name: "Play segment 2" }).click();
    await panel.locator("li[data-segment='1'][aria-current=true]").waitFor();
    assert.equal(await panel.getByText("can't be played").count(), 0);
  });

  const question = () => workbench.page.locator(".monaco-dialog-box");
  const pressPreview = async (): Promise<void> => {
    const { frame } = await workbench.webview((title) => title.includes("id_rsa"));
    await frame.getByRole("button", { name: "Preview script" }).click();
  };

  it("is offered the commands in the script, and in its panel", async () => {
    const { frame: panel } = await workbench.webview((title) => title.includes("it's #1"));
    for (const place of [
      workbench.page.locator(".view-line").first(),
      panel.locator("li").first(),
    ]) {
      await place.click();
      const offered = await workbench.searchCommands("Scripted Speech: Preview");
      assert.ok(offered.includes("Scripted Speech: Preview Script"), offered.join("; "));
    }
  });

  it("is offered nothing for a file of secrets", async () => {
    await workbench.openFile("id_rsa");
    const offered = await workbench.searchCommands("Scripted Speech: ");
    for (const title of [
      "Preview Script",
      "Preview Segment",
      "Open Preview Panel",
      "Insert Flush Marker",
    ]) {
      assert.ok(!offered.includes(`Scripted Speech: ${title}`), title);
    }
  });

  it("is asked before such a file is spoken, once", async () => {
    const { keyboard } = workbench.page;
    await keyboard.press("ControlOrMeta+Home");
    await keyboard.type("<flush/>"); // so it is a script, and has a panel
    await workbench.runCommand("Scripted Speech: Open Preview Panel");
    const { frame } = await workbench.webview((title) => title.includes("id_rsa"));
    await frame.getByRole("listitem", { name: /^Segment 2, not spoken/ }).waitFor();
    await workbench.page.locator('.tab[data-resource-name="id_rsa"]').click();
    await keyboard.press("ControlOrMeta+Z");
    await frame.getByRole("listitem", { name: /^Segment 2/ }).waitFor({ state: "detached" });
    await pressPreview();
    await question().getByText("Speak 12 characters of “id_rsa” with the local voice?").waitFor();
    await question().getByRole("button", { name: "Cancel" }).click();
    await question().waitFor({ state: "detached" });
    assert.ok(!(await readdir(folder)).includes("id_rsa.speech"));
    await pressPreview();
    await question().getByRole("button", { name: "Speak" }).click();
    await frame.getByRole("listitem", { name: /^Segment 1, ready/ }).waitFor();
    await frame.getByRole("button", { name: "Speak segment 1 again", exact: true }).click();
    await frame.getByRole("button", { name: /Takes of segment 1/ }).waitFor();
    assert.equal(await question().count(), 0);
  });

  it("sees the script's markup as text, and nothing of it runs", async () => {
    const { frame: panel } = await workbench.webview((title) => title.includes("it's #1"));
    assert.equal(await panel.locator("main script, main img").count(), 0);
    assert.notEqual(await panel.evaluate(() => document.title), "hit");
  });

  it("is told what will become of damaged clips, and has not changed anything", async () => {
    await workbench.openFile("talk.md");
    await workbench.page
      .getByText("It is set aside when the script is next previewed")
      .first()
      .waitFor();
    assert.deepEqual(await pictureOf(clips), found);
  });

  it("has changed none of them by saving, nor by opening the panel", async () => {
    await workbench.waitForEditor("talk.md");
    await workbench.page.keyboard.press("ControlOrMeta+End");
    await workbench.page.keyboard.insertText("Four.");
    await workbench.page.keyboard.press("ControlOrMeta+S");
    await workbench.runCommand("Scripted Speech: Open Preview Panel");
    const { frame: panel } = await workbench.webview((title) => title.includes("talk"));
    await panel.getByRole("listitem", { name: /^Segment 3/ }).waitFor();
    assert.deepEqual(await pictureOf(clips), found);
  });

  it("finds them put right after a press", async () => {
    await workbench.runCommand("Scripted Speech: Preview Script");
    const { frame: panel } = await workbench.webview((title) => title.includes("talk"));
    await panel.getByRole("listitem", { name: /^Segment 3, ready/ }).waitFor();
    const names = await namesIn(clips);
    assert.ok(
      names.some((name) => /^manifest\..*\.bad\.json$/.test(name)),
      names.join(),
    );
    assert.ok(!names.includes("flush_009.0123456789ab.tmp"), names.join());
  });
});

/** Saves clips of the script as it was before, and leaves them as a crash and a bad disk would. @returns what is seen of them */
async function damage(clips: string): Promise<readonly string[]> {
  const store = await ClipStore.open({ folder: clips, documentName: "talk.md" });
  for (const [at, transcript] of ["Two.", "One.", "Three."].entries()) {
    await store.save(newClip(at, transcript, { transcript }));
  }
  await writeFile(join(clips, "manifest.json"), "{");
  await writeFile(join(clips, "flush_009.0123456789ab.tmp"), "half");
  await rename(join(clips, "flush_002.wav"), join(clips, "flush_002.0123456789ab.tmp"));
  return pictureOf(clips);
}
