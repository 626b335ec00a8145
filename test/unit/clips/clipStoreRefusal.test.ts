import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeWav } from "../../../src/audio/wav.ts";
import { ClipError, isDiskError } from "../../../src/clips/model/clipError.ts";
import type { Disk } from "../../../src/clips/model/disk.ts";
import {
  listen,
  namesIn,
  newClip,
  openTidied,
  placesOf,
  soundOf,
  useClipFolder,
  wanted,
} from "./scratch.ts";

describe("ClipStore, hindered", () => {
  const { scratch, folder, inFolder, open, openWith } = useClipFolder();

  describe("meeting files that are not ours", () => {
    const mine = encodeWav({
      format: { encoding: "pcm_s16le", sampleRate: 8000 },
      samples: soundOf("mine"),
    });

    for (const [what, content] of [
      ["text", Buffer.from("mine")],
      ["a recording", mine],
    ] as const) {
      it(`never overwrites ${what} in a clip's place`, async () => {
        await mkdir(folder());
        await writeFile(inFolder("flush_000.wav"), content);
        const store = await open();
        assert.deepEqual(store.clips(), []);
        await assert.rejects(store.save(newClip(0, "a")), {
          name: "ClipError",
          code: "not-ours",
          message: /flush_000\.wav.*not overwritten/,
        });
        assert.deepEqual(await readFile(inFolder("flush_000.wav")), Buffer.from(content));
        assert.deepEqual(await namesIn(folder()), ["flush_000.wav"]);
      });
    }

    it("never moves a clip onto one, and says so", async () => {
      const store = await openWith("a", "b");
      await writeFile(inFolder("flush_002.wav"), "mine");
      await store.arrange(wanted("new", "a", "b"));
      assert.equal(await readFile(inFolder("flush_002.wav"), "utf8"), "mine");
      assert.deepEqual(placesOf(store.clips()), [
        ["a", 1],
        ["b", undefined],
      ]);
      assert.match(store.notices.join(), /flush_002\.wav/);
    });

    it("does not follow a link in a clip's place", async () => {
      const store = await openWith("a", "b");
      await rename(inFolder("flush_001.wav"), join(scratch(), "target.wav"));
      await symlink(join(scratch(), "target.wav"), inFolder("flush_001.wav"));
      await store.refresh();
      assert.deepEqual(
        store.clips().map(({ identity }) => identity),
        ["a"],
      );
      await assert.rejects(store.save(newClip(1, "c")), {
        code: "outside",
        message: /flush_001\.wav/,
      });
      assert.equal((await listen(join(scratch(), "target.wav"))).identity, "b");
    });

    it("sets aside a clip that something else changed, instead of overwriting it", async () => {
      const store = await openWith("a");
      await writeFile(inFolder("flush_000.wav"), mine);
      await store.save(newClip(0, "b"));
      const aside = (await namesIn(folder())).find((name) =>
        /^flush_000\..*\.bad\.wav$/.test(name),
      );
      assert.deepEqual(await readFile(inFolder(aside ?? "")), Buffer.from(mine));
      assert.equal((await listen(inFolder("flush_000.wav"))).identity, "b");
      assert.match(store.notices.join(), /flush_000\.wav/);
    });

    it("leaves all other files alone", async () => {
      const foreign = [
        "flush_0.wav",
        "flush_0001.wav",
        "notes.txt",
        "flush_000.abc.tmp",
        "take_1.wav",
        "take_0123456789abcdef_undated.wav",
      ];
      await mkdir(folder());
      for (const name of foreign) await writeFile(inFolder(name), "mine");
      const store = await openWith("a");
      await store.arrange([]);
      await open();
      for (const name of foreign) assert.equal(await readFile(inFolder(name), "utf8"), "mine");
    });
  });

  describe("on a disk that refuses", () => {
    const refusals = [
      ["ENOSPC", /disk is full.*Make room/],
      ["EACCES", /no permission.*audio\.folder/],
      ["EROFS", /only be read.*audio\.folder/],
      ["ENOTDIR", /file stands where a folder is needed/],
      ["EIO", /refused.*EIO/],
    ] as const;
    for (const [code, message] of refusals) {
      it(`says what ${code} means, names the path, and keeps what was there`, async () => {
        await openWith("a");
        const refuse = (): never => {
          throw Object.assign(new Error(`${code}: refused`), { code, syscall: "open" });
        };
        const openFile: Disk["open"] = async (path, flags, mode) =>
          flags === "wx" ? refuse() : fileSystem.open(path, flags, mode);
        const disk: Disk = { ...fileSystem, open: openFile };
        const store = await openTidied({ folder: folder(), documentName: "talk.md", disk });
        const error: unknown = await store.save(newClip(0, "b")).catch((thrown: unknown) => thrown);
        assert.ok(error instanceof ClipError);
        assert.equal(error.code, "disk");
        assert.ok(isDiskError(error.cause, code));
        assert.match(error.message, message);
        assert.ok(error.message.includes(inFolder("flush_000.wav")));
        assert.equal((await listen(inFolder("flush_000.wav"))).identity, "a");
        assert.deepEqual(await namesIn(folder()), ["flush_000.wav", "manifest.json"]);
      });
    }

    it("plays what lies on a disk that can only be read", async () => {
      await openWith("a", "b");
      await writeFile(inFolder("manifest.json"), "damaged");
      await writeFile(inFolder("flush_002.0123456789ab.tmp"), "half");
      const before = await namesIn(folder());
      const refuse = async (): Promise<never> => {
        throw Object.assign(new Error("EROFS: refused"), { code: "EROFS", syscall: "rename" });
      };
      const disk: Disk = { ...fileSystem, rename: refuse, rm: refuse, mkdir: refuse };
      const store = await openTidied({ folder: folder(), documentName: "talk.md", disk });
      assert.deepEqual(
        store.clips().map(({ identity }) => identity),
        ["a", "b"],
      );
      assert.match(store.notices.join(), /only be read/);
      await assert.rejects(store.save(newClip(0, "c")), { code: "disk" });
      await assert.rejects(store.arrange(wanted("b", "a")), { code: "disk" });
      assert.deepEqual(await namesIn(folder()), before);
    });
  });
});
