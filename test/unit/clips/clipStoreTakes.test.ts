import assert from "node:assert/strict";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Clip } from "../../../src/clips/model/clip.ts";
import type { ClipStore } from "../../../src/clips/clipStore.ts";
import { listen, namesIn, newClip, placesOf, soundOf, useClipFolder, wanted } from "./scratch.ts";

const transcript = "One text.";
/** A clip of one text, said in this second. */
const said = (identity: string, second: number, segment = 0) =>
  newClip(segment, identity, {
    transcript,
    spokenAt: `2026-11-26T16:05:${String(second).padStart(2, "0")}.345Z`,
  });

for (const container of ["wav", "raw"] as const) {
  const ending = container === "wav" ? "wav" : "pcm";
  describe(`The ${container} takes of a ClipStore`, () => {
    const { scratch, folder, inFolder, open, readManifest } = useClipFolder();
    const openStore = (takesKeep?: () => number): Promise<ClipStore> =>
      open("talk.md", { container, takesKeep });
    const named = (clips: readonly Clip[]): string[] => clips.map(({ identity }) => identity);
    const seconds = (clips: readonly Clip[]): number[] =>
      clips.map(({ spokenAt }) => new Date(spokenAt).getUTCSeconds());

    it("are given newest first, whatever their sound, and no other text's", async () => {
      const store = await openStore();
      for (const [at, name] of ["b", "c", "a", "d"].entries()) await store.save(said(name, at));
      await store.saveTake(newClip(0, "x"));
      assert.deepEqual(named(store.takes(transcript)), ["a", "c", "b"]);
      assert.deepEqual(named(store.takes("Said as x.")), ["x"]);
      assert.deepEqual(store.takes("Never said."), []);
      assert.deepEqual((await openStore()).clips(), store.clips());
    });

    it("lie in a folder of their own, named by what and when they are, and are listed", async () => {
      const store = await openStore();
      await store.save(said("0123456789abcdef0123", 12));
      const take = await store.saveTake(said("fedcba9876543210", 13));
      assert.equal(
        take.path,
        inFolder(join("takes", `take_fedcba9876543210_20261126T160513345Z.${ending}`)),
      );
      assert.deepEqual([take.segment, take.locked], [undefined, false]);
      await store.save(said("b", 14));
      const listed = (await readManifest()).clips as unknown as {
        file: string;
        segment: unknown;
      }[];
      assert.deepEqual(
        listed.map(({ file, segment }) => [file, segment]),
        [
          [`flush_000.${ending}`, 0],
          [`takes/take_0123456789abcdef_20261126T160512345Z.${ending}`, null],
          [`takes/take_fedcba9876543210_20261126T160513345Z.${ending}`, null],
        ],
      );
    });

    it("may be restored from a copy that another segment has, which keeps its own", async () => {
      const store = await openStore();
      const shared = await store.save(said("a", 1, 0));
      await store.save(said("b", 2, 3));
      await store.restore(shared, 3, true);
      const places = store.clips().map(({ segment, identity, locked }) => {
        return [segment, identity, locked];
      });
      assert.deepEqual(places, [
        [0, "a", false],
        [3, "a", true],
        [undefined, "b", false],
      ]);
      assert.deepEqual((await openStore()).clips(), store.clips());
      await store.restore(shared, 0, true);
      assert.equal(store.at(0)?.locked, true);
    });

    it("never replace one another, even if they were said at once", async () => {
      const store = await openStore();
      const alike = ["one", "two", "three"].map((sound) => ({
        ...said("a", 1),
        samples: soundOf(sound),
      }));
      for (const clip of alike) await store.saveTake(clip);
      assert.deepEqual(
        store.takes(transcript).map(({ path }) => basename(path, `.${ending}`).slice(41)),
        ["", "-3", "-2"],
      );
      const sounds = await Promise.all(
        store.takes(transcript).map(async ({ path }) => {
          const sound = container === "wav" ? (await listen(path)).samples : await readFile(path);
          return String(Uint8Array.from(sound));
        }),
      );
      assert.deepEqual(sounds.sort(), alike.map(({ samples }) => String(samples)).sort());
    });

    it("are found by identity too, newest first, behind the clip in place", async () => {
      const store = await openStore();
      for (const second of [2, 3, 1]) await store.saveTake(said("a", second));
      await store.save(said("a", 0));
      assert.deepEqual(
        store.find("a").map(({ spokenAt, segment }) => [spokenAt.slice(17, 19), segment]),
        [
          ["00", 0],
          ["03", undefined],
          ["02", undefined],
          ["01", undefined],
        ],
      );
    });

    it("may have been said nobody knows when", async () => {
      const store = await openStore();
      const take = await store.saveTake({ ...said("a", 1), spokenAt: "../../yesterday" });
      assert.match(basename(take.path), /^take_[0-9a-f]{16}_undated\.\w+$/);
      assert.deepEqual((await openStore()).takes(transcript), [take]);
    });

    it("do not stay where they are the very same as another clip", async () => {
      const store = await openStore();
      await store.save(newClip(0, "a"));
      await store.arrange(wanted("a", "a"));
      await store.arrange(wanted("a"));
      assert.deepEqual(placesOf(store.clips()), [["a", 0]]);
      assert.deepEqual(await namesIn(folder()), [`flush_000.${ending}`, "manifest.json"]);
    });

    describe("by saveTake", () => {
      it("leave the clip in place alone", async () => {
        const store = await openStore();
        const before = await store.save(said("a", 1, 3));
        const take = await store.saveTake(said("b", 2, 3));
        assert.deepEqual(store.clips(), [before, take]);
        assert.deepEqual((await openStore()).clips(), [before, take]);
      });

      it("stay even if none is to be kept, until the next is saved", async () => {
        const store = await openStore(() => 0);
        await store.save(said("a", 4));
        await store.saveTake(said("a", 2));
        assert.deepEqual(seconds(store.takes(transcript)), [2]);
        await store.saveTake(said("a", 3));
        assert.deepEqual(seconds(store.takes(transcript)), [3]);
      });
    });

    describe("by restore", () => {
      it("get the segment's place, whose clip becomes a take", async () => {
        const store = await openStore();
        await store.save(said("a", 1));
        const now = await store.save(said("b", 2));
        const [take] = store.takes(transcript);
        assert.ok(take);
        const restored = await store.restore(take, 0, false);
        assert.deepEqual(store.at(0), restored);
        assert.deepEqual([restored.identity, restored.segment, restored.locked], ["a", 0, false]);
        const [former] = store.takes(transcript);
        assert.ok(former);
        assert.equal(former.spokenAt, now.spokenAt);
        await store.restore(former, 0, false);
        assert.deepEqual(named(store.clips()), ["b", "a"]);
        assert.deepEqual((await openStore()).clips(), store.clips());
      });

      it("may be in another container than the clip in place", async () => {
        const other = await open("talk.md", { container: container === "wav" ? "raw" : "wav" });
        const take = await other.saveTake(said("a", 1));
        const store = await openStore();
        await store.save(said("b", 2));
        await store.restore(take, 0, false);
        assert.deepEqual(placesOf(store.clips()), [
          ["a", 0],
          ["b", undefined],
        ]);
      });

      it("are refused where they have vanished, or something else is in the way", async () => {
        const store = await openStore();
        const take = await store.saveTake(said("a", 1));
        await assert.rejects(store.restore(take, -1, false), RangeError);
        await writeFile(inFolder(`flush_000.${ending}`), "mine");
        await assert.rejects(store.restore(take, 0, false), { code: "not-ours" });
        assert.deepEqual(store.takes(transcript), [take]);
        await rm(take.path);
        await store.refresh();
        await assert.rejects(store.restore(take, 1, false), { code: "disk", message: /vanished/ });
      });
    });

    describe("by deleteTake", () => {
      it("are gone, from the manifest too; a second time does nothing", async () => {
        const store = await openStore();
        const [a, b] = [await store.saveTake(said("a", 1)), await store.saveTake(said("b", 2))];
        await store.deleteTake(a);
        await store.deleteTake(a);
        assert.deepEqual(store.clips(), [b]);
        assert.equal((await readManifest()).clips.length, 1);
        assert.equal((await namesIn(folder())).length, 2);
      });

      it("are no clips in place", async () => {
        const store = await openStore();
        const clip = await store.save(said("a", 1));
        await store.deleteTake(clip);
        assert.deepEqual(store.clips(), [clip]);
      });
    });

    describe("that are kept", () => {
      it("are the newest five of a text", async () => {
        const store = await openStore();
        for (let at = 1; at <= 8; at++) await store.save(said("a", at));
        assert.deepEqual(seconds(store.takes(transcript)), [7, 6, 5, 4, 3]);
        assert.equal((await namesIn(folder())).length, 7);
      });

      it("are as many as is asked for now", async () => {
        let keep = 3;
        const store = await openStore(() => keep);
        for (let at = 1; at <= 6; at++) await store.save(said("a", at));
        assert.equal(store.takes(transcript).length, 3);
        keep = 1;
        await store.save(newClip(1, "another"));
        assert.deepEqual(seconds(store.takes(transcript)), [5]);
      });

      it("are the newest of each sound in any case: the voice may come back", async () => {
        const store = await openStore(() => 1);
        for (let at = 1; at <= 8; at++) await store.save(said(`voice ${at % 4}`, at));
        assert.deepEqual(named(store.takes(transcript)), ["voice 3", "voice 2", "voice 1"]);
        assert.deepEqual(seconds(store.takes(transcript)), [7, 6, 5]);
      });

      it("are one more where no clip in place has the text, which an undone edit finds", async () => {
        const store = await openStore(() => 0);
        for (const second of [1, 2, 3]) await store.save(said("a", second));
        assert.deepEqual(store.takes(transcript), []);
        await store.save(newClip(0, "another"));
        assert.deepEqual(seconds(store.takes(transcript)), [3]);
        await store.arrange([{ identity: "a", transcript }]);
        assert.equal(store.at(0)?.identity, "a");
      });
    });

    describe("in a folder that", () => {
      it("is a link are refused, also if it became one meanwhile", async () => {
        const store = await openStore();
        await store.save(said("a", 1));
        const elsewhere = join(scratch(), "elsewhere");
        await mkdir(elsewhere);
        await symlink(elsewhere, inFolder("takes"));
        const refused = { code: "outside", message: /takes.*link/ };
        await assert.rejects(store.save(said("b", 2)), refused);
        await assert.rejects(store.saveTake(said("b", 2)), refused);
        await assert.rejects(store.arrange([]), refused);
        await assert.rejects(store.refresh(), refused);
        await assert.rejects(openStore(), refused);
        assert.deepEqual(await namesIn(elsewhere), []);
        assert.equal(store.at(0)?.identity, "a");
      });

      it("is a file are refused, and it is left alone", async () => {
        await mkdir(folder());
        await writeFile(inFolder("takes"), "mine");
        await assert.rejects(openStore(), { code: "not-ours", message: /takes/ });
        assert.equal(await readFile(inFolder("takes"), "utf8"), "mine");
      });

      it("has files of others leave those alone", async () => {
        const store = await openStore();
        await store.saveTake(said("a", 1));
        const others = [`flush_000.${ending}`, `take_1.${ending}`, "notes.txt", "manifest.json"];
        for (const name of others) await writeFile(inFolder(join("takes", name)), "mine");
        await store.refresh();
        for (let at = 2; at < 9; at++) await store.save(said("b", at));
        await store.arrange([]);
        for (const name of others) {
          assert.equal(await readFile(inFolder(join("takes", name)), "utf8"), "mine");
        }
        assert.ok((await openStore()).clips().every(({ identity }) => identity !== "mine"));
      });

      it("somebody tidied are noticed to have gone", async () => {
        const store = await openStore();
        const take = await store.saveTake(said("a", 1));
        await rm(take.path);
        await store.refresh();
        assert.deepEqual(store.clips(), []);
        await store.tidy();
        assert.deepEqual((await readManifest()).clips, []);
        await rm(inFolder("takes"), { recursive: true });
        await store.saveTake(said("b", 2));
        assert.deepEqual(named(store.clips()), ["b"]);
      });
    });
  });
}
