import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { readWav } from "../../src/audio/wav.ts";
import {
  audioOf,
  startScriptedService,
  type ScriptedService,
} from "../support/fakes/scriptedService.ts";
import { Listener } from "../support/vscode/heard.ts";
import { giveKey, takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import { until } from "../support/until.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

const previewScript = "Scripted Speech: Preview Script";
const hungry = "Stay hungry, <flush/>stay foolish.\n\n<flush/>\n\nGoodbye.\n";

describe("A person who previews scripts", function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;
  let service: ScriptedService;

  const inFolder = (...names: string[]): string => join(folder, ...names);
  const clips = async (name: string): Promise<string[]> =>
    (await readdir(inFolder(name)).catch(() => [])).filter((file) => file.startsWith("flush_"));

  /** The inner page of the panel of this script. */
  async function panelOf(script: string): Promise<Frame> {
    const { frame } = await workbench.webview((title) => title.includes(script));
    return frame;
  }

  /** Waits until the panel names the segment so. */
  async function segment(panel: Frame, name: RegExp): Promise<void> {
    await panel.getByRole("listitem", { name }).first().waitFor();
  }

  before(async () => {
    service = await startScriptedService({ base: 1, chunkBytes: 1237 });
    const script = (count: number, sentences: number): string =>
      Array.from({ length: count }, (_, at) =>
        `This is a sentence of segment number ${at + 1}. `.repeat(sentences),
      ).join("\n\n<flush/>\n\n");
    ({ workbench, folder } = await takeWorkbench(
      { "scriptedSpeech.service": "local" },
      {
        "hungry.md": hungry,
        "thirty.md": script(30, 1),
        // More than any machine says before somebody can press Stop.
        "long.md": script(200, 4),
        "paid.md": hungry,
        "plain.md": "# Title\n\nOne paragraph.\n\nAnother one.\n",
      },
    ));
    await workbench.openFile("hungry.md");
  });

  after(() => service?.close());

  it("hears a script from the palette, after one click, and finds a file for each segment", async () => {
    await workbench.runCommand(previewScript);
    const { evaluate, frame: panel } = await workbench.webview((title) => title.includes("hungry"));
    // Not by a locator: the browser would take its look for a gesture of the user's.
    const offered = `[...document.querySelectorAll("button")]
      .some((button) => button.textContent.includes("Enable sound") && button.checkVisibility())`;
    await until("sound can be enabled", async () => (await evaluate(offered)) === true);
    assert.equal(await evaluate(`document.querySelector("[aria-current=true]") === null`), true);
    const listener = await Listener.to(panel);
    await panel.getByRole("button", { name: "Enable sound" }).click();
    await listener.until("silence");
    const heard = (await listener.heard()).filter((what) => what.startsWith("segment"));
    assert.deepEqual(heard, ["segment 1", "segment 2", "segment 3"]);
    await segment(panel, /^Segment 3, ready, \d/);
    assert.deepEqual(await clips("hungry.speech"), [
      "flush_000.wav",
      "flush_001.wav",
      "flush_002.wav",
    ]);
  });

  it("plays one segment by its lens, without speaking it again", async () => {
    const before = await readFile(inFolder("hungry.speech", "flush_002.wav"));
    const panel = await panelOf("hungry.md");
    const listener = await Listener.to(panel);
    await workbench.page.keyboard.press("ControlOrMeta+1"); // from the panel to the editor
    const lens = workbench.page.locator(".codelens-decoration a", { hasText: "Preview" });
    const lines = workbench.page.locator(".codelens-decoration", { hasText: "Preview" });
    await lines.nth(1).waitFor(); // each line has its own, and they come one after the other
    await lens.last().click();
    await listener.until("segment 3");
    await listener.until("silence");
    assert.deepEqual(await readFile(inFolder("hungry.speech", "flush_002.wav")), before);
  });

  it("has a play icon in the editor's title", async () => {
    await workbench.page.keyboard.press("ControlOrMeta+1");
    const icon = workbench.page.locator(".editor-actions").getByRole("button", {
      name: /^Preview Script/,
    });
    await icon.first().waitFor();
  });

  it("edits a segment, sees it as changed, and speaks only that", async () => {
    const first = await readFile(inFolder("hungry.speech", "flush_000.wav"));
    await workbench.openFile("hungry.md");
    await workbench.page.keyboard.press("ControlOrMeta+End");
    await workbench.page.keyboard.type("See you.");
    const panel = await panelOf("hungry.md");
    await segment(panel, /^Segment 3, changed/);
    await workbench.runCommand(previewScript);
    await segment(panel, /^Segment 3, ready/);
    assert.deepEqual(await readFile(inFolder("hungry.speech", "flush_000.wav")), first);
    const wav = readWav(await readFile(inFolder("hungry.speech", "flush_002.wav")));
    assert.equal(wav.info.title, "Goodbye. See you.");
  });

  it("goes from a clip to its text", async () => {
    const panel = await panelOf("hungry.md");
    await panel.getByRole("button", { name: "Go to segment 3" }).click();
    await workbench.page.locator(".statusbar").getByText("Ln 5, Col 1").waitFor();
  });

  it("stops in the middle of a long script, by the panel's button", async () => {
    await workbench.openFile("long.md");
    await workbench.runCommand(previewScript);
    const panel = await panelOf("long.md");
    await segment(panel, /^Segment 2, ready/);
    await panel.getByRole("button", { name: "Stop", exact: true }).click();
    await until("no segment is queued", async () => {
      return (await panel.getByRole("listitem", { name: /queued|speaking/ }).count()) === 0;
    });
    const files = await readdir(inFolder("long.speech"));
    assert.ok(files.length < 150, `${files.length} files`);
    assert.ok(files.every((name) => /^(flush_\d{3}\.wav|manifest\.json)$/.test(name)));
  });

  it("gets a clip for each of thirty segments", async () => {
    await workbench.openFile("thirty.md");
    await workbench.runCommand(previewScript);
    const panel = await panelOf("thirty.md");
    await until("all are ready", async () => {
      return (await panel.getByRole("listitem", { name: /, ready/ }).count()) === 30;
    });
    assert.equal((await clips("thirty.speech")).length, 30);
    await panel.getByRole("button", { name: "Stop", exact: true }).click();
  });

  it("is told that a key is missing, and gives one", async () => {
    await workbench.changeSettings({
      "scriptedSpeech.service": "cartesia",
      "scriptedSpeech.endpoint": service.url,
    });
    await workbench.openFile("paid.md");
    await workbench.runCommand(previewScript);
    await until("a message about the key", async () =>
      (await workbench.notifications()).some((text) => text.includes("no API key")),
    );
    await giveKey(workbench, "sk_car_test");
  });

  it("gets from a service of other habits exactly the audio of each segment", async () => {
    await workbench.openFile("paid.md");
    await workbench.runCommand(previewScript);
    const panel = await panelOf("paid.md");
    await segment(panel, /^Segment 3, ready/);
    for (const [at, text] of ["Stay hungry,", "stay foolish.", "Goodbye."].entries()) {
      const wav = readWav(await readFile(inFolder("paid.speech", `flush_00${at}.wav`)));
      assert.deepEqual(Uint8Array.from(wav.samples), audioOf(text));
    }
    assert.deepEqual(
      service.frames.map(({ transcript, flush }) => [transcript, flush]),
      [
        ["Stay hungry, ", undefined],
        ["", true],
        ["stay foolish. ", undefined],
        ["", true],
        ["Goodbye.", undefined],
        ["", undefined],
      ],
    );
    assert.equal(service.headers["authorization"], "Bearer sk_car_test");
    assert.equal(service.headers["cartesia-version"], "2026-08-14");
  });

  it("leaves its key in no file: not in logs, settings, clips or manifests", async () => {
    const holders: string[] = [];
    for (const root of [workbench.profile, folder]) {
      const files = await readdir(root, { recursive: true, withFileTypes: true });
      for (const file of files.filter((entry) => entry.isFile())) {
        const path = join(file.parentPath, file.name);
        const bytes = await readFile(path).catch(() => Buffer.alloc(0));
        if (bytes.includes("sk_car_test")) holders.push(path);
      }
    }
    assert.deepEqual(holders, []);
  });

  it("is offered markers where there are none", async () => {
    await workbench.openFile("plain.md");
    await workbench.runCommand("Scripted Speech: Open Preview Panel");
    const panel = await panelOf("plain.md");
    await panel.getByRole("button", { name: /paragraph/i }).click();
    await segment(panel, /^Segment 2, not spoken/);
  });
});
