import assert from "node:assert/strict";
import { connect } from "../../../../src/session/connection/connection.ts";
import {
  sessionLimits,
  speakContext,
  type ContextEvent,
} from "../../../../src/session/context/speakContext.ts";
import {
  audioOf,
  startScriptedService,
  type Habits,
} from "../../../support/fakes/scriptedService.ts";

const options = {
  model: "sonic-3",
  voice: "V",
  language: "en",
  encoding: "pcm_f32le",
  sampleRate: 44100,
} as const;

const texts = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `Segment ${String(at).padStart(2, "0")}. `);

/** Lets everything happen that can. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await new Promise(setImmediate);
};

/** Says transcripts, and tells how many of them were sent before the audio of each segment had come to its end. */
async function sentAhead(
  transcripts: readonly string[],
  habits: Partial<Habits>,
  nextAudioMs: number,
  isLate = true,
): Promise<{ most: number; events: ContextEvent[] }> {
  let most = 0;
  let sent = 0;
  const service = await startScriptedService(
    { chunkBytes: 320, ...habits },
    (frame, { socket }) => {
      // Acknowledgements at once, and late audio when all that may be sent for them has been sent.
      if (!isLate || frame["type"] === "flush_done") return true;
      held.push(() => socket.send(JSON.stringify(frame)));
      return false;
    },
  );
  const held: (() => void)[] = [];
  const controller = new AbortController();
  const endpoint = { url: service.url, headers: {}, version: "2026-08-14" } as const;
  const connection = await connect(endpoint, 1000, controller.signal);
  const events: ContextEvent[] = [];
  const chunks = Math.ceil(audioOf(transcripts[0] ?? "").length / 320);
  let released = 0;
  const release = async (): Promise<void> => {
    while (!controller.signal.aborted) {
      await settle();
      held.shift()?.();
      if (held.length > 0) released++;
      most = Math.max(most, sent - Math.floor(released / chunks));
    }
  };
  const releasing = release();
  try {
    const limits = { ...sessionLimits, firstAudioMs: nextAudioMs, nextAudioMs };
    const tools = { limits, trace: () => {}, signal: controller.signal };
    const request = { contextId: "ctx-1", options, transcripts };
    for await (const event of speakContext(connection, request, tools)) {
      if (event.type === "sent") sent++;
      events.push(event);
    }
    return { most, events };
  } finally {
    controller.abort();
    await releasing;
    await connection.close(100);
    await service.close();
  }
}

describe("What is sent ahead", () => {
  for (const flushDoneIds of [true, false]) {
    const ids = flushDoneIds ? "with" : "without";
    it(`is bounded by the audio, not by flush_done ${ids} ids that come before it`, async () => {
      const habits = { chunkIds: "none", flushDone: "before", flushDoneIds } as const;
      const { most } = await sentAhead(texts(8), habits, 3000);
      assert.ok(most <= 5, `${most} were sent ahead`);
    });
  }

  it("is no more than four segments of a context where nothing but its end can prove them", async () => {
    for (const flushDone of ["never", "before", "after"] as const) {
      const habits = { chunkIds: "none", flushDone, flushDoneIds: false } as const;
      const { events } = await sentAhead(texts(8), habits, 3000);
      assert.equal(events.filter(({ type }) => type === "sent").length, 4, flushDone);
    }
  });

  it("goes on behind as many segments without audio as are sent ahead", async () => {
    const silent = [2, 3, 4];
    const { events } = await sentAhead(texts(8), { silent }, 1200, false);
    assert.deepEqual(events.at(-1), { type: "ended", unproved: silent });
  });
});
