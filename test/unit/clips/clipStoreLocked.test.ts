import assert from "node:assert/strict";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import type { ClipStore } from "../../../src/clips/clipStore.ts";
import { namesIn, newClip, useClipFolder, wanted } from "./scratch.ts";

for (const container of ["wav", "raw"] as const) {
  const ending = container === "wav" ? "wav" : "pcm";
  describe(`The locked ${container} clips of a ClipStore`, () => {
    const { inFolder, open, readManifest, folder } = useClipFolder();
    const openStore = (): Promise<ClipStore> => open("talk.md", { container });
    const openWith = async (...identities: readonly string[]): Promise<ClipStore> => {
      const store = await openStore();
      for (const [at, identity] of identities.entries()) await store.save(newClip(at, identity));
      return store;
    };
    const locked = (store: ClipStore): string[] =>
      store
        .clips()
        .flatMap(({ identity, segment, locked }) => (locked ? `${identity} ${segment}` : []));
    const listed = async (): Promise<unknown[]> =>
      (await readManifest()).clips.map((clip) => (clip as { locked?: unknown }).locked);

    it("are so in the manifest, and nowhere else", async () => {
      const store = await openWith("a", "b");
      const before = await readFile(inFolder(`flush_001.${ending}`));
      const manifest = await readFile(inFolder("manifest.json"), "utf8");
      await store.setLocked(1, true);
      assert.deepEqual(locked(store), ["b 1"]);
      assert.deepEqual(await listed(), [undefined, true]);
      assert.deepEqual(await readFile(inFolder(`flush_001.${ending}`)), before);
      assert.deepEqual(locked(await openStore()), ["b 1"]);
      await store.setLocked(1, false);
      assert.deepEqual(locked(store), []);
      assert.equal(await readFile(inFolder("manifest.json"), "utf8"), manifest);
    });

    it("are only such as have a place", async () => {
      const store = await openWith("a");
      await store.saveTake(newClip(1, "b"));
      await assert.rejects(store.setLocked(1, true), { code: "disk", message: /flush_001/ });
      await store.setLocked(1, false);
      assert.deepEqual(locked(store), []);
      const manifest = (await readManifest()) as { clips: object[] };
      const clips = manifest.clips.map((clip) => ({ ...clip, locked: true }));
      await writeFile(inFolder("manifest.json"), JSON.stringify({ ...manifest, clips }));
      const again = await openStore();
      assert.deepEqual(locked(again), ["a 0"]);
      assert.deepEqual(await listed(), [true, undefined]);
    });

    it("stay with their texts when segments move, and say what they said", async () => {
      const store = await openWith("a", "b", "c");
      await store.setLocked(1, true);
      const revoiced = { identity: "b, another voice", transcript: "Said as b." };
      await store.arrange([...wanted("c", "new"), revoiced, ...wanted("a")]);
      assert.deepEqual(locked(store), ["b 2"]);
      assert.deepEqual(locked(await openStore()), ["b 2"]);
      await store.save(newClip(1, "new"));
      assert.deepEqual(locked(store), ["b 2"]);
    });

    it("are told from copies of theirs", async () => {
      const store = await openWith("a");
      await store.setLocked(0, true);
      await store.arrange(wanted("a", "a"));
      assert.deepEqual(locked(store), ["a 0"]);
      await store.arrange(wanted("new", "a", "a"));
      assert.deepEqual(locked(store), ["a 1"]);
      assert.deepEqual(locked(await openStore()), ["a 1"]);
      await store.save(newClip(1, "b"));
      assert.deepEqual(locked(store), []);
      assert.deepEqual(locked(await openStore()), []);
    });

    it("wait for their texts as takes, but where another was saved in their place", async () => {
      const store = await openWith("a", "b", "c");
      for (const segment of [0, 1, 2]) await store.setLocked(segment, true);
      await store.save(newClip(0, "new"));
      await store.arrange(wanted("new", "b"));
      assert.deepEqual(locked(store), ["b 1", "c undefined"]);
      assert.deepEqual(locked(await openStore()), ["b 1", "c undefined"]);
      await store.arrange(wanted("a", "b", "c"));
      assert.deepEqual(locked(store), ["b 1", "c 2"]);
      assert.deepEqual(locked(await openStore()), ["b 1", "c 2"]);
    });

    it("come back to their texts though these have another sound by then", async () => {
      const store = await openWith("a", "b");
      await store.setLocked(1, true);
      await store.arrange(wanted("a"));
      await store.save(newClip(1, "other"));
      const revoiced = { identity: "b, another voice", transcript: "Said as b." };
      await store.arrange([...wanted("a", "other"), revoiced]);
      assert.deepEqual(locked(store), ["b 2"]);
    });

    it("do not come back once their text was unlocked, or another take of it was chosen", async () => {
      for (const decide of [
        (store: ClipStore) => store.setLocked(0, false),
        async (store: ClipStore) => {
          const [clip] = store.find("a");
          assert.ok(clip);
          await store.restore(clip, 0, false);
        },
      ]) {
        const store = await openWith("a", "a");
        for (const segment of [0, 1]) await store.setLocked(segment, true);
        await store.arrange(wanted("a"));
        await decide(store);
        await store.arrange(wanted("a", "a"));
        assert.deepEqual(locked(store), []);
      }
    });

    it("are those that were restored so", async () => {
      const store = await openWith("a");
      await store.save(newClip(0, "b"));
      const take = (): ReturnType<ClipStore["takes"]>[number] => {
        const [found] = store.clips().filter(({ segment }) => segment === undefined);
        assert.ok(found);
        return found;
      };
      assert.equal((await store.restore(take(), 0, true)).locked, true);
      assert.deepEqual(locked(store), ["a 0"]);
      assert.deepEqual(locked(await openStore()), ["a 0"]);
      assert.equal((await store.restore(take(), 0, false)).locked, false);
      assert.deepEqual(locked(store), []);
    });

    it("survive that their files are moved by hand", async () => {
      const store = await openWith("a", "b");
      await store.setLocked(0, true);
      await rename(inFolder(`flush_000.${ending}`), inFolder(`flush_007.${ending}`));
      await store.refresh();
      assert.deepEqual(locked(store), ["a 7"]);
      assert.deepEqual(locked(await openStore()), ["a 7"]);
    });

    it("are seen by another window", async () => {
      const store = await openWith("a");
      const other = await openStore();
      await store.setLocked(0, true);
      await other.refresh();
      assert.deepEqual(locked(other), ["a 0"]);
      await other.setLocked(0, false);
      await store.save(newClip(1, "b"));
      assert.deepEqual(locked(store), []);
    });

    it("are lost with the manifest, of which the user is told", async () => {
      const store = await openWith("a", "b");
      await store.setLocked(0, true);
      if (container === "wav") {
        await rm(inFolder("manifest.json"));
        const reopened = await openStore();
        assert.deepEqual(locked(reopened), []);
        assert.match(reopened.notices.join(), /manifest.*missing.*locked/);
        await reopened.setLocked(0, true);
      }
      await writeFile(inFolder("manifest.json"), "{");
      await store.refresh();
      assert.deepEqual(locked(store), []);
      assert.match(store.notices.join(), /manifest\.json.*could not be read.*locked/);
    });

    it("are told to be lost where the manifest vanished before something is saved", async () => {
      const store = await openWith("a", "b");
      if (container === "raw") return; // without a manifest they are no clips any more
      await store.setLocked(0, true);
      await rm(inFolder("manifest.json"));
      await store.save(newClip(2, "c"));
      assert.deepEqual(locked(store), []);
      assert.match(store.notices.join(), /manifest.*missing.*locked/);
      assert.equal((await namesIn(folder())).length, 4);
    });
  });
}
