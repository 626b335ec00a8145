import assert from "node:assert/strict";
import type { ClipStore } from "../../../../src/clips/clipStore.ts";
import { keeperOf } from "../../../../src/preview/run/clipKeeper.ts";
import { RunClips } from "../../../../src/preview/run/runClips.ts";
import type { SpokenSegment } from "../../../../src/session/context/audioEvent.ts";
import { newClip, placesOf, useClipFolder, wanted } from "../../clips/scratch.ts";

function spokenWith(samples: Uint8Array): SpokenSegment {
  return {
    samples: new Uint8Array(samples),
    words: [],
    wordOrigin: undefined,
    flushIds: [0],
    heard: { first: 1, last: 2 },
    previousHeard: undefined,
    provedBy: ["flush ids"],
  };
}

describe("What a run saves where a clip is locked meanwhile", () => {
  const { open, openWith } = useClipFolder();

  it("is a take, though the lock is only being put", async () => {
    const store = await openWith("a");
    const locking = store.setLocked(0, true);
    await keeperOf(store).save(newClip(0, "b"));
    await locking;
    assert.deepEqual(placesOf(store.clips()), [
      ["a", 0],
      ["b", undefined],
    ]);
    assert.equal(store.at(0)?.locked, true);
  });

  it("is a take, though another window has put the lock", async () => {
    const store = await openWith("a");
    await (await open()).setLocked(0, true);
    await keeperOf(store).save(newClip(0, "b"));
    assert.deepEqual(placesOf(store.clips()), [
      ["a", 0],
      ["b", undefined],
    ]);
    assert.equal((await open()).at(0)?.locked, true);
  });

  /** A run that saves the clip "a" for segment 0. */
  const saveA = async (store: ClipStore): Promise<RunClips> => {
    const { transcript, format, samples } = newClip(0, "a");
    const run = new RunClips({
      keeper: keeperOf(store),
      soundOf: () => ({ model: "m", voice: "V", language: "en", ...format }),
      service: "fake",
      asTakes: false,
      saved: () => {},
      failed: (_, cause) => assert.fail(String(cause)),
    });
    await run.save({ index: 0, transcript, identity: "a" }, spokenWith(samples));
    await run.settle();
    return run;
  };

  it("is all that goes when it turns out not to be the segment's sound", async () => {
    const store = await openWith("a");
    await store.setLocked(0, true);
    const run = await saveA(store);
    assert.equal(store.clips().length, 2);
    await run.discard(0);
    assert.deepEqual(placesOf(store.clips()), [["a", 0]]);
    assert.equal(store.at(0)?.locked, true);
  });

  it("goes, wherever it lies, when it turns out not to be the segment's sound", async () => {
    const store = await open();
    const run = await saveA(store);
    await (await open()).arrange(wanted("new", "a"));
    await run.discard(0);
    assert.deepEqual(store.clips(), []);
  });

  it("leaves the take that was restored in its place when it turns out not to be the segment's sound", async () => {
    const store = await openWith("a");
    const former = store.at(0);
    const run = await saveA(store);
    const [take] = store.takes("Said as a.");
    assert.ok(take);
    await store.restore(take, 0, false);
    await run.discard(0);
    assert.deepEqual(
      store.clips().map(({ spokenAt, segment }) => [spokenAt, segment]),
      [[former?.spokenAt, 0]],
    );
  });
});

describe("What a run saves for segments that want the very same", () => {
  it("is on its way to the disk at once for all of them, however slow that is", async () => {
    const { transcript, format, samples } = newClip(0, "a");
    const asked: number[] = [];
    const run = new RunClips({
      keeper: {
        claim: () => Promise.resolve(),
        finish: () => Promise.resolve(),
        save: ({ segment }) => {
          asked.push(segment);
          return new Promise(() => {}); // the disk does not answer
        },
        saveTake: () => assert.fail("it is no take"),
        takeBack: () => assert.fail("nothing is taken back"),
      },
      soundOf: () => ({ model: "m", voice: "V", language: "en", ...format }),
      service: "fake",
      asTakes: false,
      saved: () => {},
      failed: (_, cause) => assert.fail(String(cause)),
    });
    const [first, ...copies] = Array.from({ length: 100 }, (_, index) => {
      return { index, transcript, identity: "a" };
    });
    assert.ok(first);
    const saving = run.save(first, spokenWith(samples), copies);
    assert.equal(asked.length, 100);
    await saving;
  });
});
