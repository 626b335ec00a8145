import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  startScriptedService,
  type Interfere,
  type Refusal,
  type ScriptedService,
} from "../fakes/scriptedService.ts";
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
    await writeFile(join(folder, "id_rsa"), "Nobody knows");
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
    await frame.getByRole("listitem", { name: /^Segment 1, ready/ }).waitFor({ timeout: 30_000 });
    await frame.getByRole("button", { name: "Speak segment 1 again", exact: true }).click();
    await frame.getByRole("button", { name: /Takes of segment 1/ }).waitFor({ timeout: 30_000 });
    assert.equal(await question().count(), 0);
  });

  it("sees the script's markup as text, and nothing of it runs", async () => {
    const { frame: panel } = await workbench.webview((title) => title.includes("it's #1"));
    assert.equal(await panel.locator("main script, main img").count(), 0);
    assert.notEqual(await panel.evaluate(() => document.title), "hit");
  });
});

/** What VS Code makes a link of, in the plain text of a message too, and runs what it names. */
const link = "[evil](command:evil.run)";
/** What is read of it. */
const shown = "[evil] (command:evil.run)";
const markdown = "`![](https://evil.example/p.png) <https://evil.example> www.evil.example";
/** Without what VS Code itself makes a link of where it stands in an editor. */
const voice = "evil `** www.evil.example a@evil.example";

describe("A person whose folder, files and service write what VS Code takes for links", function () {
  this.timeout(120_000);
  this.retries(1); // a whole VS Code in a browser: on a busy machine a message may not come in time
  let folder: string;
  let workbench: Workbench;
  let service: ScriptedService;
  let interfere: Interfere = () => true;
  let refuse: (attempt: number) => Refusal | undefined = () => undefined;
  const asked: string[] = [];

  /** What has been shown so far as a link to where a stranger wants to, in whichever part of the window. */
  const anchors = (): Promise<string[]> =>
    workbench.page.evaluate(() => (window as unknown as { anchors: string[] }).anchors);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "strangers-"));
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
    service = await startScriptedService(
      { base: 1, chunkBytes: 777 },
      (frame, where) => interfere(frame, where),
      { refuse: (attempt) => refuse(attempt) },
    );
    workbench = await openWorkbench({
      folder: inside,
      file: join(inside, `${link}.md`),
      settings: {
        "scriptedSpeech.service": "cartesia",
        "scriptedSpeech.endpoint": service.url,
      },
    });
    const { page } = workbench;
    page.on("request", (request) => {
      if (request.url().includes("evil.example")) asked.push(request.url());
    });
    await page.evaluate(() => {
      const anchors: string[] = [];
      Object.assign(window, { anchors });
      const look = (node: Node): void => {
        if (!(node instanceof Element)) return;
        for (const one of [node, ...node.querySelectorAll("a, img")]) {
          const to = ["href", "data-href", "src"].map((name) => one.getAttribute(name) ?? "");
          if (to.join().includes("evil")) anchors.push(one.outerHTML);
        }
      };
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) addedNodes.forEach(look);
      }).observe(document, { subtree: true, childList: true });
    });
    await workbench.runCommand("Scripted Speech: Set API Key…");
    const input = page.locator(".quick-input-widget:visible input[type=password]");
    await input.fill("sk_car_test");
    await input.press("Enter");
    await input.waitFor({ state: "hidden" });
  });

  afterEach(async () => {
    interfere = () => true;
    refuse = () => undefined;
    await workbench.page.evaluate(() => {
      (window as unknown as { anchors: string[] }).anchors.length = 0;
    });
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  after(async () => {
    await workbench?.close();
    await service?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function preview(name: string): Promise<void> {
    await workbench.openFile(`${name}.md`);
    await workbench.runCommand("Scripted Speech: Preview Script");
  }

  /** Waits for a message of these words, which quotes the stranger's; no link has been made of that. */
  async function isTold(words: string): Promise<void> {
    const messages = workbench.page.locator(".notification-list-item-message");
    await messages.filter({ hasText: words }).filter({ hasText: shown }).first().waitFor();
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
    await workbench.changeSettings({ "scriptedSpeech.audio.folder": `../../${link}` });
    await preview("outside");
    await isTold("leads out of the workspace");
  });
});
