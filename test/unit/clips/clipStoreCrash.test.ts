import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Container } from "../../../src/clips/clip.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { readWavLayout } from "../../../src/audio/wav.ts";
import { dyingDisk } from "./dyingDisk.ts";
import { listen, makeScratchFolder, namesIn, newClip, soundOf, wanted } from "./scratch.ts";

/** Every file with a clip's name is whole, at this very moment, and a WAV file says what it is. */
async function assertWhole(folder: string): Promise<void> {
  const sounds = new Set(["a", "b", "c", "d"].map((identity) => String(soundOf(identity))));
  for (const name of await namesIn(folder).catch(() => [])) {
    if (!/^(flush|takes\/take)_[\w-]+\.(wav|pcm)$/.test(name)) continue;
    const bytes = await readFile(join(folder, name));
    if (name.endsWith(".pcm")) {
      assert.ok(sounds.has(String(Uint8Array.from(bytes))), `${name} is cut off`);
      continue;
    }
    assert.ok(readWavLayout(bytes, bytes.length).whole, `${name} is cut off`);
    const wav = await listen(join(folder, name));
    assert.deepEqual(Uint8Array.from(wav.samples), soundOf(String(wav.identity)), name);
  }
}

/** Every file with a clip's name is known for what it is, and nothing else is left. */
async function assertKnown(store: ClipStore): Promise<void> {
  for (const { path, container, identity } of store.clips()) {
    const bytes = container === "raw" ? await readFile(path) : (await listen(path)).samples;
    assert.deepEqual(Uint8Array.from(bytes), soundOf(identity), path);
  }
  const names = await namesIn(store.folder).catch(() => []);
  assert.deepEqual(
    names.filter((name) => name !== "manifest.json").map((name) => join(store.folder, name)),
    store
      .clips()
      .map(({ path }) => path)
      .sort(),
  );
}

interface Scenario {
  readonly what: string;
  /** The identities that are there before, by segment. */
  readonly before: readonly string[];
  readonly act: (store: ClipStore) => Promise<unknown>;
  /** The identities that are there afterwards, by segment. */
  readonly after: readonly string[];
  /** How many instants there are at which it can be killed, at least. */
  readonly steps: number;
}

const scenarios: readonly Scenario[] = [
  {
    what: "the first clip is saved",
    before: [],
    act: (store) => store.save(newClip(0, "a")),
    after: ["a"],
    steps: 9,
  },
  {
    what: "a clip is replaced by one of another identity",
    before: ["a", "b"],
    act: (store) => store.save(newClip(1, "c")),
    after: ["a", "c"],
    steps: 10,
  },
  {
    what: "a clip is replaced by another take",
    before: ["a", "b"],
    act: (store) => store.save(newClip(1, "b")),
    after: ["a", "b"],
    steps: 5,
  },
  {
    what: "segments are turned around",
    before: ["a", "b", "c"],
    act: (store) => store.arrange(wanted("c", "a", "b")),
    after: ["c", "a", "b"],
    steps: 11,
  },
  {
    what: "segments are deleted, doubled and moved at once",
    before: ["a", "b", "c", "d"],
    act: (store) => store.arrange(wanted("d", "b", "b", "a")),
    after: ["d", "b", "b", "a"],
    steps: 13,
  },
];

/** How clips were saved before, and how they are when the store is killed. */
const containers: readonly (readonly [before: Container, now: Container])[] = [
  ["wav", "wav"],
  ["raw", "raw"],
  ["wav", "raw"],
  ["raw", "wav"],
];

describe("ClipStore, killed", function () {
  this.timeout(60_000); // dozens of deaths for each test
  for (const [earlier, container] of containers) {
    for (const { what, before, act, after, steps } of scenarios) {
      if (earlier !== container && before.length === 0) continue;
      const how = earlier === container ? container : `${earlier}, then ${container}`;
      it(`loses nothing when it is killed at any instant while ${what} (${how})`, async () => {
        let killed = 0;
        for (let finished = false; !finished; killed++) {
          const scratch = await makeScratchFolder();
          const folder = join(scratch, "talk.speech");
          const place = { folder, documentName: "talk.md", container };
          const first = await ClipStore.open({ ...place, container: earlier });
          for (const [at, identity] of before.entries()) await first.save(newClip(at, identity));

          const { disk, isDead } = dyingDisk(killed);
          const dying = await ClipStore.open({ ...place, disk });
          await act(dying).catch((error: unknown) => assert.ok(isDead(), String(error)));
          finished = !isDead();
          await assertWhole(folder);

          const store = await ClipStore.open(place);
          await assertWhole(folder);
          await assertKnown(store);
          for (const identity of before) {
            assert.notEqual(store.find(identity).length, 0, `${identity} is lost at ${killed}`);
          }
          assert.deepEqual(store.notices, []);
          assert.deepEqual((await ClipStore.open(place)).clips(), store.clips());

          await act(store);
          await assertWhole(folder);
          await assertKnown(store);
          const found = store.clips().filter(({ segment }) => segment !== undefined);
          assert.deepEqual(
            found.map(({ identity }) => identity),
            after,
          );
          await rm(scratch, { recursive: true });
        }
        assert.ok(killed > steps, `only ${killed} instants`);
      });
    }
  }

  it("loses nothing when it is killed again while it puts right what a crash left", async () => {
    let deaths = 0;
    for (let died = true; died; deaths++) {
      const scratch = await makeScratchFolder();
      const folder = join(scratch, "talk.speech");
      const place = { folder, documentName: "talk.md", container: "raw" as const };
      const first = await ClipStore.open(place);
      for (const [at, identity] of ["a", "b", "c"].entries())
        await first.save(newClip(at, identity));
      const arranging = await ClipStore.open({ ...place, disk: dyingDisk(8).disk });
      await assert.rejects(arranging.arrange(wanted("c", "a", "b")));

      const { disk, isDead } = dyingDisk(deaths);
      await ClipStore.open({ ...place, disk }).catch((error: unknown) =>
        assert.ok(isDead(), String(error)),
      );
      died = isDead();
      await assertWhole(folder);
      const store = await ClipStore.open(place);
      await assertKnown(store);
      for (const identity of ["a", "b", "c"]) assert.notEqual(store.find(identity).length, 0);
      await rm(scratch, { recursive: true });
    }
    assert.ok(deaths > 8, `only ${deaths} instants`);
  });
});
