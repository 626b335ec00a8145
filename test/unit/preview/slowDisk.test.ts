import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { basename } from "node:path";
import type { Disk } from "../../../src/clips/model/disk.ts";
import { Stage } from "../../faults/stage.ts";
import { checkClips } from "../../faults/checkClips.ts";

/** What is waited for, until it is opened. */
function gate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((opened) => (resolve = opened));
  return { promise, resolve };
}

/** A disk on which no clip is written down before `opens` has ended; a run claims its folder before it sends anything. */
function disk(opens: Promise<unknown>): Disk {
  const open: Disk["open"] = async (path, flags, mode) => {
    const file = await fileSystem.open(path, flags, mode);
    const sync = file.sync.bind(file);
    file.sync = async () => {
      if (basename(String(path)).startsWith("flush_")) await opens;
      return sync();
    };
    return file;
  };
  return { ...fileSystem, open };
}

describe("A slow disk", function () {
  this.timeout(60_000);
  const texts = Array.from({ length: 40 }, (_, at) => `Segment ${at}.`);

  for (const maxConcurrency of [1, 4]) {
    it(`keeps neither what is sent nor what is heard waiting, with ${maxConcurrency} contexts at a time`, async () => {
      const last = gate();
      // The disk goes on when the service has ended the last context: before that it would be a deadlock.
      let open = 0;
      const asked = new Set<unknown>();
      const stage = await Stage.set({
        texts,
        maxConcurrency,
        disk: disk(last.promise),
        interfere: ({ type, context_id: id }) => {
          if (!asked.has(id)) open++;
          asked.add(id);
          if (type === "done" && --open === 0 && stage.asked.length >= 40) last.resolve();
          return true;
        },
      });
      try {
        await stage.open();
        const ending = await stage.run();
        assert.equal(ending.failure, undefined, ending.failure?.message);
        assert.deepEqual(stage.asked, texts, "each was sent once");
        assert.equal(ending.saved, 40);
        assert.ok(stage.states().every((state) => state === "ready"));
        await checkClips(stage);
      } finally {
        last.resolve();
        await stage.clear();
      }
    });
  }

  it("takes back what is void when it has been saved, and keeps what is said again", async () => {
    const last = gate();
    let done = 0;
    const stage = await Stage.set({
      texts: ["One.", "Two.", "Three."],
      disk: disk(last.promise),
      interfere: (frame, { socket }) => {
        const { type, flush_id: id, data } = frame;
        // The first one's audio goes on behind the second's: so it was not whole, and is said again.
        if (type === "chunk" && id === 2) {
          socket.send(JSON.stringify({ ...frame, flush_id: 0, data }));
        }
        if (type === "done" && ++done === 2) last.resolve();
        return true;
      },
    });
    try {
      await stage.open();
      const ending = await stage.run();
      assert.equal(ending.failure, undefined, ending.failure?.message);
      assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
      await checkClips(stage);
    } finally {
      last.resolve();
      await stage.clear();
    }
  });

  it("ends with all that many segments of one text want, which is sent once", async () => {
    const texts = [...Array.from({ length: 60 }, () => "All the same."), "The end."];
    const stage = await Stage.set({ texts, disk: disk(Promise.resolve()) });
    try {
      await stage.open();
      const ending = await stage.run();
      assert.equal(ending.failure, undefined, ending.failure?.message);
      assert.deepEqual(stage.asked, ["All the same.", "The end."]);
      assert.equal(ending.saved, texts.length);
      assert.ok(stage.states().every((state) => state === "ready"));
    } finally {
      await stage.clear();
    }
  });
});
