import assert from "node:assert/strict";
import fc from "fast-check";
import { checkClips } from "../../faults/checkClips.ts";
import { interfereWith, randomCase, type RandomCase } from "../../faults/randomFault.ts";
import { Stage } from "../../faults/stage.ts";

/** How many cases are tried: more by hand, with `FAULT_CASES=3000`. */
const cases = Number(process.env["FAULT_CASES"] ?? 100);

describe("A run with any one fault", function () {
  this.timeout(cases * 1000);

  it("leaves each segment exactly its bytes or nothing, and the next run completes them", () =>
    fc.assert(fc.asyncProperty(randomCase, tryCase), { numRuns: cases }));

  it("takes nothing of the next segment, whose words have not come, where there are no ids and it breaks there", () =>
    tryCase({
      ...{ texts: ["A.", "Be it."], ready: [], maxConcurrency: 1 },
      habits: {
        ...{ base: 0, chunkIds: "null", flushDone: "never", flushDoneIds: false, chunkBytes: 13 },
        ...{ words: "from the context", wordIds: false, doneStatus: 200 },
        ...{ lateAfterCancel: false, noise: false },
      },
      fault: { kind: "close", at: 38, lasting: false },
    }));
});

async function tryCase({ habits, fault, ready, ...staging }: RandomCase): Promise<void> {
  const { interfere, mute, begin, lift } = interfereWith(fault, staging.texts);
  const stage = await Stage.set({ ...staging, habits: { ...habits, mute }, interfere });
  try {
    await stage.open();
    for (const segment of ready) await stage.run({ kind: "segment", segment });
    begin();
    const { failure, missing, stopped } = await stage.run();
    assert.equal(stopped, false);
    assert.equal(failure !== undefined, missing > 0, "one failure where something is missing");
    await checkClips(stage);
    checkReasons(stage);
    lift();
    await stage.open(); // as a new window would find it
    await checkClips(stage);
    const again = await stage.run();
    assert.equal(again.failure, undefined, again.failure?.message);
    assert.ok(stage.states().every((state) => state === "ready" || state === "nothing to say"));
    await checkClips(stage);
  } finally {
    await stage.clear();
  }
}

/** What was asked for and has no clip says why. */
function checkReasons({ preview }: Stage): void {
  for (const { state, reason } of preview.segments()) {
    assert.ok(["ready", "nothing to say", "failed", "incomplete"].includes(state), state);
    assert.equal(reason !== undefined, state === "failed" || state === "incomplete");
  }
}
