import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame, Locator } from "playwright-core";
import { readWav } from "../../src/audio/wav.ts";
import { startScriptedService, type ScriptedService } from "../support/fakes/scriptedService.ts";
import { giveKey, takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import { until } from "../support/until.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

const texts = ["Stay hungry, my friends.", "Stay foolish, all of you.", "Thank you, and goodbye."];

describe("A person who goes over a script again and again", function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;
  let service: ScriptedService;
  let panel: Frame;

  const inFolder = (...names: string[]): string => join(folder, ...names);
  const takes = (): Promise<string[]> => readdir(inFolder("talk.speech", "takes")).catch(() => []);
  const row = (number: number): Locator => panel.locator(`#segment-${number}`);
  const item = (name: RegExp): Locator => panel.getByRole("listitem", { name }).first();
  const button = (name: string): Locator => panel.getByRole("button", { name, exact: true });
  /** The transcripts that the service has got since it had so many frames. */
  const sentSince = (before: number): unknown[] =>
    service.frames
      .slice(before)
      .map(({ transcript }) => transcript)
      .filter((text) => text !== "");

  const notified = (part: string): Promise<void> =>
    until(`the message “${part}”`, async () =>
      (await workbench.notifications()).some((text) => text.includes(part)),
    );

  /** Puts the focus into the editor: what is unsaved has another name in quick open. */
  const goToEditor = (): Promise<void> =>
    workbench.page.locator(".editor-group-container .view-lines .view-line").first().click();

  /** Puts another text in a line's place, by the keyboard. */
  async function replaceLine(line: number, text: string): Promise<void> {
    await goToEditor();
    const { keyboard } = workbench.page;
    await keyboard.press("ControlOrMeta+Home");
    for (let at = 0; at < line; at++) await keyboard.press("ArrowDown");
    await keyboard.press("Shift+End");
    await keyboard.insertText(text);
  }

  /** Undoes what was typed, which takes several steps, until this text is there again. */
  async function undoTo(text: string): Promise<void> {
    await goToEditor();
    await until(`“${text}”`, async () => {
      const isThere = (await workbench.editorLines()).some((line) => line.includes(text));
      if (!isThere) await workbench.page.keyboard.press("ControlOrMeta+Z");
      return isThere;
    });
  }

  /** Takes what a dialog for files, which is an input here, proposes. */
  async function accept(path: string): Promise<void> {
    const input = workbench.page.locator(".quick-input-widget:visible input[type=text]");
    await until(`the proposal ${path}`, async () => (await input.inputValue()) === path);
    await input.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  const choose = (label: string): Promise<void> =>
    workbench.page
      .locator(".quick-input-widget:visible .monaco-list-row", { hasText: label })
      .first()
      .click();

  before(async () => {
    service = await startScriptedService({ chunkBytes: 8192 });
    ({ workbench, folder } = await takeWorkbench(
      { "scriptedSpeech.service": "cartesia", "scriptedSpeech.endpoint": service.url },
      { "talk.md": texts.join("\n\n<flush/>\n\n") },
    ));
    await giveKey(workbench, "sk_car_test");
    await workbench.openFile("talk.md");
    await workbench.runCommand("Scripted Speech: Preview Script");
    ({ frame: panel } = await workbench.webview((title) => title.includes("talk.md")));
    await item(/^Segment 3, ready/).waitFor();
  });

  after(async () => {
    await service?.close();
  });

  it("edits a segment, sees what that costs before it is sent, and sends no more than that", async () => {
    const before = service.frames.length;
    const edited = "Stay foolish, every one of you.";
    await replaceLine(4, edited);
    await item(/^Segment 2, changed/).waitFor();
    await panel.getByText(`Preview script sends ${edited.length} characters`).waitFor();
    const status = workbench.page.locator(".statusbar-item", { hasText: "characters to send" });
    assert.match((await status.innerText()).trim(), new RegExp(`${edited.length} characters`));
    await workbench.runCommand("Scripted Speech: Preview Script");
    await item(/^Segment 2, ready/).waitFor();
    assert.deepEqual(sentSince(before), [edited]);
  });

  it("undoes the edit, and finds the former clip without paying again", async () => {
    const before = service.frames.length;
    await undoTo("Stay foolish, all of you.");
    await item(/^Segment 2, ready/).waitFor();
    await workbench.runCommand("Scripted Speech: Preview Script");
    const place = async (): Promise<string> =>
      readFile(inFolder("talk.speech", "flush_001.wav"), "latin1");
    await until("the former clip in its place", async () =>
      (await place()).includes(texts[1] ?? ""),
    );
    await until("the other among the takes", async () => (await takes()).length === 1);
    assert.deepEqual(sentSince(before), []);
  });

  it("sees in the gutter what is ready", async () => {
    const signs = workbench.page.locator(".editor-group-container .glyph-margin-widgets .cgmr");
    await until("a sign for each segment", async () => (await signs.count()) >= texts.length);
  });

  it("says a segment again by a key, hears both takes, restores the first and takes that back", async () => {
    const before = service.frames.length;
    await row(2).click({ position: { x: 5, y: 5 } });
    await workbench.page.keyboard.press("Shift+R");
    await until("one more take", async () => (await takes()).length === 2);
    assert.deepEqual(sentSince(before), [texts[1]]);
    await item(/^Segment 2, ready/).waitFor();
    await row(2).focus();
    await workbench.page.keyboard.press("t");
    await button("Play take 1 of segment 2").click();
    await button("Restore take 1 of segment 2").click();
    await notified("Segment 2 is said by the chosen take now");
    const places = async (): Promise<string> =>
      readFile(inFolder("talk.speech", "flush_001.wav"), "latin1");
    const restored = await places();
    await workbench.page.getByRole("button", { name: "Undo" }).first().click();
    await until("another clip in its place", async () => (await places()) !== restored);
    assert.deepEqual(sentSince(before), [texts[1]]);
  });

  it("deletes a take, after having been asked", async () => {
    const before = (await takes()).length;
    await button("Delete take 1 of segment 2").click();
    await workbench.page.locator(".monaco-dialog-box").getByText("Delete", { exact: true }).click();
    await until("one take less", async () => (await takes()).length === before - 1);
  });

  it("locks a segment, which is then not spoken, whatever changes", async () => {
    const before = service.frames.length;
    await row(3).click({ position: { x: 5, y: 5 } });
    await workbench.page.keyboard.press("k");
    await item(/^Segment 3, ready, locked/).waitFor();
    await replaceLine(8, "Thank you all, and goodbye.");
    await item(/^Segment 3, changed, locked/).waitFor();
    await workbench.runCommand("Scripted Speech: Preview Script");
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(sentSince(before), []);
    await undoTo("Thank you, and goodbye.");
    await item(/^Segment 3, ready, locked/).waitFor();
    await row(3).click({ position: { x: 5, y: 5 } });
    await workbench.page.keyboard.press("k");
    await item(/^Segment 3, ready, \d/).waitFor();
  });

  it("exports the script's sound, which is its clips to the sample", async () => {
    const file = inFolder("talk.wav");
    await goToEditor();
    await workbench.runCommand("Scripted Speech: Export Audio…");
    await choose("WAV, 32-bit float");
    await choose("One file");
    await accept(file);
    await notified("Exported 3 segments");
    const clips = await Promise.all(
      [0, 1, 2].map((at) => readFile(inFolder("talk.speech", `flush_00${at}.wav`))),
    );
    const samples = Buffer.concat(clips.map((clip) => Buffer.from(readWav(clip).samples)));
    assert.ok(Buffer.from(readWav(await readFile(file)).samples).equals(samples));
  });

  it("exports captions beside it", async () => {
    await workbench.runCommand("Scripted Speech: Export Captions…");
    await accept(inFolder("talk.vtt"));
    await notified("Exported captions");
    const text = await readFile(inFolder("talk.vtt"), "utf8");
    assert.match(text, /^WEBVTT/);
    for (const part of ["Stay hungry", "Stay foolish", "goodbye"]) assert.ok(text.includes(part));
  });

  it("tells in the status bar how the script is, while the panel has the focus", async () => {
    const status = (text: string | RegExp) =>
      workbench.page.locator(".statusbar-item", { hasText: text }).first();
    await replaceLine(4, "Stay foolish, some of you.");
    await status("characters to send").waitFor();
    await row(2).click({ position: { x: 5, y: 5 } });
    await button("Preview script").click();
    await item(/^Segment 2, ready/).waitFor();
    await status(/\d:\d\d ready$/).waitFor();
    assert.equal(await status(/characters to send|Speaking:/).count(), 0);
  });
});
