import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame as PageFrame } from "playwright-core";
import { readWav } from "../../src/audio/wav.ts";
import {
  audioOf,
  startScriptedService,
  type Interfere,
  type Refusal,
  type ScriptedService,
} from "../support/fakes/scriptedService.ts";
import { giveKey, takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

const texts = ["One is first.", "Two is second.", "Three is third.", "Four is fourth."];
const script = texts.join("\n\n<flush/>\n\n");
const passAll: Interfere = () => true;

describe("A person whose service fails", function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;
  let service: ScriptedService;
  let interfere = passAll;
  let refuse: (attempt: number) => Refusal | undefined = () => undefined;

  before(async () => {
    service = await startScriptedService(
      { base: 1, chunkBytes: 777 },
      (frame, where) => interfere(frame, where),
      { refuse: (attempt) => refuse(attempt) },
    );
    const front = "---\nspeech:\n  model: sonic-3-2026-01-12\n---\n";
    const names = ["breaks", "loses", "refused", "limited"];
    ({ workbench, folder } = await takeWorkbench(
      { "scriptedSpeech.service": "cartesia", "scriptedSpeech.endpoint": service.url },
      {
        ...Object.fromEntries(names.map((name) => [`${name}.md`, script])),
        "retired.md": front + script,
      },
    ));
    await giveKey(workbench, "sk_car_test");
  });

  afterEach(async () => {
    interfere = passAll;
    refuse = () => undefined;
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  after(async () => {
    await service?.close();
  });

  async function preview(name: string): Promise<PageFrame> {
    await workbench.openFile(`${name}.md`);
    await workbench.runCommand("Scripted Speech: Preview Script");
    const { frame } = await workbench.webview((title) => title.includes(`${name}.md`));
    return frame;
  }

  const segment = (panel: PageFrame, name: RegExp): Promise<void> =>
    panel.getByRole("listitem", { name }).first().waitFor();

  /** The one message that has come, waited for. */
  async function message(part: string): Promise<string> {
    const toast = workbench.page.locator(".notification-toast", { hasText: part });
    await toast.first().waitFor();
    const all = await workbench.notifications();
    const ours = all.filter((text) => !text.startsWith("Speaking"));
    assert.equal(ours.length, 1, ours.join("\n"));
    return ours[0] ?? "";
  }

  it("hears all of it where the connection breaks on the way, without a message", async () => {
    interfere = (frame, { socket, connection }) => {
      if (connection === 0 && frame["flush_id"] === 3) socket.terminate();
      return true;
    };
    const panel = await preview("breaks");
    await segment(panel, /^Segment 4, ready/);
    for (const [at, text] of texts.entries()) {
      const wav = readWav(await readFile(join(folder, "breaks.speech", `flush_00${at}.wav`)));
      assert.deepEqual(Uint8Array.from(wav.samples), audioOf(text));
    }
    assert.equal(service.connections, 2);
    const messages = await workbench.notifications();
    assert.deepEqual(
      messages.filter((text) => !text.startsWith("Speaking")),
      [],
    );
  });

  it("is told once which segment never came, and finds no file of it", async () => {
    const lost = Array.from({ length: 20 }, (_, at) =>
      Buffer.from(audioOf(texts[1] ?? "").subarray(at * 777, (at + 1) * 777)).toString("base64"),
    );
    interfere = ({ data }) => typeof data !== "string" || data === "" || !lost.includes(data);
    const panel = await preview("loses");
    await segment(panel, /^Segment 2, incomplete/);
    await segment(panel, /^Segment 4, ready/);
    await message("no audio for this segment");
    const files = await readdir(join(folder, "loses.speech"));
    assert.deepEqual(files.sort(), [
      "flush_000.wav",
      "flush_002.wav",
      "flush_003.wav",
      "manifest.json",
    ]);
  });

  it("is told once that the key was rejected, with a way to set it", async () => {
    refuse = () => ({ status: 401, body: '{"title":"Unauthorized","message":"Invalid API key"}' });
    const panel = await preview("refused");
    assert.match(await message("rejected the API key"), /Invalid API key/);
    await workbench.page.getByRole("button", { name: "Set API Key…" }).waitFor();
    await segment(panel, /^Segment 1, failed/);
    await assert.rejects(readdir(join(folder, "refused.speech")));
  });

  it("waits where the service is at its limit, and then hears it", async () => {
    const before = service.attempts;
    refuse = (attempt) => (attempt === before ? { status: 429, body: "Too many" } : undefined);
    const panel = await preview("limited");
    await workbench.page.getByText("Trying again in").first().waitFor();
    await segment(panel, /^Segment 4, ready/);
  });

  it("goes on with the recommended model in one press where the script's own is gone", async () => {
    const gone = { error_code: "model_sunsetted", title: "Model sunsetted", message: "Gone." };
    refuse = () => ({ status: 400, body: JSON.stringify(gone) });
    const panel = await preview("retired");
    await message("no longer offers this model");
    refuse = () => undefined;
    const from = service.frames.length;
    await workbench.page.getByRole("button", { name: "Use sonic-3.6" }).click();
    await segment(panel, /^Segment 4, ready/);
    const models = service.frames.slice(from).map(({ model_id }) => model_id);
    assert.deepEqual([...new Set(models)], ["sonic-3.6"]);
    const lines = await workbench.editorLines("retired.md");
    assert.ok(
      lines.some((line) => /model:\s"?sonic-3\.6"?$/.test(line)),
      lines.join("\n"),
    );
  });
});
