import assert from "node:assert/strict";
import type { WebSocket } from "ws";
import { audioOf, type Frame, type Interfere } from "../../support/fakes/scriptedService.ts";
import { Stage } from "../../faults/stage.ts";
import { checkAll, errorFrame, nextTurn, singles, speak } from "./speakThem.ts";

describe("speakGroups, where the service is at its limit", () => {
  /** Refuses a context that begins when so many are open already. */
  const limitedTo = (most: number, contextOf: (id: unknown) => unknown = (id) => id) => {
    const open = new Set<unknown>();
    const refused = new Set<unknown>();
    let refusals = 0;
    const held: { frame: Frame; socket: WebSocket }[] = [];
    let releasing = false;
    const release = async (): Promise<void> => {
      releasing = true;
      for (let turn = 0; turn < 10; turn++) await nextTurn(); // so that several are open
      for (const { frame, socket } of held.splice(0)) {
        if (frame["type"] === "done") open.delete(frame["context_id"]);
        socket.send(JSON.stringify(frame));
      }
      releasing = false;
    };
    const interfere: Interfere = (frame, { socket }) => {
      const id = frame["context_id"];
      if (refused.has(id)) return false;
      if (!open.has(id) && open.size >= most) {
        refused.add(id);
        refusals++;
        const error = { status_code: 429, error_code: "concurrency_limited" };
        socket.send(errorFrame(contextOf(id), error));
        return false;
      }
      open.add(id);
      held.push({ frame, socket });
      if (!releasing) void release();
      return false;
    };
    return { interfere, refusals: () => refusals };
  };

  it("goes down to fewer contexts, and says those again that were refused", async () => {
    const groups = singles(12);
    const { interfere, refusals } = limitedTo(2);
    const outcome = await speak(groups, { maxConcurrency: 4, interfere });
    checkAll(outcome, groups);
    assert.deepEqual(outcome.waits, []);
    assert.equal(outcome.service.connections, 1);
    assert.equal(refusals(), 2, "each of those that were too many was refused once");
    assert.deepEqual(
      outcome.contexts.slice(4).flat(),
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((at) => `Segment ${at}.`),
      "what was refused goes before what has not begun",
    );
  });

  it("waits once where one context alone is refused, and fails where it still is", async () => {
    const { interfere, refusals } = limitedTo(0);
    const outcome = await speak(singles(6), { maxConcurrency: 4, interfere });
    assert.equal(outcome.ending?.code, "rate-limited");
    assert.deepEqual(outcome.waits, ["rate-limited"]);
    assert.equal(outcome.failed.size, 6);
    assert.equal(refusals(), 5, "four at first, one after the wait");
  });

  it("waits, and goes down to fewer, where it is not said which was refused", async () => {
    const groups = singles(6);
    const { interfere } = limitedTo(1, () => undefined);
    const outcome = await speak(groups, { maxConcurrency: 4, interfere });
    checkAll(outcome, groups);
    assert.ok(outcome.waits.length <= 2);
  });
});

describe("A run, where the service says when to ask again", () => {
  for (const status of [429, 503]) {
    it(`waits as long after ${status}, and no longer`, async () => {
      const headers = { "Retry-After": "42" };
      const waits: number[] = [];
      const stage = await Stage.set({
        texts: ["One."],
        door: { refuse: () => ({ status, headers }) },
        watch: (event, { preview }) => {
          if (event.type !== "waiting") return;
          waits.push(event.ms);
          void preview.stop();
        },
      });
      try {
        await stage.open();
        const ending = await stage.run();
        assert.ok(ending.stopped);
        assert.deepEqual(waits, [42_000]);
      } finally {
        await stage.clear();
      }
    });
  }
});

describe("speakGroups, where the service refuses a text", () => {
  it("fails it alone, though it is not said which of several was refused", async () => {
    const groups = singles(6);
    const refused = Buffer.from(audioOf("Segment 2.")).toString("base64");
    const outcome = await speak(groups, {
      maxConcurrency: 4,
      interfere: ({ data }, { socket }) => {
        if (data !== refused) return true;
        socket.send(errorFrame(undefined, { status_code: 400, message: "No." }));
        return false;
      },
    });
    assert.deepEqual([...outcome.failed], [[2, "failed: bad-request"]]);
    assert.equal(outcome.spoken.size, 5);
  });
});
