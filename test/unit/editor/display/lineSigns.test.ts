import assert from "node:assert/strict";
import { lineSigns, type Sign } from "../../../../src/editor/display/lineSigns.ts";
import type { SegmentState } from "../../../../src/preview/scriptPreview.ts";

/** The sign of a line on which segments in these states begin. */
function signOfLine(...states: readonly (SegmentState | "locked")[]): Sign | undefined {
  const views = states.map((state, index) =>
    state === "locked"
      ? { index, state: "ready" as const, locked: true }
      : { index, state, locked: false },
  );
  return lineSigns(views, () => 0).get(0);
}

describe("The sign beside a line", () => {
  it("is the state of its segment", () => {
    assert.equal(signOfLine("ready"), "ready");
    assert.equal(signOfLine("locked"), "locked");
    assert.equal(signOfLine("queued"), "speaking");
    assert.equal(signOfLine("incomplete"), "failed");
    assert.equal(signOfLine("nothing to say"), undefined);
  });

  it("is the worst of several, in whatever order they stand", () => {
    const worse = ["locked", "ready", "speaking", "not spoken", "changed", "failed"] as const;
    const shown = ["locked", "ready", "speaking", "notSpoken", "changed", "failed"];
    worse.forEach((state, at) => {
      for (const other of worse.slice(0, at)) {
        assert.equal(signOfLine(other, state), shown[at], `${other}, ${state}`);
        assert.equal(signOfLine(state, other, "nothing to say"), shown[at], `${state}, ${other}`);
      }
    });
  });

  it("is told of each line, and of no segment that is gone", () => {
    const views = (["ready", "changed", "failed"] as const).map((state, index) => ({
      index,
      state,
      locked: false,
    }));
    const found = lineSigns(views, (segment) => [3, 7][segment]);
    assert.deepEqual(
      [...found],
      [
        [3, "ready"],
        [7, "changed"],
      ],
    );
  });
});
