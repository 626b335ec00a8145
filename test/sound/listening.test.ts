import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkbench, type Workbench } from "../vscode/openWorkbench.ts";
import { markedBetween, markedWords, Story } from "./listenToStory.ts";

/** How late a mark may be, in ms: those of the editor come from another process, and a busy machine draws late. */
const mostLate = { panel: 60, editor: 150 };

describe("A person who listens", function () {
  this.timeout(120_000);
  this.retries(3); // a whole VS Code in a browser: on a busy machine a mark may be late
  let folder: string;
  let story: Story;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "scripts-"));
    story = await Story.write(folder);
    workbench = await openWorkbench({
      folder,
      file: story.file,
      settings: { "scriptedSpeech.service": "local" },
      autoplay: "always",
    });
    await workbench.runCommand("Scripted Speech: Open Preview Panel");
  });

  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("sees the words as they are said for the first time, in the panel and in the editor", async () => {
    const { inPanel, inEditor } = await story.listen(workbench, () =>
      workbench.runCommand("Scripted Speech: Preview Script"),
    );
    const words = (await story.words()).map(({ text }) => text);
    // Of words that a busy machine tells at once, the last is shown.
    for (const shown of [markedWords(inPanel), markedWords(inEditor)]) {
      let at = 0;
      for (const word of words) if (word === shown[at]) at++;
      assert.equal(at, shown.length, `in another order: ${shown.join(" ")}`);
      assert.ok(words.length - shown.length <= 3, `of ${words.length} only ${shown.length}`);
    }
  });

  for (const speed of [1, 2]) {
    it(`sees each word while it is said at ${speed}×`, async () => {
      const panel = await story.panel(workbench);
      await panel.getByLabel("Speed").selectOption({ label: `${speed}×` });
      const { inPanel, inEditor, begin } = await story.listen(workbench, (page) =>
        page.getByRole("button", { name: "Play all" }).click(),
      );
      const missed = (await story.words()).flatMap(({ text, middle }) => {
        const time = begin + (middle / speed) * 1000;
        const marked = [
          markedBetween(inPanel, time, time + mostLate.panel),
          markedBetween(inEditor, time, time + mostLate.editor),
        ];
        return marked.every((words) => words.includes(text))
          ? []
          : [`${text}: ${marked.join("; ")}`];
      });
      // A busy machine may be late for a word; how late, `npm run bench -- words` measures.
      assert.ok(missed.length <= 3, missed.join("; "));
    });
  }
});
