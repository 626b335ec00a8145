import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Frame, Locator } from "playwright-core";
import { openWorkbench, type Workbench } from "../vscode/openWorkbench.ts";

const tour = `# The harbour

My name is *Tess*, and I show you the [old](https://example.com) harbour of Lisbon today.

<flush/>

On your left you see the customs house, which was a market, a prison and a school.

<flush/>

Mind the step.
`;
const few = "One is here.\n\n<flush/>\n\nTwo is there.\n\n<flush/>\n\nThree is away.\n";
const openPanel = "Scripted Speech: Open Preview Panel";
const patience = 30_000;

describe("A person at the panel", function () {
  this.timeout(120_000);
  this.retries(3); // a whole VS Code in a browser: on a busy machine a panel may not come in time
  let folder: string;
  let workbench: Workbench;

  const path = (...names: string[]): string => join(folder, ...names);
  const row = (panel: Frame, segment: number): Locator =>
    panel.locator(`li[data-segment="${segment}"]`);
  const heard = (panel: Frame, segment: number): Promise<void> =>
    panel.locator(`li[data-segment="${segment}"][aria-current=true]`).waitFor();
  const button = (panel: Frame, name: string): Locator =>
    panel.getByRole("button", { name, exact: true });

  async function panelOf(script: string): Promise<Frame> {
    const { frame } = await workbench.webview((title) => title.includes(script));
    return frame;
  }

  async function ready(panel: Frame, segments: number): Promise<void> {
    await panel.waitForFunction(
      (count) => document.querySelectorAll("li[data-state=ready]").length === count,
      segments,
      { timeout: patience },
    );
  }

  async function silence(panel: Frame): Promise<void> {
    await panel.waitForFunction(() => !document.querySelector("[aria-current=true]"), null, {
      timeout: patience,
    });
  }

  async function stop(panel: Frame): Promise<void> {
    await button(panel, "Stop").click();
    await silence(panel);
  }

  /** Brings the tab of this name to the front, and the focus into it. */
  async function showTab(name: string): Promise<void> {
    await workbench.page.locator(`.tab[aria-label^="${name}"]`).first().click();
  }

  /** Puts the editor's cursor to where this text begins in the script. */
  async function putCursor(script: string, text: string, part: string): Promise<void> {
    const lines = text.slice(0, text.indexOf(part)).split("\n");
    const [line, column] = [lines.length, (lines.at(-1) ?? "").length + 1];
    const { page } = workbench;
    const focus = page.locator(".editor-group-container.active .monaco-editor.focused");
    await showTab(script);
    await focus.waitFor();
    await page.keyboard.press("Control+G");
    const input = page.locator(".quick-input-widget:visible input");
    await input.fill(`:${line}:${column}`);
    await page.getByText(`go to line ${line} at column ${column}`).first().waitFor();
    await input.press("Enter");
    await page.locator(".statusbar").getByText(`Ln ${line}, Col ${column}`).waitFor();
    await focus.waitFor();
  }

  /** From now on, notes each word that is marked. */
  async function takeNotes(panel: Frame): Promise<void> {
    await panel.evaluate(() => {
      const notes = { words: [] as string[] };
      Object.assign(window, { notes });
      new MutationObserver(() => {
        const word = document.querySelector(".word.heard")?.textContent;
        if (word && notes.words.at(-1) !== word) notes.words.push(word);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
  }

  const readNotes = (panel: Frame): Promise<{ words: string[] }> =>
    panel.evaluate(() => (window as unknown as { notes: never }).notes);

  async function firstWord(panel: Frame): Promise<string | undefined> {
    await panel.locator(".word.heard").first().waitFor();
    return (await readNotes(panel)).words[0];
  }

  const speedAndVolume = async (panel: Frame): Promise<string[]> => [
    await panel.getByLabel("Speed").inputValue(),
    await panel.getByLabel("Volume").inputValue(),
  ];

  /** Waits until the panel's controls say so; fails with what they say. */
  async function soundsAt(panel: Frame, wanted: readonly string[]): Promise<void> {
    const end = Date.now() + 10_000;
    while (!isDeepStrictEqual(await speedAndVolume(panel), wanted) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.deepEqual(await speedAndVolume(panel), wanted);
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "scripts-"));
    await writeFile(path("tour.md"), tour);
    for (const name of ["few.md", "again.md"]) await writeFile(path(name), few);
    workbench = await openWorkbench({
      folder, // alone: named with the window's address, a file would be all that a reload brings back
      settings: { "scriptedSpeech.service": "local" },
      autoplay: "always",
    });
    await workbench.openFile("tour.md");
  });

  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is told that nothing was spoken where the cursor is, and offered to speak it", async () => {
    await workbench.page.locator(".codelens-decoration a").first().waitFor(); // it is known as a script
    await putCursor("tour.md", tour, "harbour of");
    await workbench.page.keyboard.press("Shift+Alt+P");
    const message = workbench.page.locator(".notification-toast", { hasText: "not been spoken" });
    await message.getByRole("button", { name: "Preview From Here" }).waitFor();
    await workbench.runCommand(openPanel);
    const panel = await panelOf("tour.md");
    await panel.getByRole("listitem", { name: "Segment 1, not spoken" }).waitFor();
    await message.getByRole("button", { name: "Preview From Here" }).click();
    await ready(panel, 3);
    await stop(panel);
  });

  for (const [place, word] of [
    ["Tess", "Tess"],
    ["arbour of", "harbour"],
    ["customs", "customs"],
  ] as const) {
    it(`plays from the word at the cursor: ${word}`, async () => {
      const panel = await panelOf("tour.md");
      await takeNotes(panel);
      await putCursor("tour.md", tour, place);
      await workbench.page.keyboard.press("Shift+Alt+P");
      assert.equal(await firstWord(panel), word);
      await stop(panel);
    });
  }

  it("plays from a word and from a place of the waveform by a click", async () => {
    const panel = await panelOf("tour.md");
    await takeNotes(panel);
    await row(panel, 1).locator(".word", { hasText: "prison" }).click();
    assert.equal(await firstWord(panel), "prison");
    await row(panel, 0).getByRole("slider").click();
    await heard(panel, 0);
    const at = Number(await row(panel, 0).getByRole("slider").getAttribute("aria-valuenow"));
    const length = Number(await row(panel, 0).getByRole("slider").getAttribute("aria-valuemax"));
    assert.ok(at >= length / 2 - 0.1, `${at} of ${length}`);
    await stop(panel);
  });

  it("does it all by keys, after one step of the focus", async () => {
    await showTab("tour.md");
    const panel = await panelOf("tour.md");
    const { keyboard } = workbench.page;
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await keyboard.press(key);
    };
    const slider = row(panel, 1).getByRole("slider");
    const seconds = async (): Promise<number> => Number(await slider.getAttribute("aria-valuenow"));
    await press("Control+2"); // VS Code's own key for its second group
    await panel.waitForFunction(() => document.hasFocus());
    for (const [key, segment] of [
      ["End", 2],
      ["Home", 0],
      ["ArrowDown", 1],
    ] as const) {
      await press(key);
      await panel.locator(`li[data-segment="${segment}"]:focus`).waitFor();
    }
    await press("ArrowDown", "ArrowUp", "Space");
    await heard(panel, 1);
    await press("Space");
    await row(panel, 1).getByText("paused").waitFor();
    const paused = await seconds();
    await press("ArrowRight", "ArrowRight", "ArrowLeft");
    assert.ok(Math.abs((await seconds()) - paused - 1) < 0.11, `${await seconds()}, ${paused}`);
    await press("r");
    await row(panel, 1).getByText("playing").waitFor();
    await press("]", "]", "[");
    await panel.waitForFunction(() => document.querySelector("select")?.value === "1.25");
    await press("[", "l");
    await panel.locator("[aria-label='Loop segment'][aria-pressed=true]").waitFor();
    await press("l", "?");
    await panel.getByRole("dialog").waitFor();
    await press("Escape");
    await panel.getByRole("dialog").waitFor({ state: "hidden" });
    await heard(panel, 1); // Escape was for the dialog
    await press("s");
    await silence(panel);
    await press("Enter");
    await workbench.page.locator(".statusbar").getByText("Ln 7, Col 1").waitFor();
  });

  it("previews segment after segment with one key, and is at the next each time", async () => {
    await workbench.openFile("few.md");
    await workbench.page.keyboard.press("ControlOrMeta+Home");
    // With its lenses its keys are there.
    await workbench.page.locator(".codelens-decoration a").first().waitFor();
    for (const line of [5, 9, 9]) {
      await workbench.page.keyboard.press("Shift+Alt+Enter");
      await workbench.page.locator(".statusbar").getByText(`Ln ${line}, Col 1`).waitFor();
      const panel = await panelOf("few.md");
      await panel.locator("[aria-current=true]").waitFor();
      await silence(panel);
    }
    await ready(await panelOf("few.md"), 3);
  });

  it("finds speed and volume as they were, in another panel and after a reload", async () => {
    const panel = await panelOf("few.md");
    await panel.getByLabel("Speed").selectOption("1.5");
    await panel.getByLabel("Volume").fill("40");
    await showTab("few.md");
    await workbench.openFile("again.md");
    await workbench.runCommand(openPanel);
    const other = await panelOf("again.md");
    await row(other, 2).waitFor();
    await soundsAt(other, ["1.5", "40"]);
    await workbench.reload();
    await showTab("Preview: few.md");
    const restored = await panelOf("few.md");
    await row(restored, 2).waitFor({ timeout: patience });
    await soundsAt(restored, ["1.5", "40"]);
  });

  it("has its clips again after a reload, and hears them", async () => {
    const panel = await panelOf("few.md");
    await ready(panel, 3);
    await button(panel, "Play all").click();
    for (const segment of [0, 1, 2]) await heard(panel, segment);
    await silence(panel);
  });
});
