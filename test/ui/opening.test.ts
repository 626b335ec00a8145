import assert from "node:assert/strict";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClipStore } from "../../src/clips/clipStore.ts";
import { namesIn, newClip, pictureOf } from "../unit/clips/scratch.ts";
import { openWorkbench, type Workbench } from "../vscode/openWorkbench.ts";

const script = "One.\n\n<flush/>\n\nTwo.\n\n<flush/>\n\nThree.\n";

describe("A person who opens a script in a folder that is not trusted, whose clips are damaged", function () {
  this.timeout(120_000);
  let folder: string;
  let clips: string;
  let workbench: Workbench;
  let found: readonly string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "opening-"));
    clips = join(folder, "talk.speech");
    await writeFile(join(folder, "talk.md"), script);
    const store = await ClipStore.open({ folder: clips, documentName: "talk.md" });
    for (const [at, transcript] of ["Two.", "One.", "Three."].entries()) {
      await store.save(newClip(at, transcript, { transcript }));
    }
    await writeFile(join(clips, "manifest.json"), "{");
    await writeFile(join(clips, "flush_009.0123456789ab.tmp"), "half");
    await rename(join(clips, "flush_002.wav"), join(clips, "flush_002.0123456789ab.tmp"));
    found = await pictureOf(clips);
    workbench = await openWorkbench({ folder, file: join(folder, "talk.md"), trusted: false });
  });

  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("is told what will become of them, and has not changed anything", async () => {
    await workbench.page
      .getByText("It is set aside when the script is next previewed")
      .first()
      .waitFor();
    assert.deepEqual(await pictureOf(clips), found);
  });

  it("has changed no clip by saving, nor by opening the panel", async () => {
    await workbench.waitForEditor("talk.md");
    await workbench.page.keyboard.press("ControlOrMeta+End");
    await workbench.page.keyboard.insertText("Four.");
    await workbench.page.keyboard.press("ControlOrMeta+S");
    await workbench.runCommand("Scripted Speech: Open Preview Panel");
    const { frame: panel } = await workbench.webview((title) => title.includes("talk"));
    await panel.getByRole("listitem", { name: /^Segment 3/ }).waitFor();
    assert.deepEqual(await pictureOf(clips), found);
  });

  it("finds them put right after a press", async () => {
    await workbench.runCommand("Scripted Speech: Preview Script");
    const { frame: panel } = await workbench.webview((title) => title.includes("talk"));
    await panel.getByRole("listitem", { name: /^Segment 3, ready/ }).waitFor({ timeout: 60_000 });
    const names = await namesIn(clips);
    assert.ok(
      names.some((name) => /^manifest\..*\.bad\.json$/.test(name)),
      names.join(),
    );
    assert.ok(!names.includes("flush_009.0123456789ab.tmp"), names.join());
  });
});
