import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Request } from "playwright-core";
import {
  startScriptedService,
  type Interfere,
  type Refusal,
  type ScriptedService,
} from "../support/fakes/scriptedService.ts";
import { giveKey, takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

/** What VS Code makes a link of, in the plain text of a message too, and runs what it names. */
const link = "[evil](command:evil.run)";
/** What is read of it. */
const shown = "[evil] (command:evil.run)";
const markdown = "`![](https://evil.example/p.png) <https://evil.example> www.evil.example";
/** Without what VS Code itself makes a link of where it stands in an editor. */
const voice = "evil `** www.evil.example a@evil.example";

/** What is noted in the window. */
interface Page {
  /** What was shown as a link to where a stranger wants to. */
  readonly anchors: string[];
  /** The messages that there were. */
  readonly told: string[];
  readonly stopLooking: () => void;
}

describe("A person whose folder, files and service write what VS Code takes for links", function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let service: ScriptedService;
  let interfere: Interfere = () => true;
  let refuse: (attempt: number) => Refusal | undefined = () => undefined;
  const asked: string[] = [];

  const anchors = (): Promise<string[]> =>
    workbench.page.evaluate(() => (window as unknown as Page).anchors);

  const note = (request: Request): void => {
    if (request.url().includes("evil.example")) asked.push(request.url());
  };

  before(async () => {
    service = await startScriptedService(
      { base: 1, chunkBytes: 777 },
      (frame, where) => interfere(frame, where),
      { refuse: (attempt) => refuse(attempt) },
    );
    const desk = await takeWorkbench({
      "scriptedSpeech.service": "cartesia",
      "scriptedSpeech.endpoint": service.url,
    });
    const { folder } = desk;
    ({ workbench } = desk);
    const inside = join(folder, link);
    await mkdir(join(inside, "damaged.speech"), { recursive: true });
    await writeFile(join(inside, "damaged.speech", "manifest.json"), "{");
    for (const name of [link, "damaged", "refused", "closed", "moved", "outside"]) {
      await writeFile(join(inside, `${name}.md`), "One.\n\n<flush/>\n\nTwo.");
    }
    const values = { home: "https://evil.example", mail: "a@evil.example", picture: markdown };
    const samples = { default: values, [link]: "no set", [`${link} too`]: { name: link } };
    await writeFile(join(inside, "samples.samples.json"), JSON.stringify(samples));
    await writeFile(
      join(inside, "samples.md"),
      `---\nspeech:\n  voice: ${JSON.stringify(voice)}\n---\nHello {{name}}.\n\n<flush/>`,
    );
    const { page } = workbench;
    page.on("request", note);
    await page.evaluate(() => {
      const anchors: string[] = [];
      const told: string[] = [];
      Object.assign(window, { anchors, told });
      const look = (node: Node): void => {
        if (!(node instanceof Element)) return;
        for (const one of [node, ...node.querySelectorAll("a, img")]) {
          const to = ["href", "data-href", "src"].map((name) => one.getAttribute(name) ?? "");
          if (to.join().includes("evil")) anchors.push(one.outerHTML);
        }
      };
      const observer = new MutationObserver((changes) => {
        for (const { addedNodes } of changes) addedNodes.forEach(look);
        for (const message of document.querySelectorAll(".notification-list-item-message")) {
          const text = message.textContent.replace(/\s+/g, " ");
          if (!told.includes(text)) told.push(text);
        }
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      Object.assign(window, { stopLooking: () => observer.disconnect() });
    });
    await giveKey(workbench, "sk_car_test");
    await workbench.openFile(`${link}.md`);
  });

  afterEach(async () => {
    interfere = () => true;
    refuse = () => undefined;
    await workbench.page.evaluate(() => {
      const { anchors, told } = window as unknown as Page;
      for (const notes of [anchors, told]) notes.length = 0;
    });
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  after(async () => {
    workbench?.page.off("request", note);
    await workbench?.page.evaluate(() => (window as unknown as Page).stopLooking());
    await service?.close();
  });

  async function preview(name: string): Promise<void> {
    await workbench.openFile(`${name}.md`);
    await workbench.runCommand("Scripted Speech: Preview Script");
  }

  /** Waits until there has been a message of these words, which quotes the stranger's; no link was made of that. */
  async function isTold(words: string): Promise<void> {
    const parts = [words, shown];
    await workbench.page
      .waitForFunction(
        (all) =>
          (window as unknown as Page).told.some((text) => all.every((part) => text.includes(part))),
        parts,
      )
      .catch(async (cause: unknown) => {
        const told = await workbench.page.evaluate(() => (window as unknown as Page).told);
        throw new Error(`never: ${parts.join(" … ")}; but: ${told.join("; ")}`, { cause });
      });
    assert.deepEqual(await anchors(), []);
  }

  it("reads why the service waits, and which file is spoken meanwhile", async () => {
    const before = service.attempts;
    refuse = (attempt) => (attempt === before ? { status: 429, body: link } : undefined);
    await workbench.runCommand("Scripted Speech: Preview Script");
    await isTold("Speaking");
    await isTold("Trying again in");
    const { frame } = await workbench.webview((title) => title.includes("evil"));
    await frame.getByRole("listitem", { name: /^Segment 2, ready/ }).waitFor();
  });

  it("reads where an export went", async () => {
    await workbench.runCommand("Scripted Speech: Export Captions…");
    const input = workbench.page.locator(".quick-input-widget:visible input[type=text]");
    await workbench.page.waitForFunction(() =>
      [...document.querySelectorAll("input")].some(({ value }) => value.endsWith(").vtt")),
    );
    await input.press("Enter");
    await isTold("Exported captions");
  });

  it("reads of a damaged manifest in such a folder", async () => {
    await preview("damaged");
    await isTold("manifest");
  });

  it("reads what the service says of an error", async () => {
    interfere = (frame, { socket }) => {
      const { context_id } = frame;
      const error = { type: "error", context_id, status_code: 400, error: link, done: true };
      socket.send(JSON.stringify(error));
      return false;
    };
    await preview("refused");
    await isTold("The service says");
  });

  it("reads why the service closed the connection", async () => {
    interfere = (_frame, { socket }) => {
      socket.close(1011, link);
      return false;
    };
    await preview("closed");
    await isTold("it was closed");
  });

  it("reads where the service wants to be asked instead", async () => {
    refuse = () => ({ status: 302, headers: { Location: link } });
    await preview("moved");
    await isTold("redirects to");
  });

  it("reads and chooses sample values, and whose voice it is", async () => {
    const { page } = workbench;
    await workbench.openFile("samples.md");
    await workbench.runCommand("Scripted Speech: Select Sample Values…");
    await isTold("is no set of values");
    const rows = page.locator(".quick-input-widget:visible .monaco-list-row");
    await rows.filter({ hasText: `${shown} too` }).waitFor();
    await rows.filter({ hasText: "home: " }).locator(".quick-input-list-label-meta").hover();
    await page.locator(".monaco-hover:visible", { hasText: "home: " }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".view-line", { hasText: "voice:" }).getByText("evil").first().hover();
    await page.locator(".monaco-hover:visible", { hasText: "Select Voice…" }).waitFor();
    assert.deepEqual(await anchors(), []);
    assert.deepEqual(asked, []);
  });

  it("reads where the clips can't lie", async () => {
    await workbench.changeSettings({ "scriptedSpeech.audio.folder": `../../../../${link}` });
    await preview("outside");
    await isTold("leads out of the workspace");
  });
});
