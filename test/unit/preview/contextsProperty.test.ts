import assert from "node:assert/strict";
import fc from "fast-check";
import type { WebSocket } from "ws";
import {
  audioOf,
  type Frame,
  type Habits,
  type Interfere,
} from "../../support/fakes/scriptedService.ts";
import { errorFrame, nextTurn, speak, type Outcome } from "./speakThem.ts";

/** How many cases are tried: more by hand, with `FAULT_CASES=3000`. */
const cases = Number(process.env["FAULT_CASES"] ?? 60);

/** Many groups, and how a service speaks them. */
interface Case {
  /** How many segments each group has. */
  readonly groups: readonly number[];
  readonly maxConcurrency: number;
  readonly habits: Partial<Habits>;
  /** Decides whose frame is sent next. */
  readonly order: readonly number[];
  /** After how many frames of a connection it breaks, for the first connections. */
  readonly breaks: readonly number[];
  /** How many contexts the service bears at a time. */
  readonly limit: number;
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    groups: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 9 }),
    maxConcurrency: fc.integer({ min: 1, max: 6 }),
    habits: fc.record({
      base: fc.integer({ min: 0, max: 2 }),
      chunkIds: fc.constantFrom<Habits["chunkIds"]>(
        "all",
        "all",
        "none",
        "null",
        "missing for the first segment",
      ),
      flushDone: fc.constantFrom<Habits["flushDone"]>("after", "before", "twice", "never"),
      flushDoneIds: fc.boolean(),
      chunkBytes: fc.constantFrom(130, 700, 16_384),
      lateAfterCancel: fc.boolean(),
      noise: fc.boolean(),
    }),
    order: fc.array(fc.nat(50), { minLength: 1, maxLength: 30 }),
    breaks: fc.array(fc.nat(40), { maxLength: 3 }),
    limit: fc.constantFrom(1, 2, 3, 99),
  })
  // An id that is missing for the first of several segments that count from 1 says that ids begin at 0.
  .filter(({ habits }) => habits.chunkIds !== "missing for the first segment" || habits.base === 0);

/** Sends the frames of its contexts mixed, each context's in their order; breaks, and refuses what is too much. */
class MixingService {
  refusals = 0;
  brokenConnections = 0;
  readonly #case: Case;
  readonly #queues = new Map<unknown, Frame[]>();
  readonly #refused = new Set<unknown>();
  #connection = 0;
  #sent = 0;
  #turns = 0;
  #isSending = false;

  constructor(one: Case) {
    this.#case = one;
  }

  readonly interfere: Interfere = (frame, { socket, connection }) => {
    if (connection !== this.#connection) this.#startAnew(connection);
    const id = frame["context_id"];
    if (id === "another") return true; // noise
    if (this.#refused.has(id)) return false;
    if (!this.#queues.has(id) && this.#queues.size >= this.#case.limit) {
      this.#refused.add(id);
      this.refusals++;
      socket.send(errorFrame(id, { error_code: "concurrency_limited" }));
      return false;
    }
    this.#queues.set(id, [...(this.#queues.get(id) ?? []), frame]);
    if (!this.#isSending) void this.#sendAll(socket, connection);
    return false;
  };

  #startAnew(connection: number): void {
    this.#connection = connection;
    this.#queues.clear();
    this.#sent = 0;
    this.#isSending = false;
  }

  async #sendAll(socket: WebSocket, connection: number): Promise<void> {
    this.#isSending = true;
    for (;;) {
      await nextTurn();
      if (connection !== this.#connection) return;
      const waiting = [...this.#queues].filter(([, frames]) => frames.length > 0);
      if (waiting.length === 0) break;
      const { order, breaks } = this.#case;
      const [id, frames] =
        waiting[(order[this.#turns++ % order.length] ?? 0) % waiting.length] ?? [];
      const frame = frames?.shift();
      if (frame?.["type"] === "done") this.#queues.delete(id);
      socket.send(JSON.stringify(frame));
      if (this.#sent++ === breaks[connection]) {
        this.brokenConnections++;
        socket.terminate();
        return;
      }
    }
    this.#isSending = false;
  }
}

describe("Many groups over several contexts at a time", function () {
  this.timeout(cases * 1000);

  it("each get just their own audio; nothing is said twice without cause", () =>
    fc.assert(fc.asyncProperty(anyCase, tryCase), { numRuns: cases }));
});

async function tryCase(one: Case): Promise<void> {
  let count = 0;
  const groups = one.groups.map((size) => Array.from({ length: size }, () => `Text ${count++}.`));
  const service = new MixingService(one);
  const outcome = await speak(groups, {
    maxConcurrency: one.maxConcurrency,
    habits: one.habits,
    interfere: service.interfere,
    retryAfterMs: [1, 1, 1],
    limits: { firstAudioMs: 5000, nextAudioMs: 5000 },
  });
  checkSound(outcome, groups.flat());
  checkSendings(outcome, { one, service, groups });
}

/** No case is so bad that a segment could not be said in the end. */
function checkSound({ spoken, failed, ending }: Outcome, texts: readonly string[]): void {
  assert.deepEqual([...failed], []);
  assert.equal(ending, undefined);
  assert.equal(spoken.size, texts.length);
  for (const [segment, text] of texts.entries()) {
    assert.deepEqual(spoken.get(segment), audioOf(text));
  }
}

/** What was sent again was called back before, and there was a reason. */
function checkSendings(
  { events, contexts, waits }: Outcome,
  {
    one: { habits, limit, maxConcurrency },
    service,
    groups,
  }: { one: Case; service: MixingService; groups: readonly (readonly string[])[] },
): void {
  const sent = new Map<number, number>();
  for (const event of events) {
    if (event.type === "sent") {
      assert.notEqual(sent.get(event.segment), 1, "it is said already, or on its way");
      sent.set(event.segment, 1);
    }
    if (event.type === "void") sent.set(event.segment, 0);
  }
  const hasIds = habits.chunkIds === "all" || habits.chunkIds === "missing for the first segment";
  const isQuiet = service.brokenConnections === 0 && service.refusals === 0;
  if (isQuiet && hasIds)
    assert.deepEqual(
      contexts
        .flat()
        .map((text) => text.trim())
        .sort(),
      groups.flat().sort(),
    );
  assert.ok(waits.length <= service.brokenConnections, "each break is one, and no refusal is");
  if (limit >= maxConcurrency) assert.equal(service.refusals, 0);
}
