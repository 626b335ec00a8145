import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findClipFolder } from "../../../src/clips/folder/clipFolder.ts";
import type { ClipFolder } from "../../../src/clips/folder/clipFolder.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { copyClips } from "../../../src/clips/copyClips.ts";
import type { Disk } from "../../../src/clips/model/disk.ts";
import { renameClipFolder } from "../../../src/clips/folder/renameClipFolder.ts";
import { storageFolder } from "../../../src/clips/folder/storageFolder.ts";
import {
  listen,
  namesIn,
  newClip,
  placesOf,
  soundOf,
  useScratchFolder,
  wanted,
  withoutPlace,
} from "./scratch.ts";

describe("Clips that move", () => {
  const scratch = useScratchFolder();
  const folderFor = (name: string, at = "", formerName?: string): Promise<ClipFolder> =>
    findClipFolder({
      path: join(scratch(), at, name),
      workspaceRoot: scratch(),
      formerPath: formerName && join(scratch(), at, formerName),
    });
  const openWith = async (
    place: ClipFolder,
    ...identities: readonly string[]
  ): Promise<ClipStore> => {
    const store = await ClipStore.open(place);
    for (const [at, identity] of identities.entries()) await store.save(newClip(at, identity));
    return store;
  };
  const documentOf = async (place: ClipFolder): Promise<unknown> =>
    JSON.parse(await readFile(join(place.folder, "manifest.json"), "utf8")).document;

  describe("renameClipFolder", () => {
    it("renames the folder, names the new document, and leaves everything else", async () => {
      const from = await folderFor("talk.md");
      const before = await openWith(from, "a", "b");
      const to = await folderFor("speech.md");
      assert.equal(await renameClipFolder(from, to), true);
      assert.deepEqual(await namesIn(scratch()), ["speech.speech"]);
      assert.equal(await documentOf(to), "speech.md");
      assert.deepEqual(await namesIn(to.folder), [
        "flush_000.wav",
        "flush_001.wav",
        "manifest.json",
      ]);
      const store = await ClipStore.open(to);
      assert.deepEqual(placesOf(store.clips()), placesOf(before.clips()));
      assert.deepEqual(store.notices, []);
    });

    it("takes the takes and the locks along", async () => {
      const from = await folderFor("talk.md");
      const before = await openWith(from, "a", "b");
      await before.save(newClip(1, "c"));
      await before.setLocked(0, true);
      const to = await folderFor("speech.md");
      await renameClipFolder(from, to);
      const store = await ClipStore.open(to);
      assert.deepEqual(placesOf(store.clips()), placesOf(before.clips()));
      assert.equal(store.takes("Said as b.").length, 1);
      assert.equal(store.at(0)?.locked, true);
    });

    it("follows into another folder, which need not be there", async () => {
      const from = await folderFor("talk.md");
      await openWith(from, "a");
      const to = { ...from, folder: join(scratch(), "new", "deep", "talk.speech") };
      await renameClipFolder(from, to);
      assert.deepEqual(placesOf((await ClipStore.open(to)).clips()), [["a", 0]]);
    });

    it("names the document only, where the folder stays the same", async () => {
      const from = await folderFor("talk.md");
      await openWith(from, "a");
      const to = await folderFor("talk.txt", "", "talk.md");
      assert.equal(to.folder, from.folder);
      await renameClipFolder(from, to);
      assert.equal(await documentOf(to), "talk.txt");
      assert.deepEqual(await namesIn(to.folder), ["flush_000.wav", "manifest.json"]);
    });

    it("does nothing where there is no folder", async () => {
      assert.equal(await renameClipFolder(await folderFor("a.md"), await folderFor("b.md")), false);
      assert.deepEqual(await namesIn(scratch()), []);
    });

    it("refuses where something stands in the new place", async () => {
      const [from, to] = [await folderFor("talk.md"), await folderFor("speech.md")];
      await openWith(from, "a");
      await openWith(to, "b");
      const refused = {
        name: "ClipError",
        code: "not-ours",
        message: /speech\.speech.*there already/,
      };
      await assert.rejects(renameClipFolder(from, to), refused);
      await rm(to.folder, { recursive: true });
      await writeFile(to.folder, "mine");
      await assert.rejects(renameClipFolder(from, to), refused);
      assert.deepEqual(placesOf((await ClipStore.open(from)).clips()), [["a", 0]]);
    });

    it("refuses the folder of another document, of a newer version, and the way out", async () => {
      const [from, to] = [await folderFor("talk.md"), await folderFor("speech.md")];
      await openWith(from, "a");
      const another = { ...from, documentName: "other.md" };
      await assert.rejects(renameClipFolder(another, to), {
        code: "not-ours",
        message: /talk\.md/,
      });
      await mkdir(join(scratch(), "work"));
      const out = { ...to, within: join(scratch(), "work") };
      await symlink(scratch(), join(scratch(), "work", "out"));
      const through = { ...out, folder: join(scratch(), "work", "out", "speech.speech") };
      for (const place of [out, through]) {
        await assert.rejects(renameClipFolder(from, place), { code: "outside" });
      }
      await writeFile(
        join(from.folder, "manifest.json"),
        '{ "version": 2, "document": "talk.md" }',
      );
      await assert.rejects(renameClipFolder(from, to), { code: "newer" });
      assert.ok(!(await namesIn(scratch())).includes("speech.speech"));
    });

    it("undoes what it can't do wholly", async () => {
      const [from, to] = [await folderFor("talk.md"), await folderFor("speech.md")];
      await openWith(from, "a");
      const openFile: Disk["open"] = async (path, flags, mode) => {
        if (/manifest\.\w+\.tmp$/.test(String(path))) {
          throw Object.assign(new Error("ENOSPC: full"), { code: "ENOSPC", syscall: "open" });
        }
        return fileSystem.open(path, flags, mode);
      };
      const disk: Disk = { ...fileSystem, open: openFile };
      await assert.rejects(renameClipFolder(from, to, { disk }), { code: "disk", message: /full/ });
      assert.deepEqual(await namesIn(scratch()), ["talk.speech"]);
      assert.deepEqual(await namesIn(from.folder), ["flush_000.wav", "manifest.json"]);
      assert.equal(await documentOf(from), "talk.md");
    });
  });

  describe("ClipStore.moveTo", () => {
    it("goes on in the new place, after what was asked before", async () => {
      const [from, to] = [await folderFor("talk.md"), await folderFor("speech.md")];
      const store = await openWith(from, "a");
      const saving = store.save(newClip(1, "b"));
      const moving = store.moveTo(to);
      const after = store.save(newClip(2, "c"));
      await Promise.all([saving, moving, after]);
      assert.equal(store.folder, to.folder);
      assert.deepEqual(placesOf(store.clips()), [
        ["a", 0],
        ["b", 1],
        ["c", 2],
      ]);
      assert.ok(store.clips().every(({ path }) => path.startsWith(to.folder)));
      assert.deepEqual(await namesIn(scratch()), ["speech.speech"]);
    });

    it("goes on where it was, where it can't follow", async () => {
      const [from, to] = [await folderFor("talk.md"), await folderFor("speech.md")];
      const store = await openWith(from, "a");
      await openWith(to, "b");
      await assert.rejects(store.moveTo(to), { code: "not-ours" });
      await store.save(newClip(1, "c"));
      assert.deepEqual(placesOf(store.clips()), [
        ["a", 0],
        ["c", 1],
      ]);
    });

    it("needs no folder", async () => {
      const store = await ClipStore.open(await folderFor("talk.md"));
      await store.moveTo(await folderFor("speech.md"));
      await store.save(newClip(0, "a"));
      assert.deepEqual(await namesIn(scratch()), ["speech.speech"]);
    });
  });

  describe("storageFolder", () => {
    it("gives each document a folder of its own inside the storage, always the same", () => {
      const uris = ["untitled:Untitled-1", "untitled:Untitled-2", "vscode-vfs://github/../../x.md"];
      const folders = uris.map((uri) => storageFolder("/storage", uri));
      assert.equal(new Set(folders.map(({ folder }) => folder)).size, 3);
      for (const [at, place] of folders.entries()) {
        assert.match(
          place.folder.replaceAll("\\", "/"),
          /^\/storage\/clips\/[0-9a-f]{32}\.speech$/,
        );
        assert.equal(place.documentName, uris[at]);
        assert.equal(place.within, "/storage");
        assert.deepEqual(storageFolder("/storage", place.documentName), place);
      }
    });

    it("keeps clips there, and none outside", async () => {
      const store = await openWith(storageFolder(scratch(), "untitled:Untitled-1"), "a");
      assert.deepEqual(placesOf(store.clips()), [["a", 0]]);
      await rm(join(scratch(), "clips"), { recursive: true });
      await mkdir(join(scratch(), "storage"));
      await symlink(scratch(), join(scratch(), "storage", "clips"));
      const out = storageFolder(join(scratch(), "storage"), "untitled:Untitled-1");
      await assert.rejects(openWith(out, "a"), { code: "outside" });
    });
  });

  describe("copyClips", () => {
    for (const container of ["wav", "raw"] as const) {
      it(`copies clips and takes beside a document, as ${container}, and leaves them where they are`, async () => {
        const stored = await openWith(storageFolder(scratch(), "untitled:Untitled-1"), "a", "b");
        await stored.save(newClip(1, "c"));
        const to = await folderFor("talk.md");
        const copy = await copyClips(stored, to, { container });
        assert.deepEqual(placesOf(copy.clips()), [
          ["a", 0],
          ["c", 1],
          ["b", undefined],
        ]);
        assert.equal(await documentOf(to), "talk.md");
        const plain = (store: ClipStore) => store.clips().map(withoutPlace);
        assert.deepEqual(plain(copy), plain(stored));
        assert.equal(stored.clips().length, 3);
        const again = await copyClips(copy, await folderFor("other.md"));
        const { samples } = await listen(again.clips()[1]?.path ?? "");
        assert.deepEqual(Uint8Array.from(samples), soundOf("c"));
      });
    }

    it("copies locks, as many takes as are kept, and none of it twice", async () => {
      const stored = await ClipStore.open({
        ...storageFolder(scratch(), "untitled:Untitled-1"),
        takesKeep: () => 7,
      });
      const said = { transcript: "One text." };
      for (let at = 0; at < 8; at++) {
        const spokenAt = `2026-01-31T12:00:0${at}.000Z`;
        await stored.save(newClip(0, `take ${at}`, { ...said, spokenAt }));
      }
      await stored.setLocked(0, true);
      const to = await folderFor("talk.md");
      for (let times = 0; times < 2; times++) {
        const copy = await copyClips(stored, to);
        assert.deepEqual(copy.clips().map(withoutPlace), stored.clips().map(withoutPlace));
        assert.equal(copy.takes("One text.").length, 7);
      }
    });

    it("copies what was decided on takes", async () => {
      const stored = await openWith(storageFolder(scratch(), "untitled:Untitled-1"), "a", "b");
      await stored.setLocked(1, true);
      const again = { spokenAt: "2026-01-31T12:00:01.000Z" };
      await stored.save(newClip(0, "a", again));
      const [former] = stored.takes("Said as a.");
      if (former) await stored.restore(former, 0, false);
      const to = await folderFor("talk.md");
      await stored.arrange([]);
      const copy = await copyClips(stored, to);
      await copy.arrange(wanted("b", "a"));
      assert.deepEqual([copy.at(0)?.locked, copy.at(1)?.spokenAt], [true, former?.spokenAt]);
    });

    it("copies a clip that was decided on, however many newer takes of its text there are", async () => {
      const stored = await ClipStore.open({
        ...storageFolder(scratch(), "untitled:Untitled-1"),
        takesKeep: () => 1,
      });
      const sayAt = (second: number) =>
        stored.save(newClip(0, "a", { spokenAt: `2026-01-31T12:00:0${second}.000Z` }));
      await sayAt(0);
      await stored.setLocked(0, true);
      await stored.arrange([]);
      for (let second = 1; second < 5; second++) await sayAt(second);
      const copy = await copyClips(stored, await folderFor("talk.md"));
      assert.deepEqual(copy.clips().map(withoutPlace), stored.clips().map(withoutPlace));
      assert.ok(copy.takes("Said as a.").at(-1)?.locked);
    });

    it("does again only what is missing", async () => {
      const stored = await openWith(storageFolder(scratch(), "untitled:Untitled-1"), "a", "b");
      const to = await folderFor("talk.md");
      await copyClips(stored, to);
      await rm(join(to.folder, "flush_001.wav"));
      const { mtimeMs } = await fileSystem.stat(join(to.folder, "flush_000.wav"));
      await copyClips(stored, to);
      assert.equal((await fileSystem.stat(join(to.folder, "flush_000.wav"))).mtimeMs, mtimeMs);
      assert.ok((await namesIn(to.folder)).includes("flush_001.wav"));
    });
  });
});
