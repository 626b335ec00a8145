import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { hasClips, placeOf, type PreviewDocument } from "../../../src/preview/clipPlace.ts";
import { newClip, useScratchFolder } from "../clips/scratch.ts";

describe("Where a document's clips lie", () => {
  const scratch = useScratchFolder();
  const documentAt = (path: string | undefined, audioFolder = ""): PreviewDocument => ({
    uri: path === undefined ? "untitled:Untitled-1" : `file://${path}`,
    path,
    audioFolder,
    workspaceRoot: scratch(),
    storage: join(scratch(), "storage"),
    container: "wav",
  });
  const cases: readonly (readonly [what: string, name: string | undefined, audioFolder: string])[] =
    [
      ["beside the document", "talk.md", ""],
      ["where the setting says", "talk.md", "../audio"],
      ["in a folder below it", "talk.md", "audio/clips"],
      ["in the extension's storage", undefined, ""],
    ];

  beforeEach(async () => {
    await mkdir(join(scratch(), "texts"));
    await mkdir(join(scratch(), "storage"));
  });

  for (const [what, name, audioFolder] of cases) {
    it(`is seen as soon as there are some: ${what}`, async () => {
      const document = documentAt(name && join(scratch(), "texts", name), audioFolder);
      assert.equal(await hasClips(document), false);
      const { place } = await placeOf(document);
      await (await ClipStore.open(place)).save(newClip(0, "a"));
      assert.equal(await hasClips(document), true);
    });
  }

  it("is not a folder of somebody's that has that name", async () => {
    const document = documentAt(join(scratch(), "texts", "talk.json"));
    const { place } = await placeOf(document);
    await mkdir(place.folder);
    await writeFile(join(place.folder, "mine.txt"), "Mine.");
    assert.equal(await hasClips(document), false);
  });

  it("is seen where another document of the same name has the first folder", async () => {
    const [first, second] = ["talk.md", "talk.txt"].map((name) =>
      documentAt(join(scratch(), "texts", name)),
    );
    assert.ok(first && second);
    await (await ClipStore.open((await placeOf(first)).place)).save(newClip(0, "a"));
    assert.equal(await hasClips(second), false);
    await (await ClipStore.open((await placeOf(second)).place)).save(newClip(0, "b"));
    assert.equal(await hasClips(second), true);
  });
});
