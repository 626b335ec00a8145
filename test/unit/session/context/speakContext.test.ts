import assert from "node:assert/strict";
import fc from "fast-check";
import type { WebSocket } from "ws";
import { connect } from "../../../../src/session/connection/connection.ts";
import { isFailure } from "../../../../src/session/connection/failure.ts";
import {
  sessionLimits,
  speakContext,
  type ContextEvent,
  type SessionLimits,
} from "../../../../src/session/context/speakContext.ts";
import {
  audioOf,
  startScriptedService,
  type Habits,
  type Interfere,
  type ScriptedService,
} from "../../../support/fakes/scriptedService.ts";
import { sendHugeFrame } from "../../../faults/interfere.ts";

const options = {
  model: "sonic-3",
  voice: "V",
  language: "en",
  encoding: "pcm_f32le",
  sampleRate: 44100,
} as const;

interface Session {
  readonly service: ScriptedService;
  readonly events: readonly ContextEvent[];
  readonly error: unknown;
}

interface Circumstances {
  readonly habits?: Partial<Habits>;
  readonly interfere?: Interfere;
  readonly limits?: Partial<SessionLimits>;
  /** Called with each event; may abort. */
  readonly watch?: (event: ContextEvent, controller: AbortController) => void;
  readonly trace?: (line: string) => void;
  readonly key?: string;
}

/** Says transcripts to a service with the given habits, and tells what came of it. */
async function say(transcripts: readonly string[], how: Circumstances = {}): Promise<Session> {
  const service = await startScriptedService(how.habits, how.interfere);
  const controller = new AbortController();
  const limits = { ...sessionLimits, ...how.limits };
  const events: ContextEvent[] = [];
  let error: unknown;
  const connection = await connect(
    {
      url: service.url,
      headers: how.key ? { Authorization: `Bearer ${how.key}` } : {},
      version: "2026-08-14",
    },
    1000,
    controller.signal,
    how.trace,
  );
  try {
    const request = { contextId: "ctx-1", options, transcripts };
    const tools = { limits, trace: how.trace ?? (() => {}), signal: controller.signal };
    for await (const event of speakContext(connection, request, tools)) {
      events.push(event);
      how.watch?.(event, controller);
    }
  } catch (caught) {
    error = caught;
  } finally {
    await connection.close(1000);
    await service.close();
  }
  return { service, events, error };
}

/** The samples of each position that can be trusted at the end. */
function spoken({ events }: Session): Map<number, Uint8Array> {
  const result = new Map<number, Uint8Array>();
  for (const event of events) {
    if (event.type === "spoken") result.set(event.position, event.segment.samples);
    if (event.type === "void") event.positions.forEach((at) => result.delete(at));
    if (event.type === "ended") event.unproved.forEach((at) => result.delete(at));
  }
  return result;
}

/** Sends what it is given every so many milliseconds, as long as somebody is there. */
function every(ms: number, socket: WebSocket, next: () => object): void {
  const timer = setInterval(() => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(next()));
    else clearInterval(timer);
  }, ms);
}

const codeOf = (error: unknown): string | undefined => (isFailure(error) ? error.code : undefined);

