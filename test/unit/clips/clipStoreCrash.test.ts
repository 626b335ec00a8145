import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clip, Container } from "../../../src/clips/model/clip.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { readWavLayout } from "../../../src/audio/wav.ts";
import { dyingDisk } from "./dyingDisk.ts";
import {
  listen,
  makeScratchFolder,
  namesIn,
  newClip,
  openTidied,
  pictureOf,
  soundOf,
  wanted,
} from "./scratch.ts";

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

/** What a user sees of a clip: what it says, its place, whether it is locked. */
function asSeen({ identity, segment, locked }: Clip): string {
  return `${identity} ${segment} ${locked}`;
}

interface Scenario {
  readonly what: string;
  /** The identities that are there before, by segment. */
  readonly before: readonly string[];
  /** What else was done before. */
  readonly prepare?: (store: ClipStore) => Promise<unknown>;
  readonly act: (store: ClipStore) => Promise<unknown>;
  /** The identities that are there afterwards, by segment. */
  readonly after: readonly string[];
  /** The identities that are locked at every instant. */
  readonly locked?: readonly string[];
  /** The one that may be gone. */
  readonly deleted?: string;
  /** How many instants there are at which it can be killed, at least. */
  readonly steps: number;
}

/** Makes the clip of segment 1 a take. */
const speakAnew = (store: ClipStore) => store.save(newClip(1, "c"));
const takeOf = (store: ClipStore, identity: string): Clip | undefined =>
  store.find(identity).find(({ segment }) => segment === undefined);

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
    what: "a run saves clips, and ends",
    before: ["a"],
    act: async (store) => {
      await store.claim();
      for (const [at, identity] of ["b", "c", "d"].entries()) {
        await store.saveUnlessDecided(newClip(at, identity), store.decisions);
      }
      await store.finish();
    },
    after: ["b", "c", "d"],
    steps: 20,
  },
  {
    what: "a run saves clips beside many others",
    before: ["a"],
    prepare: (store) => store.save(newClip(9, "b", { transcript: "A long text. ".repeat(8000) })),
    act: async (store) => {
      for (const [at, identity] of ["c", "d"].entries()) {
        await store.saveUnlessDecided(newClip(at + 1, identity), store.decisions);
      }
      await store.finish();
    },
    after: ["a", "c", "d", "b"],
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
  {
    what: "a take is saved",
    before: ["a"],
    act: (store) => store.saveTake(newClip(0, "d")),
    after: ["a"],
    steps: 8,
  },
  {
    what: "a take is restored",
    before: ["a", "b"],
    prepare: speakAnew,
    act: async (store) => {
      const take = takeOf(store, "b");
      if (take) await store.restore(take, 1, false);
    },
    after: ["a", "b"],
    steps: 8,
  },
  {
    what: "a take is deleted",
    before: ["a", "b"],
    prepare: speakAnew,
    act: async (store) => {
      const take = takeOf(store, "b");
      if (take) await store.deleteTake(take);
    },
    after: ["a", "c"],
    deleted: "b",
    steps: 5,
  },
  {
    what: "a clip is locked beside a locked one",
    before: ["a", "b"],
    prepare: (store) => store.setLocked(0, true),
    act: (store) => store.setLocked(1, true),
    after: ["a", "b"],
    locked: ["a"],
    steps: 4,
  },
  {
    what: "segments with a locked clip are moved, and others deleted",
    before: ["a", "b", "c", "d"],
    prepare: (store) => store.setLocked(1, true),
    act: (store) => store.arrange(wanted("d", "c", "b")),
    after: ["d", "c", "b"],
    locked: ["b"],
    steps: 11,
  },
];

/** How clips were saved before, and how they are when the store is killed. */
const containers: readonly (readonly [before: Container, now: Container])[] = [
  ["wav", "wav"],
  ["raw", "raw"],
  ["wav", "raw"],
  ["raw", "wav"],
];

describe("ClipStore, killed", () => {
  for (const [earlier, container] of containers) {
    for (const scenario of scenarios) {
      const { what, before, prepare, act, after, locked = [], deleted, steps } = scenario;
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

          await prepare?.(first);

          const { disk, isDead } = dyingDisk(killed);
          const dying = await ClipStore.open({ ...place, disk });
          await act(dying).catch((error: unknown) => assert.ok(isDead(), String(error)));
          finished = !isDead();
          await assertWhole(folder);

          const left = await pictureOf(scratch);
          const store = await ClipStore.open(place);
          const seen = store.clips().map(asSeen).sort();
          assert.deepEqual(await pictureOf(scratch), left, "opening changes nothing");
          await store.tidy();
          assert.deepEqual(store.clips().map(asSeen).sort(), seen, "it was seen as it is to be");
          await assertWhole(folder);
          await assertKnown(store);
          for (const identity of before.filter((other) => other !== deleted)) {
            assert.notEqual(store.find(identity).length, 0, `${identity} is lost at ${killed}`);
          }
          for (const identity of locked) {
            const isLocked = store.find(identity).some((clip) => clip.locked);
            assert.ok(isLocked, `${identity} is not locked any more at ${killed}`);
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
      await openTidied({ ...place, disk }).catch((error: unknown) =>
        assert.ok(isDead(), String(error)),
      );
      died = isDead();
      await assertWhole(folder);
      const store = await openTidied(place);
      await assertKnown(store);
      for (const identity of ["a", "b", "c"]) assert.notEqual(store.find(identity).length, 0);
      await rm(scratch, { recursive: true });
    }
    assert.ok(deaths > 8, `only ${deaths} instants`);
  });
});
