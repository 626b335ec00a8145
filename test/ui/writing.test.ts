import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { startScriptedService, type ScriptedService } from "../support/fakes/scriptedService.ts";
import { giveKey, takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import { becomes, until } from "../support/until.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

const shape = `# Harbour

One is here,
and more of it.

<flush/>

Two is there,
and it stays.

<flush/>

Three is away.
`;
const spoken = `---
speech:
  cast: { ANNA: slt, BEN: rms }
  headings: true
  variables: { guest: Tess }
  pronunciations: { NASA: nassa }
---

# The *old* harbour

ANNA: Welcome, {{guest}}, to **NASA**.

BEN: Thank you. <flush/>Stay here.

ANNA: Goodbye.
`;

describe("A person who writes a script", function () {
  this.timeout(180_000);
  let workspace: string;
  let folder: string;
  let workbench: Workbench;
  let service: ScriptedService;
  let written = 0;

  const press = (key: string): Promise<void> => workbench.page.keyboard.press(key);
  const inEditor = (selector: string): Locator =>
    workbench.page.locator(`.editor-group-container.active ${selector}`);
  const line = (text: string): Locator => inEditor(".view-line").filter({ hasText: text });
  const lens = (): Locator => inEditor(".codelens-decoration a").first();
  const squiggle = (): Locator => inEditor(".squiggly-warning").first();
  const rows = (text: string): Locator =>
    workbench.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text });
  const input = (): Locator => workbench.page.locator(".quick-input-box:visible input");
  /** The transcripts that the service has got since it had so many frames. */
  const sentSince = (before: number): unknown[] =>
    service.frames
      .slice(before)
      .map(({ transcript }) => transcript)
      .filter((text) => text !== "");

  const hasText = (text: string): Promise<void> =>
    becomes(() => workbench.editorLines(), text.split("\n"));

  /** Writes a file of its own, and opens it. @returns its name without an ending */
  async function open(text: string, samples?: string): Promise<string> {
    const name = `text-${++written}`;
    if (samples !== undefined) await writeFile(join(folder, `${name}.samples.yaml`), samples);
    await writeFile(join(folder, `${name}.md`), text);
    await workbench.openFile(`${name}.md`);
    return name;
  }

  /** Previews the script in the editor, and waits until so many of its segments are ready. */
  async function preview(name: string, segments: number): Promise<void> {
    await workbench.runCommand("Scripted Speech: Preview Script");
    const { frame } = await workbench.webview((title) => title.includes(name));
    await frame.waitForFunction(
      (count) => document.querySelectorAll("li[data-state=ready]").length === count,
      segments,
    );
  }

  before(async () => {
    service = await startScriptedService({ chunkBytes: 8192 });
    ({ workbench, workspace, folder } = await takeWorkbench({
      "scriptedSpeech.service": "cartesia",
      "scriptedSpeech.endpoint": service.url,
      "scriptedSpeech.maxConcurrency": 1,
      // As they are for everybody who has not set them.
      "editor.autoClosingBrackets": "languageDefined",
      "editor.autoClosingQuotes": "languageDefined",
    }));
    await giveKey(workbench, "sk_car_test");
  });

  after(async () => {
    await service?.close();
  });

  it("sees what is wrong with a tag, and mends it by a key", async () => {
    await open("One is here.\n\n<flush/>\n\nTwo is there.\n");
    await lens().waitFor();
    await line("Two is there.").click();
    await press("End");
    await workbench.page.keyboard.type(' <speed ratio="9"/>', { delay: 20 });
    await squiggle().waitFor();
    await hasText('One is here.\n\n<flush/>\n\nTwo is there. <speed ratio="9"/>\n');
    for (let at = 0; at < 3; at++) await press("ArrowLeft");
    const hover = workbench.page.locator(".monaco-hover:visible");
    const said = hover.getByText("A speed of 9 is out of range: the service refuses it.").first();
    // What is wrong is found a moment after it was typed: a hover that came before tells of what was wrong then.
    await until("the hover that tells of the speed", async () => {
      await press("Escape");
      await press("Control+K");
      await press("Control+I"); // VS Code's own keys for a hover
      await hover.first().waitFor();
      return said.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    });
    await press("Escape");
    await hover.first().waitFor({ state: "hidden" });
    await press("Control+.");
    const fix = workbench.page.locator(".action-widget .monaco-list-row");
    await fix.filter({ hasText: 'Change to <speed ratio="1.5"/>' }).waitFor();
    await press("Enter");
    await hasText('One is here.\n\n<flush/>\n\nTwo is there. <speed ratio="1.5"/>\n');
    await squiggle().waitFor({ state: "detached" });
  });

  it("sees faded what is not spoken, and reads in a hover why", async () => {
    const text = "One is **here** <!-- an aside --> for all.\n\n[Two](https://a.b/c) is there.\n";
    await open(`${text}\n<flush/>\n\n    code\n`);
    await lens().waitFor();
    const fadedIn = (): Promise<string> =>
      line("One is").evaluate((element) => {
        const spans = [...element.querySelectorAll("span span")];
        const colorOf = (span: Element): string => getComputedStyle(span).color;
        const said = spans.find(({ textContent }) => textContent.includes("One"));
        const others = spans.filter((span) => !said || colorOf(span) !== colorOf(said));
        return others.map(({ textContent }) => textContent.replaceAll("\u00A0", " ")).join("");
      });
    await becomes(async () => (await fadedIn()).includes("<!-- an aside -->"), true);
    await line("One is").click();
    await press("Home");
    for (let at = 0; at < "One is **here** <!--".length; at++) await press("ArrowRight");
    await press("Control+K");
    await press("Control+I");
    const hover = workbench.page.locator(".monaco-hover:visible");
    await hover.getByText("Not spoken: a comment.").waitFor();
    await press("Escape");
    await hover.first().waitFor({ state: "hidden" });
  });

  it("has neither lenses nor squiggles in a text that is no script", async () => {
    const text = '# Tags\n\nWrite <speed ratio="9"/> so.\n';
    await open(text);
    await line("Write").click();
    await press("End");
    await workbench.page.keyboard.insertText("<flush/>");
    await lens().waitFor(); // so they would be there by now, were it one
    await squiggle().waitFor();
    await press("ControlOrMeta+Z");
    await hasText(text);
    await lens().waitFor({ state: "detached" });
    await squiggle().waitFor({ state: "detached" });
  });

  it("goes to a segment by the outline, and folds one", async () => {
    await open(shape);
    await lens().waitFor();
    await line("One is here").click();
    await press("ControlOrMeta+Shift+O");
    for (const name of ["Harbour One is here, and more of it.", "Two is there, and it stays."]) {
      await rows(name).waitFor();
    }
    await input().fill("@Three is");
    await rows("Three is away.").first().waitFor();
    await press("Enter");
    await workbench.page.locator(".statusbar").getByText("Ln 13, Col 1").waitFor();
    await line("Two is there").click();
    await press("ControlOrMeta+Shift+[");
    await hasText(shape.replace("and it stays.\n", ""));
    await press("ControlOrMeta+Shift+]");
    await hasText(shape);
  });

  it("moves, splits and joins segments, each undone by one step", async () => {
    await open(shape);
    await lens().waitFor();
    const [start = "", two = "", three = ""] = shape.split("\n\n<flush/>\n\n");
    const undo = async (): Promise<void> => {
      await press("ControlOrMeta+Z");
      await hasText(shape);
    };
    await line("Two is there").click();
    await press("Shift+Alt+PageDown");
    await hasText(`${[start, three.trimEnd(), two].join("\n\n<flush/>\n\n")}\n`);
    await undo();
    await line("Two is there").click();
    await press("Home");
    for (let at = 0; at < "Two is".length; at++) await press("ArrowRight");
    await workbench.runCommand("Scripted Speech: Split Segment Here");
    await hasText(shape.replace("Two is there", "Two is <flush/>there"));
    await undo();
    await line("Two is there").click();
    await workbench.runCommand("Scripted Speech: Join with Next Segment");
    await hasText(shape.replace("stays.\n\n<flush/>\n\n", "stays.\n\n"));
    await undo();
  });

  it("reads in the spoken form what the service gets, to the byte, and where", async () => {
    const name = await open(spoken);
    await lens().waitFor();
    await workbench.runCommand("Scripted Speech: Show Spoken Form");
    const form = `${name}.spoken`;
    await becomes(async () => (await workbench.editorLines(form)).at(-2), "Goodbye.");
    await line("Goodbye.").click();
    await becomes(() => markedLines(form), ["Goodbye."]);
    const block = inGroup(form).locator(".view-line");
    await block.filter({ hasText: "Stay here." }).click();
    await becomes(() => markedLines(`${name}.md`), ["BEN: Thank you. <flush/>Stay here."]);
    const shown: string[] = [];
    for (const text of await workbench.editorLines(form)) {
      if (!text.startsWith("────")) shown[shown.length - 1] += text;
      else {
        if (text.includes("␣")) shown[shown.length - 1] += " ";
        shown.push("");
      }
    }
    const before = service.frames.length;
    await preview(name, 5);
    assert.deepEqual(shown, sentSince(before));
    assert.deepEqual(shown.slice(1, 3), ["Welcome, Tess, to nassa.", "Thank you. "]);
  });

  it("hears how a word might be said, chooses that, and pays for it once", async () => {
    const name = await open("The SQL here.\n\n<flush/>\n\nGoodbye.\n");
    await lens().waitFor();
    await line("The SQL").click();
    await press("Home");
    for (let at = 0; at < "The ".length; at++) await press("ArrowRight");
    await press("ControlOrMeta+Shift+ArrowRight");
    const before = service.frames.length;
    await workbench.runCommand("Scripted Speech: Fix Pronunciation…");
    await rows("as it is written").waitFor();
    await input().fill("sequel");
    const hear = rows("sequel").getByRole("button", {
      name: /^Hear It in Its Sentence\. Sends 16/,
    });
    await rows("sequel").hover();
    await hear.click();
    await becomes(() => sentSince(before), ["The sequel here."]);
    const takes = join(folder, `${name}.speech`, "takes");
    await becomes(async () => (await readdir(takes).catch(() => [])).length, 1);
    await input().press("Enter");
    const { frame } = await workbench.webview((title) => title.includes(name));
    await frame.getByRole("listitem", { name: /^Segment 1, ready/ }).waitFor();
    const file = join(workspace, ".vscode", "settings.json");
    const settings = await readFile(file, "utf8");
    assert.deepEqual(JSON.parse(settings), { "scriptedSpeech.pronunciations": { SQL: "sequel" } });
    await workbench.openFile(`${name}.md`);
    await preview(name, 2);
    assert.deepEqual(sentSince(before), ["The sequel here.", "Goodbye."]);
    await rm(file); // it is for all that is opened in this window
  });

  it("chooses the sample values that fill a variable", async () => {
    const samples = "default:\n  name: Anna\nformal:\n  name: Ms Miller\n";
    const name = await open("<flush/>Hello {{name}}.", samples);
    await lens().waitFor();
    await workbench.runCommand("Scripted Speech: Select Sample Values…");
    await rows("default").filter({ hasText: "in use" }).waitFor();
    await rows("formal").filter({ hasText: "name: Ms Miller" }).click();
    const before = service.frames.length;
    await preview(name, 1);
    assert.deepEqual(sentSince(before), ["Hello Ms Miller."]);
  });

  /** The editors' group that shows the text of this name. */
  function inGroup(name: string): Locator {
    const shows = workbench.page.locator(`.tab.active[data-resource-name="${name}"]`);
    return workbench.page.locator(".editor-group-container").filter({ has: shows });
  }

  /** The lines of a text that have a background as a whole. */
  function markedLines(name: string): Promise<string[]> {
    return inGroup(name).evaluate((group) => {
      const marks = [...group.querySelectorAll<HTMLElement>(".view-overlays .cdr")].filter(
        (mark) => !/, 0\)$|transparent/.test(getComputedStyle(mark).backgroundColor),
      );
      const places = marks.map((mark) => mark.getBoundingClientRect());
      return [...group.querySelectorAll<HTMLElement>(".view-line")].flatMap((text) => {
        const { top, width } = text.getBoundingClientRect();
        const isMarked = places.some(
          (place) => Math.abs(place.top - top) < 2 && place.width > width / 2,
        );
        return isMarked ? [text.textContent.replaceAll("\u00a0", " ")] : [];
      });
    });
  }
});
