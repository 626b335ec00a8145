import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import type { Disk } from "../../../src/clips/disk.ts";
import { readWavLayout } from "../../../src/audio/wav.ts";
import { listen, makeScratchFolder, namesIn, newClip, soundOf } from "./scratch.ts";

/**
 * A disk of a process that is killed before its change number `steps`: a file that is being written then is left half,
 * and nothing else is done any more.
 */
function dyingDisk(steps: number): { readonly disk: Disk; readonly isDead: () => boolean } {
  let left = steps;
  const die = (): never => {
    left = -1;
    throw Object.assign(new Error("EIO: killed"), { code: "EIO", syscall: "write" });
  };
  const live = (): void => {
    if (left < 0) die();
  };
  const change = (): void => {
    live();
    if (left-- === 0) die();
  };
  const guard =
    <A extends unknown[], R>(check: () => void, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      check();
      return work(...args);
    };
  const openFile: Disk["open"] = async (path, flags, mode) => {
    (flags === "wx" ? change : live)();
    const file = await fileSystem.open(path, flags, mode);
    const write = file.writeFile.bind(file);
    file.writeFile = async (data) => {
      if (left !== 0) return guard(change, write)(data);
      await write((data as Uint8Array).subarray(0, (data as Uint8Array).length / 2));
      return die();
    };
    file.sync = guard(change, file.sync.bind(file));
    return file; // its close stays as it is: the system closes the files of the dead
  };
  const disk = {
    lstat: guard(live, fileSystem.lstat),
    readdir: guard(live, fileSystem.readdir),
    readFile: guard(live, fileSystem.readFile),
    realpath: guard(live, fileSystem.realpath),
    mkdir: guard(change, fileSystem.mkdir),
    rename: guard(change, fileSystem.rename),
    rm: guard(change, fileSystem.rm),
    open: openFile,
  } as unknown as Disk;
  return { disk, isDead: () => left < 0 };
}

/** Every file with a clip's name is whole and says what it is, at this very moment. */
async function assertWhole(folder: string): Promise<void> {
  for (const name of await namesIn(folder).catch(() => [])) {
    if (!/^(flush|kept)_\w+\.wav$/.test(name)) continue;
    const bytes = await readFile(join(folder, name));
    assert.ok(readWavLayout(bytes, bytes.length).whole, `${name} is cut off`);
    const wav = await listen(join(folder, name));
    assert.deepEqual(Uint8Array.from(wav.samples), soundOf(String(wav.identity)), name);
  }
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
    act: (store) => store.arrange(["c", "a", "b"]),
    after: ["c", "a", "b"],
    steps: 11,
  },
  {
    what: "segments are deleted, doubled and moved at once",
    before: ["a", "b", "c", "d"],
    act: (store) => store.arrange(["d", "b", "b", "a"]),
    after: ["d", "b", "b", "a"],
    steps: 13,
  },
];

describe("ClipStore, killed", function () {
  this.timeout(60_000); // dozens of deaths for each test
  for (const { what, before, act, after, steps } of scenarios) {
    it(`loses nothing when it is killed at any instant while ${what}`, async () => {
      let killed = 0;
      for (let finished = false; !finished; killed++) {
        const scratch = await makeScratchFolder();
        const place = { folder: join(scratch, "talk.speech"), documentName: "talk.md" };
        const first = await ClipStore.open(place);
        for (const [at, identity] of before.entries()) await first.save(newClip(at, identity));

        const { disk, isDead } = dyingDisk(killed);
        const dying = await ClipStore.open({ ...place, disk });
        await act(dying).catch((error: unknown) => assert.ok(isDead(), String(error)));
        finished = !isDead();
        await assertWhole(place.folder);

        const store = await ClipStore.open(place);
        await assertWhole(place.folder);
        const names = await namesIn(place.folder).catch(() => []);
        assert.deepEqual(
          names.filter((name) => name.endsWith(".tmp")),
          [],
        );
        for (const identity of before) {
          assert.notEqual(store.find(identity).length, 0, `${identity} is lost at ${killed}`);
        }
        assert.deepEqual(store.notices, []);
        assert.deepEqual((await ClipStore.open(place)).clips(), store.clips());

        await act(store);
        await assertWhole(place.folder);
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
});
