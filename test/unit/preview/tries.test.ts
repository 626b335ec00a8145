import assert from "node:assert/strict";
import { audioOf, type Interfere } from "../../support/fakes/scriptedService.ts";
import { checkAll, errorFrame, speak, timesAsked, type Outcome } from "./speakThem.ts";

/** So many texts of one length. */
const texts = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `Segment ${String(at).padStart(2, "0")}.`);

/** How many characters were sent for each that the texts have. */
function cost({ contexts }: Outcome, all: readonly string[]): number {
  const length = (list: readonly string[]): number => list.join(" ").length;
  return length(contexts.flat().map((text) => text.trim())) / length(all);
}

/** The connection breaks whenever so many more segments have been heard. */
const breakAfterEach = (most: number): Interfere => {
  let flushes = 0;
  return (frame, { socket }) => {
    if (frame["type"] === "flush_done" && ++flushes % most === 0) socket.terminate();
    return true;
  };
};

describe("The tries of a run", () => {
  it("are counted from the last segment that was spoken: a service may break again and again", async () => {
    const all = texts(25);
    const outcome = await speak([all], { interfere: breakAfterEach(4), retryAfterMs: [1] });
    checkAll(outcome, [all]);
    assert.ok(outcome.waits.length >= 5);
    assert.ok(cost(outcome, all) < 2, "as much as is sent ahead is sent twice, and no more");
  });

  it("are none where the service closes in good order, and words say that all has come", async () => {
    const all = texts(5);
    const closes: Interfere = ({ type }, { socket }) => {
      if (type !== "done") return true;
      socket.close(1000);
      return false;
    };
    const outcome = await speak([all], {
      habits: { words: "from the context" },
      interfere: closes,
    });
    checkAll(outcome, [all]);
    assert.deepEqual([outcome.waits, outcome.contexts.length], [[], 1]);
  });

  it("are counted so at a service's limit, too", async () => {
    const all = texts(20);
    let flushes = 0;
    const outcome = await speak([all], {
      interfere: (frame, { socket }) => {
        if (frame["type"] !== "flush_done" || ++flushes % 7 > 0) return true;
        socket.send(errorFrame(frame["context_id"], { status_code: 429 }));
        return false;
      },
    });
    checkAll(outcome, [all]);
    assert.ok(outcome.waits.length >= 2);
  });

  it("end where nothing more is spoken, though what was spoken is called back each time", async () => {
    const outcome = await speak([["One.", "Two.", "Three."]], {
      retryAfterMs: [1, 1],
      interfere: (frame, { socket }) => {
        if (frame["flush_id"] !== 2) return true;
        // The audio of the first one goes on, and then it breaks.
        socket.send(JSON.stringify({ ...frame, flush_id: 0 }));
        socket.terminate();
        return false;
      },
    });
    assert.equal(outcome.ending?.code, "offline");
    assert.ok(outcome.waits.length <= 4);
  });

  it("leave out the one segment for which a service stays silent, and go on", async () => {
    const all = texts(12);
    const silent = Buffer.from(audioOf(all[4] ?? "")).toString("base64");
    const over = new Set<unknown>();
    const outcome = await speak([all], {
      limits: { firstAudioMs: 120, nextAudioMs: 120 },
      interfere: ({ data, context_id: id }) => {
        if (data === silent) over.add(id);
        return !over.has(id); // the whole context falls silent
      },
    });
    assert.deepEqual([...outcome.failed], [[4, "incomplete: stalled"]]);
    assert.equal(outcome.spoken.size, 11);
    assert.equal(outcome.ending, undefined, "the run was not ended by it");
  });

  it("say of audio that is never whole that it came, not that there was none", async () => {
    const torn = Buffer.from(audioOf("Two.")).toString("base64");
    const outcome = await speak([["One.", "Two.", "Three."]], {
      interfere: (frame, { socket }) => {
        if (frame["data"] !== torn) return true;
        const data = Buffer.from(torn, "base64").subarray(1).toString("base64");
        socket.send(JSON.stringify({ ...frame, data }));
        return false;
      },
    });
    assert.deepEqual([...outcome.failed], [[1, "incomplete: protocol"]]);
    assert.equal(outcome.spoken.size, 2);
  });

  it("end where the service stays silent for all that follows", async () => {
    const all = texts(12);
    let isDead = false;
    const outcome = await speak([all], {
      limits: { firstAudioMs: 60, nextAudioMs: 60 },
      interfere: ({ flush_id: id }) => {
        isDead ||= id === 3;
        return !isDead;
      },
    });
    assert.equal(outcome.ending?.code, "stalled");
    assert.equal(outcome.failed.size, 12 - outcome.spoken.size);
    assert.ok(timesAsked(outcome, all[11] ?? "") === 0, "what was never begun is not sent");
  });
});

describe("One refused segment", () => {
  it("is said alone, as are those sent with it: the rest stays together", async () => {
    const all = texts(25);
    const refused = Buffer.from(audioOf(all[2] ?? "")).toString("base64");
    const outcome = await speak([all], {
      interfere: ({ data, context_id: id }, { socket }) => {
        if (data !== refused) return true;
        socket.send(errorFrame(id, { status_code: 400, message: "No." }));
        return false;
      },
    });
    assert.deepEqual([...outcome.failed], [[2, "failed: bad-request"]]);
    assert.equal(outcome.spoken.size, 24);
    assert.ok(outcome.contexts.length <= 6, `${outcome.contexts.length} contexts`);
    assert.ok(cost(outcome, all) <= 1.2, String(cost(outcome, all)));
  });
});
