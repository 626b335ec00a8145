import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame, Locator } from "playwright-core";
import { readWav } from "../../src/audio/wav.ts";
import { Listener } from "../support/vscode/heard.ts";
import { takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import { becomes, until } from "../support/until.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

const tour = `# The harbour

My name is *Tess*, and I show you the [old](https://example.com) harbour of Lisbon today.

<flush/>

On your left you see the customs house, which was a market, a prison and a school.

<flush/>

Mind the step.
`;
const few = "One is here.\n\n<flush/>\n\nTwo is there.\n\n<flush/>\n\nThree is away.\n";
const openPanel = "Scripted Speech: Open Preview Panel";

/** When each word is heard is seen in the page's own tests, where time passes as they say. */
describe("A person at the panel", function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;

  const row = (panel: Frame, segment: number): Locator =>
    panel.locator(`li[data-segment="${segment}"]`);
  const button = (panel: Frame, name: string): Locator =>
    panel.getByRole("button", { name, exact: true });

  async function panelOf(script: string): Promise<Frame> {
    const { frame } = await workbench.webview((title) => title.includes(script));
    return frame;
  }

  const ready = (panel: Frame, segments: number): Promise<void> =>
    becomes(() => panel.locator("li[data-state=ready]").count(), segments);

  /** What is heard of a panel from now on. */
  const listen = (panel: Frame): Promise<Listener> => Listener.to(panel);

  async function stop(panel: Frame): Promise<void> {
    await button(panel, "Stop").click({ force: true }); // it may be over
    await (await listen(panel)).silence();
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

  before(async () => {
    ({ workbench, folder } = await takeWorkbench(
      { "scriptedSpeech.service": "local" },
      { "tour.md": tour, "few.md": few, "again.md": few },
    ));
    await workbench.openFile("tour.md");
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

  for (const [place, word, segment] of [
    ["Tess", "Tess", 0],
    ["arbour of", "harbour", 0],
    ["customs", "customs", 1],
  ] as const) {
    it(`plays from the word at the cursor: ${word}`, async () => {
      const panel = await panelOf("tour.md");
      await panel.evaluate(noteLeaps);
      const listener = await listen(panel);
      await putCursor("tour.md", tour, place);
      await workbench.page.keyboard.press("Shift+Alt+P");
      await listener.until(`segment ${segment + 1}`);
      const { format, cues } = readWav(
        await readFile(join(folder, "tour.speech", `flush_00${segment}.wav`)),
      );
      const cue = cues.filter(({ label }) => label.includes(word)).at(-1); // the heading has one of them, too
      const [leap, ...more] = await panel.evaluate(() => (window as unknown as Page).leaps);
      assert.deepEqual(more, []);
      assert.deepEqual(leap?.segments[0], segment);
      const seconds = (cue?.sample ?? NaN) / format.sampleRate;
      assert.ok(Math.abs((leap?.seconds ?? NaN) - seconds) < 0.002, `${leap?.seconds}, ${seconds}`);
      await stop(panel);
    });
  }

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
    const loop = panel.getByRole("button", { name: "Loop segment" });
    const isLooped = (looped: boolean) =>
      becomes(() => loop.getAttribute("aria-pressed"), String(looped));
    await press("l"); // so it sounds until it is told not to
    await isLooped(true);
    const listener = await listen(panel);
    await press("ArrowDown", "ArrowUp", "Space");
    await listener.until("segment 2");
    await press("Space");
    await row(panel, 1).getByText("paused").waitFor();
    const paused = await seconds();
    await press("ArrowRight", "ArrowRight", "ArrowLeft");
    await until("a leap of a second in all", async () => {
      return Math.abs((await seconds()) - paused - 1) < 0.11;
    });
    await press("r");
    await row(panel, 1).getByText("playing").waitFor();
    await press("]", "]", "[");
    await becomes(() => panel.getByLabel("Speed").inputValue(), "1.25");
    await press("[", "?");
    await panel.getByRole("dialog").waitFor();
    await press("Escape");
    await panel.getByRole("dialog").waitFor({ state: "hidden" });
    await row(panel, 1).getByText("playing").waitFor(); // Escape was for the dialog
    await press("l");
    await isLooped(false);
    await press("s");
    await listener.silence();
    await press("Enter");
    await workbench.page.locator(".statusbar").getByText("Ln 7, Col 1").waitFor();
  });

  it("previews segment after segment with one key, and is at the next each time", async () => {
    await workbench.openFile("few.md");
    await workbench.runCommand(openPanel);
    const panel = await panelOf("few.md");
    await showTab("few.md");
    await workbench.page.keyboard.press("ControlOrMeta+Home");
    // With its lenses its keys are there.
    await workbench.page.locator(".codelens-decoration a").first().waitFor();
    for (const [segment, line] of [
      [1, 5],
      [2, 9],
      [3, 9],
    ]) {
      const listener = await listen(panel);
      await workbench.page.keyboard.press("Shift+Alt+Enter");
      await workbench.page.locator(".statusbar").getByText(`Ln ${line}, Col 1`).waitFor();
      await listener.until(`segment ${segment}`);
      await listener.until("silence");
    }
    await ready(panel, 3);
  });

  it("finds speed and volume as they were, in another panel and after a reload", async () => {
    const panel = await panelOf("few.md");
    const soundsAt = (other: Frame, wanted: readonly string[]): Promise<void> =>
      becomes(
        () => Promise.all(["Speed", "Volume"].map((name) => other.getByLabel(name).inputValue())),
        wanted as string[],
      );
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
    await row(restored, 2).waitFor();
    await soundsAt(restored, ["1.5", "40"]);
    await restored.getByLabel("Speed").selectOption("1");
    await restored.getByLabel("Volume").fill("100");
  });

  it("has its clips again after a reload, and hears them", async () => {
    const panel = await panelOf("few.md");
    await ready(panel, 3);
    const listener = await listen(panel);
    await button(panel, "Play all").click();
    await listener.until("silence");
    const heard = (await listener.heard()).filter((what) => what.startsWith("segment"));
    assert.deepEqual(heard, ["segment 1", "segment 2", "segment 3"]);
  });
});

/** What the panel is told to play, and from where. */
interface Page {
  leaps: { readonly segments: readonly number[]; readonly seconds?: number }[];
}

/** Runs in the panel's page: notes from now on what it is told to play. */
function noteLeaps(): void {
  const page = window as unknown as Partial<Page>;
  const isNew = page.leaps === undefined;
  page.leaps = [];
  if (!isNew) return;
  window.addEventListener("message", ({ data }) => {
    const message = data as Page["leaps"][number] & { readonly type?: string };
    if (message.type === "play") page.leaps?.push(message);
  });
}
