import assert from "node:assert/strict";
import { audioOf } from "../../../support/fakes/scriptedService.ts";
import { errorFrame, speak } from "../speakThem.ts";

describe("speakGroups", () => {
  it("speaks each group over a context of one connection", async () => {
    const { contexts, service, spoken } = await speak([["One.", "Two."], ["Four."]]);
    assert.deepEqual(contexts, [["One. ", "Two."], ["Four."]]);
    assert.equal(service.connections, 1);
    assert.deepEqual(spoken.get(2), audioOf("Four."));
  });

  it("says again, each in a context of its own, what a context does not prove", async () => {
    const { contexts, spoken } = await speak([["One.", "Two.", "Three."]], {
      habits: { chunkIds: "none", flushDone: "never" },
    });
    assert.deepEqual(contexts, [["One. ", "Two. ", "Three."], ["One."], ["Two."], ["Three."]]);
    assert.deepEqual([...spoken.values()], [audioOf("One."), audioOf("Two."), audioOf("Three.")]);
  });

  it("calls a segment incomplete that has no audio alone either", async () => {
    const { failed, spoken } = await speak([["One.", "Two.", "Three."]], {
      interfere: ({ data }) =>
        data !== Buffer.from(audioOf("Two.")).toString("base64") || data === undefined,
    });
    assert.deepEqual([...failed], [[1, "incomplete: stalled"]]);
    assert.deepEqual([...spoken.keys()].sort(), [0, 2]);
  });

  it("goes on over a new connection, with what is not yet spoken, when one breaks", async () => {
    const { contexts, spoken, service } = await speak([["One.", "Two.", "Three.", "Four."]], {
      interfere: (frame, { socket, connection }) => {
        if (connection === 0 && frame["flush_id"] === 2) socket.terminate();
        return true;
      },
    });
    assert.equal(service.connections, 2);
    assert.equal(spoken.size, 4);
    assert.ok(!contexts[1]?.includes("One. "));
  });

  it("gives up after a few breaks, and says what is incomplete", async () => {
    const { failed, spoken, ending, service } = await speak([["One.", "Two."], ["Four."]], {
      interfere: (frame, { socket }) => {
        if (frame["flush_id"] === 1) socket.terminate();
        return true;
      },
    });
    assert.equal(service.connections, 3);
    assert.equal(ending?.code, "offline");
    assert.equal(spoken.size, 0);
    assert.deepEqual([...failed.values()], Array(3).fill("incomplete: offline"));
  });

  it("fails every segment alike where the service can't be reached", async () => {
    const { failed, ending } = await speak([["One.", "Two."]], { url: "ws://127.0.0.1:9" });
    assert.equal(ending?.code, "offline");
    assert.deepEqual(
      [...failed],
      [
        [0, "failed: offline"],
        [1, "failed: offline"],
      ],
    );
  });

  it("asks for nothing more after a failure that all segments would share", async () => {
    const { failed, ending, contexts } = await speak([["One."], ["Three."]], {
      interfere: (frame, { socket }) => {
        socket.send(errorFrame(frame["context_id"], { error_code: "quota_exceeded" }));
        return false;
      },
    });
    assert.equal(ending?.code, "out-of-credits");
    assert.equal(contexts.length, 1);
    assert.equal(failed.size, 2);
  });

  it("waits once where the service is at its limit, and says for how long", async () => {
    let limited = 0;
    const { failed, spoken, waits } = await speak([["One."]], {
      interfere: (frame, { socket }) => {
        if (limited++ > 0) return true;
        socket.send(errorFrame(frame["context_id"], { error_code: "concurrency_limited" }));
        return false;
      },
    });
    assert.deepEqual(waits, ["rate-limited"]);
    assert.equal(failed.size, 0);
    assert.equal(spoken.size, 1);
  });

  it("gives up where the service is still at its limit after that", async () => {
    const { ending, waits } = await speak([["One."]], {
      interfere: (frame, { socket }) => {
        socket.send(errorFrame(frame["context_id"], { status_code: 429 }));
        return false;
      },
    });
    assert.equal(ending?.code, "rate-limited");
    assert.equal(waits.length, 1);
  });

  it("does not let one refused segment take the others with it", async () => {
    const refused = Buffer.from(audioOf("Two.")).toString("base64");
    const { failed, spoken } = await speak([["One.", "Two.", "Three."]], {
      interfere: (frame, { socket }) => {
        if (frame["data"] !== refused) return true;
        socket.send(errorFrame(frame["context_id"], { status_code: 400, error: "no" }));
        return false;
      },
    });
    assert.deepEqual([...failed], [[1, "failed: bad-request"]]);
    assert.deepEqual([...spoken.keys()].sort(), [0, 2]);
  });
});
