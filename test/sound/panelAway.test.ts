import assert from "node:assert/strict";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { EditorMarks } from "../support/vscode/editorMarks.ts";
import { enableSound, Listener } from "../support/vscode/heard.ts";
import { takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import { becomes } from "../support/until.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

// The first segment is longer than what is scheduled ahead.
const two = `${"One is here, and it takes its time to say so. ".repeat(4)}\n\n<flush/>\n\nTwo is there.\n`;
const paragraphs = Array.from(
  { length: 30 },
  (_, at) =>
    `Number ${at + 1}, and so it goes on for a while.${"\n".repeat(10)}<flush/>${"\n".repeat(10)}`,
);
const previewScript = "Scripted Speech: Preview Script";

describe("A person who looks elsewhere while it sounds", function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;
  let marks: EditorMarks;

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

  const ready = (panel: Frame, segments: number): Promise<void> =>
    becomes(
      // Not by Playwright's own looking: a page that is not seen draws no frames.
      () => panel.evaluate(() => document.querySelectorAll("li[data-state=ready]").length),
      segments,
    );

  before(async () => {
    ({ workbench, folder } = await takeWorkbench(
      { "scriptedSpeech.service": "local", "workbench.editor.enablePreview": false },
      {
        "two.md": two,
        "other.md": "Three is here.\n\n<flush/>\n\nFour is there.\n",
        "paragraphs.md": paragraphs.join(""),
      },
    ));
    await workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await workbench.openFile("two.md");
    marks = await EditorMarks.of(workbench.page);
  });

  after(() => marks?.stop());

  it("gets from a clip's menu what plays it elsewhere, by the pointer", async () => {
    await workbench.runCommand(previewScript);
    const panel = await panelOf("two.md");
    await ready(panel, 2);
    await panel.getByRole("button", { name: "Stop", exact: true }).click({ force: true }); // it may be over
    await (await Listener.to(panel)).silence();
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
    const listener = await Listener.to(panel);
    await panel.getByRole("button", { name: "Play all" }).click();
    await listener.until("segment 1");
    await tab("Preview: other.md").click();
    const buffers = (): Promise<number> =>
      panel.evaluate(() => (window as unknown as { buffers: number }).buffers);
    const before = await buffers();
    await marks.begin();
    await listener.until("segment 2");
    assert.ok((await buffers()) > before, "more was scheduled behind the tab");
    await listener.until("silence");
    await marks.become("");
  });

  it("finds the states right after a run that went on behind another tab", async () => {
    await showScript("other.md");
    await workbench.runCommand(previewScript);
    const panel = await panelOf("other.md");
    await tab("Preview: two.md").click();
    await ready(panel, 2);
    await (await Listener.to(panel)).silence();
    await tab("Preview: other.md").click();
    await panel.getByRole("listitem", { name: /^Segment 2, ready/ }).waitFor();
    await panel.getByRole("slider", { name: "Position in segment 2" }).waitFor();
  });

  it("hears the script that was pressed last to its end, five times", async function () {
    this.timeout(400_000); // ten presses, and what is heard of them
    const [first, second] = [await panelOf("two.md"), await panelOf("other.md")];
    for (let round = 1; round <= 5; round++) {
      await showScript("two.md");
      const toFirst = await Listener.to(first);
      await workbench.runCommand(previewScript);
      await toFirst.until("segment 1");
      await showScript("other.md");
      const toSecond = await Listener.to(second);
      await workbench.runCommand(previewScript);
      await toSecond.until("silence");
      await toFirst.silence();
      const heard = await toSecond.heard();
      const segments = heard.filter((what) => !what.startsWith("word"));
      assert.deepEqual(segments, ["segment 1", "segment 2", "silence"], `round ${round}`);
      const last = (await toSecond.words()).at(-1);
      assert.match(last ?? "", /there/, `round ${round}: ${heard.join(", ")}`);
    }
  });

  it("has the word that is heard in the editor's view, until it scrolls away", async () => {
    await showScript("paragraphs.md");
    const line = (text: string) =>
      workbench.page.locator(".editor-group-container .view-line", { hasText: text });
    assert.equal(await line("Number 3,").count(), 0, "the script is longer than the view");
    await workbench.runCommand(previewScript);
    const panel = await panelOf("paragraphs.md");
    await enableSound(panel);
    const button = (name: string) => panel.getByRole("button", { name, exact: true });
    /** What is paused is not over before somebody looks. @returns the number of the segment */
    const pauseAt = async (segment: number): Promise<number> => {
      const listener = await Listener.to(panel);
      await listener.until(`segment ${segment}`);
      await button("Pause").click();
      await button("Resume").waitFor();
      const heard = await panel.locator("[aria-current=true]").getAttribute("data-segment");
      return Number(heard) + 1;
    };
    await panel.getByLabel("Speed").selectOption("2");
    const paused = await pauseAt(3);
    await line(`Number ${paused},`).first().waitFor();
    await marks.begin();
    await workbench.page.locator(".editor-group-container .overflow-guard").first().hover();
    while (!(await line("Number 30,").isVisible())) await workbench.page.mouse.wheel(0, 1000); // VS Code takes no more
    await button("Resume").click();
    await pauseAt(paused + 2);
    assert.ok(await line("Number 30,").isVisible());
    await panel.getByLabel("Speed").selectOption("1");
    await button("Stop").click({ force: true });
    await (await Listener.to(panel)).silence();
  });

  async function choose(item: string): Promise<void> {
    const menuItem = workbench.page.getByRole("menuitem", { name: item });
    await menuItem.hover(); // VS Code takes no click in the first moment of a menu, but a key
    await workbench.page.keyboard.press("Enter");
    await menuItem.waitFor({ state: "hidden" });
  }

  async function copied(text: string): Promise<void> {
    await workbench.page.keyboard.press("Control+1"); // only a page with the focus may read it
    await becomes(() => workbench.page.evaluate(() => navigator.clipboard.readText()), text);
  }
});
