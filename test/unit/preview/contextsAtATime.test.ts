import assert from "node:assert/strict";
import type { WebSocket } from "ws";
import { audioOf, type Frame, type Interfere } from "../../support/fakes/scriptedService.ts";
import { sendHugeFrame, sendRaw } from "../../faults/interfere.ts";
import { checkAll, errorFrame, nextTurn, singles, speak, timesAsked } from "./speakThem.ts";

/**
 * Holds back what a service answers, and lets it go in rounds: when as many contexts have been answered as there can be at a
 * time, and no more begins.
 */
class Rounds {
  readonly sizes: number[] = [];
  /** How many contexts were open at most. */
  mostOpen = 0;
  readonly #held = new Map<unknown, Frame[]>();
  #left: number;
  readonly #atATime: number;

  constructor(contexts: number, atATime: number) {
    this.#left = contexts;
    this.#atATime = atATime;
  }

  readonly interfere: Interfere = (frame, { socket }) => {
    const { context_id: id, type } = frame;
    const frames = this.#held.get(id) ?? [];
    this.#held.set(id, frames);
    frames.push(frame);
    this.mostOpen = Math.max(this.mostOpen, this.#held.size);
    const ready = [...this.#held.values()].filter((all) => all.at(-1)?.["type"] === "done");
    if (type === "done" && ready.length === Math.min(this.#atATime, this.#left)) {
      void this.#release(socket);
    }
    return false;
  };

  async #release(socket: WebSocket): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await nextTurn(); // one too many would come by then
    const round = [...this.#held.values()];
    this.#held.clear();
    this.#left -= round.length;
    this.sizes.push(round.length);
    // Those that began last are answered first.
    for (const frame of round.reverse().flat()) socket.send(JSON.stringify(frame));
  }
}

describe("speakGroups, with several contexts at a time", () => {
  it("has no more of them open, and needs a quarter of the rounds with four", async () => {
    const groups = singles(40);
    const roundsWith = async (maxConcurrency: number): Promise<number> => {
      const rounds = new Rounds(40, maxConcurrency);
      const { interfere } = rounds;
      const outcome = await speak(groups, {
        maxConcurrency,
        interfere,
        limits: { firstAudioMs: 5000 },
      });
      checkAll(outcome, groups);
      assert.equal(outcome.service.connections, 1);
      assert.equal(rounds.mostOpen, maxConcurrency);
      assert.deepEqual(outcome.contexts, groups, "they begin in the script's order");
      return rounds.sizes.length;
    };
    assert.equal(await roundsWith(1), 40);
    assert.equal(await roundsWith(4), 10);
  });

  it("tells audio as it comes, of whichever context", async () => {
    const held = new Map<unknown, Frame[]>();
    const { events } = await speak([["One."], ["Two."]], {
      maxConcurrency: 2,
      habits: { chunkBytes: 320 },
      interfere: (frame, { socket }) => {
        const id = frame["context_id"];
        held.set(id, [...(held.get(id) ?? []), frame]);
        const [one = [], two = []] = [...held.values()];
        const isLast = [one, two].every((frames) => frames.at(-1)?.["type"] === "done");
        for (let at = 0; isLast && at < Math.max(one.length, two.length); at++) {
          for (const next of [two[at], one[at]]) if (next) socket.send(JSON.stringify(next));
        }
        return false;
      },
    });
    const heard = events.flatMap((event) => (event.type === "audio" ? [event.segment] : []));
    assert.deepEqual(heard, [1, 0, 1, 0]);
  });

  it("sends few segments ahead in each context", async () => {
    const groups = Array.from({ length: 4 }, (_, group) =>
      Array.from({ length: 10 }, (_, at) => `Text ${group}${at}.`),
    );
    const controller = new AbortController();
    let frames: readonly Frame[] = [];
    let sent = 0;
    const speaking = speak(groups, {
      maxConcurrency: 4,
      signal: controller.signal,
      limits: { firstAudioMs: 5000 },
      interfere: () => false, // nothing is ever heard of it
      watch: async ({ type }) => {
        if (type !== "sent" || ++sent < 12) return;
        for (let turn = 0; turn < 20; turn++) await nextTurn();
        controller.abort(new Error("stopped"));
      },
      note: (all) => (frames = all),
    });
    await assert.rejects(speaking, /stopped/);
    const perContext = new Map<unknown, number>();
    for (const { context_id: id, transcript } of frames) {
      if (transcript) perContext.set(id, (perContext.get(id) ?? 0) + 1);
    }
    assert.deepEqual([...perContext.values()], [3, 3, 3, 3]);
  });

  it("cancels all of them at a stop, and sends nothing more", async () => {
    const controller = new AbortController();
    let frames: readonly Frame[] = [];
    let count = 0;
    await assert.rejects(
      speak(singles(9), {
        maxConcurrency: 4,
        signal: controller.signal,
        limits: { firstAudioMs: 5000 },
        interfere: () => false,
        watch: (event) => {
          if (event.type === "sent" && ++count === 4) controller.abort(new Error("stopped"));
        },
        note: (all) => (frames = all),
      }),
      /stopped/,
    );
    const cancelled = frames.filter(({ cancel }) => cancel === true);
    assert.deepEqual(cancelled.map(({ context_id: id }) => id).sort(), [
      "ctx-0",
      "ctx-1",
      "ctx-2",
      "ctx-3",
    ]);
    assert.deepEqual(frames.slice(-4), cancelled);
  });

  it("drops what comes of contexts that are over", async () => {
    const groups = singles(6);
    const late: Frame[] = [];
    const outcome = await speak(groups, {
      maxConcurrency: 3,
      interfere: (frame, { socket }) => {
        for (const old of late) socket.send(JSON.stringify(old));
        socket.send(JSON.stringify(frame));
        if (frame["type"] === "done") late.push({ ...frame, type: "chunk", data: "AAAAAAAA" });
        return false;
      },
    });
    checkAll(outcome, groups);
    assert.equal(outcome.contexts.length, 6);
  });

  for (const [name, act] of [
    ["is broken off", ({ socket }: { socket: WebSocket }) => socket.terminate()],
    ["is closed", ({ socket }: { socket: WebSocket }) => socket.close(1011, "broken")],
    ["brings what is no message", sendRaw("{")],
    ["brings a frame of 4 GiB", sendHugeFrame],
    ["brings an error that names no context", sendRaw(errorFrame(undefined, { status_code: 500 }))],
  ] as const) {
    it(`takes it for one break when the connection ${name}, and says what is not complete again`, async () => {
      const groups = singles(8);
      const outcome = await speak(groups, {
        maxConcurrency: 4,
        retryAfterMs: [1],
        interfere: (frame, { socket, connection }) => {
          const { context_id: id, type } = frame;
          if (connection > 0) return true;
          if (id !== "ctx-3") return id === "ctx-1"; // of the others nothing comes
          if (type === "done") act({ socket, contextId: id });
          return false;
        },
      });
      checkAll(outcome, groups);
      assert.equal(outcome.waits.length, 1);
      assert.equal(outcome.service.connections, 2);
      assert.equal(timesAsked(outcome, "Segment 1."), 1, "what was complete is not said again");
      for (const at of [0, 2, 3]) assert.equal(timesAsked(outcome, `Segment ${at}.`), 2);
      assert.deepEqual(
        outcome.contexts.slice(-7).map(([text]) => text),
        [0, 2, 3, 4, 5, 6, 7].map((at) => `Segment ${at}.`).slice(-7),
        "what is said again goes before what has not begun",
      );
    });
  }

  it("hears the others to their end where all would fail alike, and begins no more", async () => {
    let frames: readonly Frame[] = [];
    const outcome = await speak(singles(9), {
      maxConcurrency: 4,
      limits: { firstAudioMs: 60_000 },
      interfere: ({ context_id: id }, { socket }) => {
        if (id === "ctx-1") socket.send(errorFrame(id, { error_code: "quota_exceeded" }));
        return id !== "ctx-1";
      },
      note: (all) => (frames = all),
    });
    assert.equal(outcome.ending?.code, "out-of-credits");
    assert.deepEqual([...outcome.spoken.keys()].sort(), [0, 2, 3]);
    assert.deepEqual([...outcome.failed.values()], Array(6).fill("failed: out-of-credits"));
    assert.deepEqual(
      frames.filter(({ cancel }) => cancel === true),
      [],
    );
    assert.equal(outcome.contexts.length, 4);
  });

  it("takes silence in all of them for one break", async () => {
    const groups = singles(5);
    const outcome = await speak(groups, {
      maxConcurrency: 4,
      retryAfterMs: [1],
      interfere: (_frame, { connection }) => connection > 0,
    });
    checkAll(outcome, groups);
    assert.deepEqual(outcome.waits, ["stalled"]);
  });

  it("says a context again, and the others not, where it alone falls silent", async () => {
    const groups = singles(5);
    const held: (() => void)[] = [];
    let isFirst = true;
    const outcome = await speak(groups, {
      maxConcurrency: 2,
      limits: { firstAudioMs: 300, nextAudioMs: 60_000 },
      habits: { chunkBytes: 200 },
      interfere: (frame, { socket }) => {
        const { context_id: id } = frame;
        if (id === "ctx-0") return false;
        if (id !== "ctx-1" || isFirst) {
          isFirst &&= id !== "ctx-1";
          return true;
        }
        held.push(() => socket.send(JSON.stringify(frame)));
        return false;
      },
      // The other one is in the middle of its audio when this one is given up.
      watch: ({ type }) => {
        if (type === "void") for (const send of held.splice(0)) send();
      },
    });
    checkAll(outcome, groups);
    assert.deepEqual(outcome.waits, []);
    assert.equal(outcome.service.connections, 1);
    assert.equal(timesAsked(outcome, "Segment 0."), 2);
    assert.equal(timesAsked(outcome, "Segment 1."), 1);
  });

  it("does not count the time in which a context waited for this process", async () => {
    const groups = ["A", "B"].map((name) => Array.from({ length: 5 }, (_, at) => `${name}${at}.`));
    const nextAudioMs = 200;
    const outcome = await speak(groups, {
      maxConcurrency: 2,
      limits: { firstAudioMs: 5000, nextAudioMs, segmentsAhead: 1, segmentsUnproved: 5 },
      habits: { flushDone: "never" },
      watch: async (event) => {
        // All that was sent has come by then: the service has nothing to say until it is sent more.
        if (event.type !== "audio" || event.segment % 5 !== 2) return;
        const until = performance.now() + nextAudioMs + 10;
        while (performance.now() < until) await nextTurn();
      },
    });
    checkAll(outcome, groups);
    assert.deepEqual(outcome.waits, []);
    assert.equal(outcome.contexts.length, 2);
  });

  it("takes nothing for its own that has another context's words, where a service mixes them up", async () => {
    const spoken = (text: string): string => `${text} `.repeat(60).trim();
    const groups = [
      ["It was late.", "Nobody came.", "The lamp burned on."].map(spoken),
      ["Good evening.", "Where were you?", "He opened the door."].map(spoken),
    ];
    const ids: unknown[] = [];
    const held: Frame[] = [];
    const outcome = await speak(groups, {
      maxConcurrency: 2,
      limits: { firstAudioMs: 5000, nextAudioMs: 5000 },
      habits: { words: "from the context" },
      interfere: (frame, { socket }) => {
        const { context_id: id } = frame;
        if (!ids.includes(id)) ids.push(id);
        if (ids.indexOf(id) > 1) return true; // what is said again comes right
        held.push(frame);
        if (ids.length < 2) return false;
        for (const each of held.splice(0)) {
          const other = ids[1 - ids.indexOf(each["context_id"])];
          socket.send(JSON.stringify({ ...each, context_id: other }));
        }
        return false;
      },
    });
    const wrong = groups.flat().filter((text, at) => {
      const samples = outcome.spoken.get(at);
      return !samples || Buffer.compare(samples, audioOf(text)) !== 0; // a list of their bytes would be endless
    });
    assert.equal(wrong.length, 0);
    assert.ok(groups.flat().every((text) => timesAsked(outcome, text) <= 2));
  });
});
