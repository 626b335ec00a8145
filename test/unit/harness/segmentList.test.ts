import assert from "node:assert/strict";
import { hasEnded, readSegmentList } from "../../tools/segmentList.ts";

const states = (...names: readonly string[]) => names.map((state, segment) => ({ segment, state }));

describe("The panel's list of segments", () => {
  it("is read from its accessibility tree", () => {
    const snapshot = `- list "Segments":
  - listitem "Segment 1, ready, 3.4 seconds":
    - button "Play segment 1"
  - listitem "Segment 2, nothing to say"`;
    assert.deepEqual(readSegmentList(snapshot), [
      { segment: 0, state: "ready" },
      { segment: 1, state: "nothing to say" },
    ]);
  });
});

describe("A run", () => {
  it("goes on while a segment is queued or being spoken", () => {
    assert.equal(hasEnded(states("ready", "speaking"), true), false);
    assert.equal(hasEnded(states("queued", "failed"), true), false);
  });

  it("has not begun while the panel is empty or shows what was before", () => {
    assert.equal(hasEnded([], true), false);
    assert.equal(hasEnded(states("not spoken", "not spoken"), false), false);
    assert.equal(hasEnded(states("ready", "changed"), false), false);
  });

  it("has ended when nothing is left to do, or when the panel says so", () => {
    assert.equal(hasEnded(states("ready", "nothing to say", "incomplete"), false), true);
    assert.equal(hasEnded(states("failed", "not spoken"), true), true);
  });
});
