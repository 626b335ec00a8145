import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { openWorkbench, type Workbench } from "../vscode/openWorkbench.ts";

// The first segment is longer than what is scheduled ahead.
const two = `${"One is here, and it takes its time to say so. ".repeat(4)}\n\n<flush/>\n\nTwo is there.\n`;
const paragraphs = Array.from(
  { length: 30 },
  (_, at) =>
    `Number ${at + 1}, and so it goes on for a while.${"\n".repeat(10)}<flush/>${"\n".repeat(10)}`,
);
const previewScript = "Scripted Speech: Preview Script";

describe("A person who looks elsewhere while it sounds", function () {
  this.timeout(120_000);
  this.retries(3); // a whole VS Code in a browser: on a busy machine a panel may not come in time
  let folder: string;
  let workbench: Workbench;

  const path = (...names: string[]): string => join(folder, ...names);
  const tab = (name: string) => workbench.page.locator(`.tab[aria-label^="${name}"]`).first();

  /** Opens a script where scripts are, in the first group, whatever has the focus. */
  async function showScript(name: string): Promise<void> {
    const known = workbench.page.locator(`.tab[data-resource-name="${name}"]`);
    if ((await known.count()) > 0) await known.click();
    else {
      await workbench.page.locator('.tab[data-resource-name="two.md"]').click();
      await workbench.openFile(name);
    }
    await workbench.waitForEditor(name);
  }

  async function panelOf(script: string): Promise<Frame> {
    const { frame } = await workbench.webview((title) => title.includes(script));
    return frame;
  }

  async function silence(panel: Frame): Promise<void> {
    await panel.waitForFunction(() => !document.querySelector("[aria-current=true]"), null, {
      polling: 100, // a page that is not seen draws no frames
      timeout: 30_000,
    });
  }

  async function ready(panel: Frame, segments: number): Promise<void> {
    await panel.waitForFunction(
      (count) => document.querySelectorAll("li[data-state=ready]").length === count,
      segments,
      { polling: 100, timeout: 60_000 },
    );
  }

  /** The editor's mark of the word that is heard. */
  async function isMarked(marked: boolean): Promise<void> {
    await workbench.page.waitForFunction((wanted) => {
      const looks = [...document.querySelectorAll(".view-overlays .cdr")];
      return looks.some((one) => getComputedStyle(one).borderRightWidth === "1px") === wanted;
    }, marked);
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "scripts-"));
    await writeFile(path("two.md"), two);
    await writeFile(path("other.md"), "Three is here.\n\n<flush/>\n\nFour is there.\n");
    await writeFile(path("long.md"), paragraphs.join(""));
    workbench = await openWorkbench({
      folder,
      file: path("two.md"),
      settings: { "scriptedSpeech.service": "local", "workbench.editor.enablePreview": false },
      autoplay: "always",
    });
    await workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  });

  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("gets from a clip's menu what plays it elsewhere, by the pointer", async () => {
    await workbench.runCommand(previewScript);
    const panel = await panelOf("two.md");
    await ready(panel, 2);
    await panel.getByRole("button", { name: "Stop", exact: true }).click({ force: true }); // it may be over
    await silence(panel);
    await panel.locator("li[data-segment='1'] .facts").click({ button: "right" });
    await choose("Copy ffplay Command");
    await copied(
      `ffplay -hide_banner -nodisp -autoexit -i '${path("two.speech", "flush_001.wav")}'`,
    );
  });

  it("gets a clip's path from its menu by the keyboard", async () => {
    const panel = await panelOf("two.md");
    await panel.getByRole("button", { name: "More actions for segment 2" }).press("Enter");
    await choose("Copy Path of Clip");
    await copied(path("two.speech", "flush_001.wav"));
  });

  it("is shown a clip's file in the explorer", async () => {
    const panel = await panelOf("two.md");
    await panel.getByRole("button", { name: "More actions for segment 1" }).click();
    await choose("Reveal Clip in Explorer");
    const explorer = workbench.page.locator(".explorer-folders-view .monaco-list-row.selected");
    await explorer.filter({ hasText: "flush_000.wav" }).waitFor();
  });

  it("goes on hearing a panel behind another tab, and sees the words in the editor", async () => {
    const panel = await panelOf("two.md");
    await panel.evaluate(() => {
      type Start = (this: AudioBufferSourceNode, ...when: number[]) => void;
      const sources = AudioBufferSourceNode.prototype as { start: Start };
      const { start } = sources;
      Object.assign(window, { buffers: 0 });
      sources.start = function (...when) {
        (window as unknown as { buffers: number }).buffers++;
        start.apply(this, when);
      };
    });
    await showScript("other.md");
    await workbench.runCommand("Scripted Speech: Open Preview Panel"); // in the same group
    await panelOf("other.md");
    await showScript("two.md");
    await tab("Preview: two.md").click();
    await panel.getByRole("button", { name: "Play all" }).click();
    await panel.locator("[aria-current=true]").waitFor();
    await tab("Preview: other.md").click();
    const buffers = (): Promise<number> =>
      panel.evaluate(() => (window as unknown as { buffers: number }).buffers);
    const before = await buffers();
    await isMarked(true);
    await panel.waitForFunction(
      () => document.querySelector("li[data-segment='1'][aria-current=true]") !== null,
      null,
      { polling: 50 },
    );
    assert.ok((await buffers()) > before, "more was scheduled behind the tab");
    await silence(panel);
    await isMarked(false);
  });

  it("finds the states right after a run that went on behind another tab", async () => {
    await showScript("other.md");
    await workbench.runCommand(previewScript);
    const panel = await panelOf("other.md");
    await tab("Preview: two.md").click();
    await ready(panel, 2);
    await silence(panel);
    await tab("Preview: other.md").click();
    await panel.getByRole("listitem", { name: /^Segment 2, ready/ }).waitFor();
    await panel.getByRole("slider", { name: "Position in segment 2" }).waitFor();
  });

  it("hears the script that was pressed last to its end, five times", async function () {
    this.timeout(300_000); // ten presses, and what is heard of them
    const [first, second] = [await panelOf("two.md"), await panelOf("other.md")];
    await second.evaluate(() => {
      const words: string[] = [];
      Object.assign(window, { words });
      new MutationObserver(() => {
        const word = document.querySelector(".word.heard")?.textContent;
        if (word && words.at(-1) !== word) words.push(word);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    const sounds = (panel: Frame): Promise<void> =>
      panel.locator("[aria-current=true]").waitFor({ state: "attached" });
    for (let round = 0; round < 5; round++) {
      await second.evaluate(() => void (window as unknown as { words: string[] }).words.splice(0));
      await showScript("two.md");
      await workbench.runCommand(previewScript);
      await sounds(first);
      await showScript("other.md");
      await workbench.runCommand(previewScript);
      await sounds(second);
      await silence(first);
      await silence(second);
      const words = await second.evaluate(() => (window as unknown as { words: string[] }).words);
      assert.match(words.at(-1) ?? "", /there/, `round ${round + 1}: ${words.join(" ")}`);
    }
  });

  it("has the word that is heard in the editor's view, until it scrolls away", async () => {
    await showScript("long.md");
    await workbench.runCommand(previewScript);
    const panel = await panelOf("long.md");
    const hasCome = async (segment: number): Promise<void> => {
      const isHeard = (wanted: number): boolean => {
        const heard = document.querySelector<HTMLElement>("[aria-current=true]");
        return Number(heard?.dataset["segment"] ?? -1) >= wanted;
      };
      await panel.waitForFunction(isHeard, segment, { timeout: 60_000 });
    };
    const line = (text: string) =>
      workbench.page.locator(".editor-group-container .view-line", { hasText: text });
    await panel.getByLabel("Speed").selectOption("2");
    assert.equal(await line("Number 3,").count(), 0, "the script is longer than the view");
    await hasCome(2);
    // By the time that a busy machine looks for it, the next may be heard.
    const current = panel.locator("[aria-current=true]");
    const isInView = async (): Promise<boolean> => {
      const segment = Number(await current.getAttribute("data-segment"));
      return line(`Number ${segment + 1},`).isVisible();
    };
    while (!(await isInView())) await new Promise((resolve) => setTimeout(resolve, 50));
    await isMarked(true);
    await workbench.page.locator(".editor-group-container .overflow-guard").first().hover();
    while (!(await line("Number 30,").isVisible())) await workbench.page.mouse.wheel(0, 1000); // VS Code takes no more
    await hasCome(4);
    assert.ok(await line("Number 30,").isVisible());
    await panel.getByRole("button", { name: "Stop", exact: true }).click({ force: true });
    await silence(panel);
  });

  async function choose(item: string): Promise<void> {
    const menuItem = workbench.page.getByRole("menuitem", { name: item });
    await menuItem.hover(); // VS Code takes no click in the first moment of a menu, but a key
    await workbench.page.keyboard.press("Enter");
    await menuItem.waitFor({ state: "hidden" });
  }

  async function copied(text: string): Promise<void> {
    await workbench.page.keyboard.press("Control+1"); // only a page with the focus may read it
    const end = Date.now() + 10_000;
    for (;;) {
      const found = await workbench.page.evaluate(() => navigator.clipboard.readText());
      if (found === text) return;
      if (Date.now() > end) assert.equal(found, text);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});
