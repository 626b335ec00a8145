import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { readWav } from "../../src/audio/wav.ts";
import { EditorMarks } from "../support/vscode/editorMarks.ts";
import { Listener } from "../support/vscode/heard.ts";
import { takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";

const story = `# A story

The *quick* brown fox jumps over the **lazy** dog, and it does not look back.

<flush/>

Nobody [saw the fox](https://example.com) again for a whole summer.

<flush/>

Then, one morning, there it stood.
`;
const segments = 3;

/** When each word is marked is seen in the page's own tests, where time passes as they say. */
describe("A person who listens", function () {
  this.timeout(180_000);
  let folder: string;
  let workbench: Workbench;
  let panel: Frame;
  let marks: EditorMarks;

  before(async () => {
    ({ workbench, folder } = await takeWorkbench(
      { "scriptedSpeech.service": "local" },
      { "story.md": story },
    ));
    await workbench.openFile("story.md");
    await workbench.runCommand("Scripted Speech: Open Preview Panel");
    ({ frame: panel } = await workbench.webview((title) => title.includes("story.md")));
    marks = await EditorMarks.of(workbench.page);
  });

  after(() => marks?.stop());

  it("sees the words as they are said for the first time, in the panel and in the editor", async () => {
    const listener = await Listener.to(panel);
    await workbench.runCommand("Scripted Speech: Preview Script");
    await listener.until("silence");
    await marks.become("");
    const said = await saidWords();
    for (const shown of [await listener.words(), await marks.words()]) {
      // Of words that a busy machine tells at once, the last is shown.
      let at = 0;
      for (const word of said) if (word === bare(shown[at] ?? "")) at++;
      assert.equal(at, shown.length, `in another order: ${shown.join(" ")}`);
      assert.ok(shown.length > 0);
    }
    const heard = (await listener.heard()).filter((what) => what.startsWith("segment"));
    assert.deepEqual(heard, ["segment 1", "segment 2", "segment 3"]);
  });

  it("sees where it is paused the same word in the editor as in the panel, whatever marks it up", async () => {
    const press = (name: string): Promise<void> =>
      panel.getByRole("button", { name, exact: true }).click();
    await press("Loop segment"); // so it does not end before it is paused
    for (const word of ["quick", "over", "saw", "again"]) {
      const listener = await Listener.to(panel);
      await panel.locator(".word", { hasText: new RegExp(`^${word}$`) }).click();
      await listener.until(`word ${word}`);
      await press("Pause");
      await panel.getByRole("button", { name: "Resume" }).waitFor();
      const shown = await panel.locator(".word.heard").allTextContents();
      assert.ok(shown.length <= 1, shown.join());
      await marks.become(shown[0] ?? "");
    }
    await press("Loop segment");
    await press("Stop");
    await marks.become("");
  });

  /** Its words as its clips tell them. */
  async function saidWords(): Promise<string[]> {
    const words: string[] = [];
    for (let segment = 0; segment < segments; segment++) {
      const clip = join(folder, "story.speech", `flush_00${segment}.wav`);
      words.push(...readWav(await readFile(clip)).cues.map(({ label }) => bare(label)));
    }
    return words;
  }
});

/** Without the punctuation around it, which a mark need not have. */
function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").toLowerCase();
}
