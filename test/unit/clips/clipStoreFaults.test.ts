import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import type { Disk } from "../../../src/clips/model/disk.ts";
import { makeScratchFolder, namesIn, newClip, placesOf, useClipFolder, wanted } from "./scratch.ts";

function refusal(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: refused`), { code, syscall: "write" });
}

/** A disk that is full from the middle of the first file on whose name matches. */
function fullDisk(isMeant: (name: string) => boolean): Disk {
  let full = false;
  const open: Disk["open"] = async (path, flags, mode) => {
    const file = await fileSystem.open(path, flags, mode);
    const write = file.writeFile.bind(file);
    file.writeFile = async (data) => {
      full ||= isMeant(basename(String(path)));
      if (!full) return write(data);
      await write((data as Uint8Array).subarray(0, (data as Uint8Array).length / 2));
      throw refusal("ENOSPC");
    };
    return file;
  };
  return { ...fileSystem, open };
}

/** A disk on which another program holds the files whose names match, for the first `times` that they are renamed. */
function heldDisk(times: number, isMeant: (name: string) => boolean, code = "EBUSY"): Disk {
  let left = times;
  return {
    ...fileSystem,
    rename: async (from, to) => {
      if ((isMeant(basename(String(from))) || isMeant(basename(String(to)))) && left-- > 0) {
        throw refusal(code);
      }
      await fileSystem.rename(from, to);
    },
  };
}

for (const container of ["wav", "raw"] as const) {
  const ending = container === "wav" ? "wav" : "pcm";
  describe(`ClipStore, with ${container} clips, when the disk fails`, () => {
    const { scratch, folder, inFolder, open } = useClipFolder();
    const openOn = (disk: Disk): Promise<ClipStore> => open("talk.md", { container, disk });
    const openWith = async (...identities: readonly string[]): Promise<ClipStore> => {
      const store = await openOn(fileSystem);
      for (const [at, identity] of identities.entries()) await store.save(newClip(at, identity));
      return store;
    };
    const flush = (segment: number): string => `flush_00${segment}.${ending}`;
    /** The next window finds these clips and nothing half-done, and can save. */
    const assertGoesOn = async (places: readonly (readonly [string, number | undefined])[]) => {
      const leftOver = (await namesIn(folder())).filter((name) => /\.(tmp|lock)$/.test(name));
      assert.deepEqual(leftOver, []);
      const store = await openOn(fileSystem);
      assert.deepEqual(placesOf(store.clips()), places);
      assert.deepEqual(store.notices, []);
      await store.save(newClip(5, "next"));
      assert.equal(store.find("next").length, 1);
    };

    it("keeps what was there when it is full in the middle of a clip", async () => {
      await openWith("a", "b");
      const store = await openOn(fullDisk((name) => name.startsWith("flush_001")));
      await assert.rejects(store.save(newClip(1, "c")), {
        code: "disk",
        message: /disk is full.*flush_001.*Make room/,
      });
      assert.deepEqual(placesOf(store.clips()), [
        ["a", 0],
        ["b", 1],
      ]);
      await assertGoesOn([
        ["a", 0],
        ["b", 1],
      ]);
    });

    it("says so when it is full in the middle of the manifest, and loses nothing", async () => {
      await openWith("a", "b");
      const store = await openOn(fullDisk((name) => name.startsWith("manifest")));
      await assert.rejects(store.save(newClip(1, "c")), {
        code: "disk",
        message: /disk is full.*manifest\.json/,
      });
      const places = placesOf(store.clips());
      assert.deepEqual(
        places.filter(([identity]) => identity !== "c").map(([identity]) => identity),
        ["a", "b"],
      );
      await assertGoesOn(places);
    });

    it("says so when it is full where it marks that it writes", async () => {
      await openWith("a");
      const store = await openOn(fullDisk((name) => name === ".lock"));
      await assert.rejects(store.save(newClip(0, "b")), { code: "disk", message: /flush_000/ });
      await assertGoesOn([["a", 0]]);
    });

    for (const code of ["EBUSY", "EPERM"]) {
      it(`waits while another program holds a clip for a moment (${code})`, async () => {
        await openWith("a");
        const store = await openOn(heldDisk(2, (name) => name === flush(0), code));
        await store.save(newClip(0, "b"));
        await assertGoesOn([
          ["b", 0],
          ["a", undefined],
        ]);
      });

      it(`says so where another program does not let go of a clip (${code})`, async () => {
        await openWith("a", "b");
        const store = await openOn(heldDisk(Infinity, (name) => name === flush(0), code));
        await assert.rejects(store.save(newClip(0, "c")), {
          code: "disk",
          message: /another program uses it/,
        });
        await assert.rejects(store.arrange(wanted("b", "a")), { code: "disk" });
        assert.equal(store.find("a").length, 1);
        assert.equal(store.find("b").length, 1);
        await store.save(newClip(2, "d"));
        const places = placesOf(store.clips());
        assert.equal(places.length, 3);
        await assertGoesOn(places);
      });
    }

    it("goes on when a clip is deleted meanwhile", async () => {
      const store = await openWith("a", "b", "c");
      await rm(inFolder(flush(1)));
      await store.save(newClip(0, "d"));
      await store.refresh();
      const places = placesOf(store.clips());
      assert.deepEqual(places, [
        ["d", 0],
        ["c", 2],
        ["a", undefined],
      ]);
      await assertGoesOn(places);
    });

    it("refuses a file that took the folder's place meanwhile, and leaves it alone", async () => {
      const store = await openWith("a");
      await rm(folder(), { recursive: true });
      await writeFile(folder(), "mine");
      await assert.rejects(store.save(newClip(0, "b")), {
        code: "disk",
        message: /file stands where a folder is needed.*talk\.speech/,
      });
      await assert.rejects(store.refresh(), { name: "ClipError" });
      assert.equal(await readFile(folder(), "utf8"), "mine");
      await rm(folder());
      await store.save(newClip(0, "b"));
      await assertGoesOn([["b", 0]]);
    });

    it("refuses a link out of the folder that took its place meanwhile", async () => {
      const store = await openWith("a");
      const elsewhere = await fileSystem.mkdtemp(`${scratch()}-elsewhere-`);
      try {
        await rename(folder(), join(scratch(), "moved.speech"));
        await symlink(elsewhere, folder());
        await assert.rejects(store.save(newClip(0, "b")), { code: "outside", message: /link/ });
        assert.deepEqual(await namesIn(elsewhere), []);
      } finally {
        await rm(elsewhere, { recursive: true });
      }
    });

    it("goes on in its folder when the document is deleted or renamed", async () => {
      await writeFile(join(scratch(), "talk.md"), "One.");
      const store = await openWith("a");
      await rename(join(scratch(), "talk.md"), join(scratch(), "speech.md"));
      await store.save(newClip(1, "b"));
      await assertGoesOn([
        ["a", 0],
        ["b", 1],
      ]);
    });

    it("goes on where the folder is when all around it was moved, and makes nothing where it was", async () => {
      const home = join(scratch(), "home");
      await mkdir(home);
      const place = { folder: join(home, "talk.speech"), documentName: "talk.md", container };
      const store = await ClipStore.open(place);
      await store.save(newClip(0, "a"));
      await rename(home, join(scratch(), "moved"));
      await store.save(newClip(1, "b"));
      assert.deepEqual(await namesIn(scratch()), ["moved"]);
      assert.equal(store.folder, join(scratch(), "moved", "talk.speech"));
      const there = await ClipStore.open({ ...place, folder: store.folder });
      assert.deepEqual(placesOf(there.clips()), [
        ["a", 0],
        ["b", 1],
      ]);
      await rename(join(scratch(), "moved"), home);
      await store.refresh();
      assert.equal(store.clips().length, 2, "back where it was");
      const away = await makeScratchFolder();
      await rename(home, join(away, "home"));
      await assert.rejects(store.save(newClip(2, "c")), { code: "disk", message: /vanished/ });
      assert.deepEqual(await namesIn(scratch()), []);
      await rm(away, { recursive: true });
    });

    it("writes nothing where a newer version wrote the manifest meanwhile, and says so", async () => {
      const store = await openWith("a");
      const text = '{ "version": 2, "document": "talk.md" }';
      await writeFile(inFolder("manifest.json"), text);
      const before = await namesIn(folder());
      await assert.rejects(store.save(newClip(1, "b")), { code: "newer" });
      const [saved] = store.find("a");
      assert.ok(saved);
      await assert.rejects(store.takeBack(saved), { code: "newer" });
      assert.deepEqual(await namesIn(folder()), before);
      assert.equal(await readFile(inFolder("manifest.json"), "utf8"), text);
    });

    it("sets a manifest aside that was damaged meanwhile, says so, and saves", async () => {
      const store = await openWith("a");
      await writeFile(inFolder("manifest.json"), "{");
      await store.save(newClip(1, "b"));
      assert.equal(store.find("b").length, 1);
      assert.match(store.notices.join(), /manifest\.json.*could not be read/);
      const names = await namesIn(folder());
      assert.ok(names.some((name) => /^manifest\..*\.bad\.json$/.test(name)));
    });
  });
}
