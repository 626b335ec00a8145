import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import {
  documentsLeftBehind,
  leaveStorage,
  moveClips,
  placeOf,
  type PreviewDocument,
} from "../../../src/preview/clipPlace.ts";
import { openPreview } from "../../../src/preview/openPreview.ts";
import { newClip, useScratchFolder } from "../clips/scratch.ts";

describe("A folder of scripts that is renamed", () => {
  const scratch = useScratchFolder();
  const describe_ = (path: string, audioFolder: string): PreviewDocument => ({
    uri: pathToFileURL(join(scratch(), path)).href,
    path: join(scratch(), path),
    audioFolder,
    workspaceRoot: scratch(),
    storage: join(scratch(), "storage"),
    container: "wav",
  });
  const openStore = async (document: PreviewDocument): Promise<ClipStore> =>
    ClipStore.open((await placeOf(document)).place);

  for (const audioFolder of ["../audio", "../../audio/of/all", "..", "audio"]) {
    it(`takes all clips along, whatever was opened, with audio.folder “${audioFolder}”`, async () => {
      const names = ["talk.md", "talk.txt", "deep/talk.md"];
      for (const name of names) {
        const document = describe_(`work/scripts/${name}`, audioFolder);
        await mkdir(dirname(document.path ?? ""), { recursive: true });
        await (await openStore(document)).save(newClip(0, name));
      }
      // Beside it, of no script in it.
      await mkdir(join(scratch(), "work", "other"));
      const other = describe_("work/other/talk.md", audioFolder);
      await (await openStore(other)).save(newClip(0, "other"));
      await rename(join(scratch(), "work/scripts"), join(scratch(), "work/drafts"));
      const left = await documentsLeftBehind(describe_("work/scripts", audioFolder));
      for (const name of left) {
        await moveClips(
          describe_(`work/scripts/${name}`, audioFolder),
          describe_(`work/drafts/${name}`, audioFolder),
        );
      }
      for (const name of names) {
        const { clips } = await openStore(describe_(`work/drafts/${name}`, audioFolder)).then(
          (store) => ({ clips: store.clips() }),
        );
        assert.deepEqual(
          clips.map(({ identity }) => identity),
          [name],
        );
      }
      assert.equal((await openStore(other)).clips().length, 1);
      assert.deepEqual(await documentsLeftBehind(describe_("work/scripts", audioFolder)), []);
    });
  }
});

describe("An untitled document that was saved", () => {
  const scratch = useScratchFolder();

  it("has its clips beside the file, and none in the storage for the next of its name", async () => {
    const storage = join(scratch(), "storage");
    const common = {
      audioFolder: "",
      workspaceRoot: scratch(),
      storage,
      container: "wav",
    } as const;
    const untitled = { ...common, uri: "untitled:Untitled-1", path: undefined };
    const path = join(scratch(), "talk.md");
    const tools = { report: () => {}, trace: () => {} };
    await mkdir(storage);
    const store = await openStoreAt((await placeOf(untitled)).place);
    await store.save(newClip(0, "a"));
    await store.setLocked(0, true);
    const opened = await openPreview(untitled, tools);
    await opened.copyTo({ ...common, uri: pathToFileURL(path).href, path });
    await leaveStorage(untitled, { isCopied: true });
    const manifest = JSON.parse(
      await readFile(join(scratch(), "talk.speech", "manifest.json"), "utf8"),
    ) as { readonly document: string; readonly clips: readonly { readonly locked?: true }[] };
    assert.equal(manifest.document, "talk.md");
    assert.deepEqual(
      manifest.clips.map(({ locked = false }) => locked),
      [true],
    );
    const next = await openPreview(untitled, tools);
    assert.equal(next.folder, opened.folder);
    assert.deepEqual((await openStoreAt((await placeOf(untitled)).place)).clips(), []);
    const names = await readdir(join(storage, "clips"));
    assert.deepEqual(names.map((name) => name.replace(/^.*\./, "")).sort(), ["former", "open"]);
  });

  const openStoreAt = (place: Parameters<typeof ClipStore.open>[0]): Promise<ClipStore> =>
    ClipStore.open(place);
});