describe("speakContext", () => {
  it("sends push, flush, push, no more inputs, and yields each segment's bytes", async () => {
    const session = await say(["Stay hungry, ", "stay foolish."]);
    assert.deepEqual(
      session.service.frames.map(({ transcript, continue: goesOn, flush }) => [
        transcript,
        goesOn,
        flush,
      ]),
      [
        ["Stay hungry, ", true, undefined],
        ["", true, true],
        ["stay foolish.", true, undefined],
        ["", false, undefined],
      ],
    );
    assert.deepEqual(
      [...spoken(session)],
      [
        [0, audioOf("Stay hungry, ")],
        [1, audioOf("stay foolish.")],
      ],
    );
  });

  it("sends no more than three segments ahead of the audio", async () => {
    const transcripts = Array.from({ length: 12 }, (_, at) => `Segment ${at}. `);
    let sent = 0;
    let heard = -1;
    const session = await say(transcripts, {
      watch: (event) => {
        if (event.type === "sent") sent++;
        if (event.type === "audio") heard = Math.max(heard, event.position);
        assert.ok(sent <= heard + 1 + sessionLimits.segmentsAhead);
      },
    });
    assert.equal(spoken(session).size, 12);
  });

  it("cuts samples wherever the service does, and joins them again", async () => {
    const session = await say(["One. ", "Two."], { habits: { chunkBytes: 7 } });
    assert.deepEqual(spoken(session).get(1), audioOf("Two."));
  });

  it("leaves audio alone that has the key's letters in it", async () => {
    const key = Buffer.from(audioOf("One.")).toString("base64").slice(8, 12);
    const session = await say(["One."], { key });
    assert.deepEqual(spoken(session).get(0), audioOf("One."));
  });

  it("yields the raw flush ids", async () => {
    const { events } = await say(["One. ", "Two."], { habits: { base: 1 } });
    assert.deepEqual(
      events.flatMap((event) => (event.type === "spoken" ? [event.segment.flushIds] : [])),
      [[1], [2]],
    );
  });

  it("says which segment has no audio", async () => {
    const session = await say(["One. ", "Two. ", "Three."], { habits: { silent: [1] } });
    assert.deepEqual(session.events.at(-1), { type: "ended", unproved: [1] });
    assert.deepEqual([...spoken(session).keys()], [0, 2]);
  });

  it("proves nothing where the last segment has no audio and no flush is done: ids may be shifted", async () => {
    const session = await say(["One. ", "Two. ", "Three."], {
      habits: { silent: [2], flushDone: "never" },
    });
    assert.equal(spoken(session).size, 0);
  });

  it("proves all others where the last segment has no audio and each flush before it is done", async () => {
    const session = await say(["One. ", "Two. ", "Three."], { habits: { silent: [2] } });
    assert.deepEqual(session.events.at(-1), { type: "ended", unproved: [2] });
    assert.deepEqual([...spoken(session).keys()], [0, 1]);
  });

  it("takes frames that are empty, or null, for nothing", async () => {
    const session = await say(["One. ", "Two."], {
      interfere: (_frame, { socket }) => {
        for (const nothing of ["", "null", " \n"]) socket.send(nothing);
        return true;
      },
    });
    assert.equal(session.error, undefined);
    assert.equal(spoken(session).size, 2);
  });

  it("stops where the service ends the context early, and leaves the rest unsaid", async () => {
    const transcripts = Array.from({ length: 9 }, (_, at) => `Segment ${at}. `);
    const session = await say(transcripts, {
      interfere: (frame, { socket }) => {
        if (frame["flush_id"] !== 2 || frame["type"] !== "flush_done") return true;
        socket.send(JSON.stringify({ type: "done", context_id: "ctx-1", done: true }));
        return false;
      },
    });
    const sent = session.events.filter(({ type }) => type === "sent").length;
    assert.ok(sent < 9);
    assert.deepEqual([...spoken(session).keys()].slice(0, 2), [0, 1]);
  });

  it("sends a cancel and throws the reason when aborted, in whatever state", async () => {
    for (const when of ["sent", "audio", "spoken"] as const) {
      const session = await say(["One. ", "Two. ", "Three. ", "Four. ", "Five."], {
        watch: (event, controller) => {
          if (event.type === when) controller.abort(new Error("stopped"));
        },
      });
      assert.equal((session.error as Error).message, "stopped");
      assert.deepEqual(session.service.frames.at(-1), { context_id: "ctx-1", cancel: true });
    }
  });

  it("fails as stalled when the service falls silent", async () => {
    const session = await say(["One. ", "Two."], {
      limits: { nextAudioMs: 50 },
      interfere: (frame) => frame["type"] !== "done" && frame["flush_id"] === 0,
    });
    assert.equal(codeOf(session.error), "stalled");
  });

  it("fails as stalled although frames that are no progress keep coming", async () => {
    let timer: NodeJS.Timeout | undefined;
    const session = await say(["One."], {
      limits: { firstAudioMs: 80 },
      interfere: (_frame, { socket }) => {
        timer ??= setInterval(() => socket.send('{"type":"tick","context_id":"ctx-1"}'), 10);
        return false;
      },
    });
    clearInterval(timer);
    assert.equal(codeOf(session.error), "stalled");
  });

  it("fails as stalled where acknowledgements come for ever: there is one for each flush", async () => {
    let ids = 100;
    const session = await say(["One. ", "Two."], {
      limits: { firstAudioMs: 100, nextAudioMs: 100 },
      interfere: (_frame, { socket }) => {
        every(5, socket, () => ({ type: "flush_done", context_id: "ctx-1", flush_id: ids++ }));
        return false;
      },
    });
    assert.equal(codeOf(session.error), "stalled");
  });

  it("fails as stalled where a byte of audio comes now and then: that would never be heard to its end", async () => {
    const session = await say(["One."], {
      limits: { firstAudioMs: 100, nextAudioMs: 100 },
      interfere: (frame, { socket }) => {
        if (frame["type"] === "chunk") {
          every(5, socket, () => ({ ...frame, data: "AAAAAA==" }));
        }
        return false;
      },
    });
    assert.equal(codeOf(session.error), "stalled");
  });

  it("waits for a service that is slower than its audio, as long as it gets on", async () => {
    let left = 40;
    const data = Buffer.alloc(44_100).toString("base64"); // a quarter of a second
    const session = await say(["x".repeat(2000)], {
      limits: { firstAudioMs: 1000, nextAudioMs: 1000 },
      interfere: (frame, { socket }) => {
        if (frame["type"] !== "chunk") return false;
        every(20, socket, () =>
          left-- > 0 ? { ...frame, data } : { type: "done", context_id: "ctx-1", done: true },
        );
        return false;
      },
    });
    assert.equal(session.error, undefined);
    assert.equal(spoken(session).get(0)?.length, 40 * 44_100);
  });

  it("gives up a segment that has far more audio than its text, though the context's would do", async () => {
    const data = Buffer.alloc(40 * 4 * 44_100).toString("base64"); // 40 s
    const session = await say(["One. ", "Two. ", "Three."], {
      interfere: (frame, { socket }) => {
        if (frame["flush_id"] !== 1) return true;
        if (frame["type"] === "chunk") socket.send(JSON.stringify({ ...frame, data }));
        return false;
      },
    });
    assert.equal(codeOf(session.error), "protocol");
    assert.match((session.error as Error).message, /far more audio/);
  });

  it("hears what came while this process was busy for longer than it would wait", async () => {
    const session = await say(["One. ", "Two. ", "Three."], {
      limits: { nextAudioMs: 20 },
      watch: ({ type }) => {
        const until = performance.now() + 30;
        while (type === "audio" && performance.now() < until);
      },
    });
    assert.equal(session.error, undefined);
    assert.equal(spoken(session).size, 3);
  });

  it("fails as offline when the service hangs up, however politely", async () => {
    for (const code of [1000, 1011]) {
      const session = await say(["One. ", "Two."], {
        interfere: (frame, { socket }) => {
          if (frame["flush_id"] === 1) socket.close(code, "connection idle timeout");
          return frame["flush_id"] === 0;
        },
      });
      assert.equal(codeOf(session.error), "offline");
      assert.match((session.error as Error).message, /connection idle timeout/);
    }
  });

  it("fails with what the service said", async () => {
    const session = await say(["One."], {
      interfere: (_frame, { socket }) => {
        socket.send(
          '{"type":"error","context_id":"ctx-1","done":true,"status_code":400,"error_code":"voice_not_found","message":"No such voice"}',
        );
        return false;
      },
    });
    assert.equal(codeOf(session.error), "voice-not-found");
    assert.match((session.error as Error).message, /No such voice/);
  });

  it("fails as a protocol error for frames that are none", async () => {
    const bad = [
      "not json",
      "[]",
      Buffer.from([1, 2]),
      '{"type":"chunk","context_id":"ctx-1","data":"A A!"}',
    ];
    for (const frame of bad) {
      const session = await say(["One."], {
        interfere: (_frame, { socket }) => {
          socket.send(frame);
          return false;
        },
      });
      assert.equal(codeOf(session.error), "protocol", String(frame));
    }
  });

  it("gives up a context whose audio has no end", async () => {
    const data = Buffer.alloc(1 << 20).toString("base64");
    const session = await say(["One."], {
      interfere: (frame, { socket }) => {
        for (let sent = 0; sent < 20; sent++) socket.send(JSON.stringify({ ...frame, data }));
        return false;
      },
    });
    assert.equal(codeOf(session.error), "protocol");
    assert.match((session.error as Error).message, /far more audio/);
    assert.equal(session.service.frames.at(-1)?.["cancel"], true);
  });

  it("takes what has come before a connection broke, though more was to be sent", async () => {
    const transcripts = Array.from({ length: 6 }, (_, at) => `Segment ${at}. `);
    const session = await say(transcripts, {
      interfere: (frame, { socket }) => {
        if (frame["flush_id"] === 2) sendHugeFrame({ socket, contextId: "ctx-1" });
        return frame["flush_id"] !== 2;
      },
    });
    assert.equal(codeOf(session.error), "protocol");
    assert.ok(spoken(session).has(0));
  });

  it("asks for no more of a context that is disproved, and cancels it", async () => {
    const transcripts = Array.from({ length: 9 }, (_, at) => `Segment ${at}. `);
    const session = await say(transcripts, {
      interfere: (frame, { socket }) => {
        if (frame["type"] === "flush_done") {
          socket.send(JSON.stringify({ ...frame, type: "chunk", data: "AAAA", flush_id: 99 }));
        }
        return true;
      },
    });
    assert.equal(spoken(session).size, 0);
    const sent = session.events.filter(({ type }) => type === "sent").length;
    assert.ok(sent <= 4);
    assert.equal(session.service.frames.at(-1)?.["cancel"], true);
  });

  it("logs every frame both ways, without audio", async () => {
    const lines: string[] = [];
    const session = await say(["One."], { trace: (line) => lines.push(line) });
    assert.equal(lines.filter((line) => line.startsWith("sent ")).length, 2);
    assert.ok(lines.some((line) => line.startsWith('received {"type":"chunk"')));
    const audio = Buffer.from(spoken(session).get(0) ?? []).toString("base64");
    assert.ok(!lines.join().includes(audio.slice(0, 40)));
  });

  it("says in the log where the words' times were found to count from", async () => {
    const lines: string[] = [];
    await say(["One. ", "Two."], {
      trace: (line) => lines.push(line),
      interfere: (frame, { socket }) => {
        const { type, flush_id } = frame;
        if (type !== "chunk") return true;
        const seconds = audioOf("One.").length / 4 / 44100;
        const start = flush_id === 0 ? 0 : seconds;
        const times = { words: ["word"], start: [start], end: [start + seconds] };
        const common = { type: "timestamps", context_id: "ctx-1", flush_id };
        socket.send(JSON.stringify({ ...common, word_timestamps: times }));
        return true;
      },
    });
    assert.ok(lines.includes("segment 1 of the context: 1 words, times from the context's start"));
  });

  it("gives every segment exactly its own bytes or none, under every habit at once", async () => {
    const habits = fc.record({
      base: fc.integer({ min: 0, max: 2 }),
      chunkIds: fc.constantFrom<Habits["chunkIds"]>(
        "all",
        "none",
        "null",
        "missing for the first segment",
      ),
      flushDone: fc.constantFrom<Habits["flushDone"]>("after", "before", "twice", "never"),
      flushDoneIds: fc.boolean(),
      chunkBytes: fc.constantFrom(1, 3, 500, 16_384, 1 << 20),
      doneStatus: fc.constantFrom<Habits["doneStatus"]>(200, 206),
      noise: fc.boolean(),
    });
    const words = fc.array(fc.constantFrom("a ", "bc ", "def. ", "ghij "), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(habits, words, async (habit, transcripts) => {
        // An id missing for the first of several segments that count from 1 or 2 says that ids begin at 0.
        fc.pre(habit.chunkIds !== "missing for the first segment" || habit.base === 0);
        const session = await say(transcripts, {
          habits: habit,
          limits: { firstAudioMs: 300, nextAudioMs: 300 },
        });
        const heard = spoken(session);
        for (const [position, samples] of heard) {
          assert.deepEqual(samples, audioOf(transcripts[position] ?? ""));
        }
        const sent = session.events.filter(({ type }) => type === "sent").length;
        assert.ok(sent >= Math.min(4, transcripts.length));
        if (habit.chunkIds === "all") assert.equal(heard.size, sent);
      }),
      { numRuns: 60 },
    );
  });
});
