import assert from "node:assert/strict";
import { counted } from "../../../../src/cli/common/counted.ts";

describe("counted", () => {
  for (const [count, segments, stretches] of [
    [0, "0 segments", "0 stretches"],
    [1, "1 segment", "1 stretch"],
    [2, "2 segments", "2 stretches"],
  ] as const) {
    it(`agrees with ${count}`, () => {
      assert.equal(counted(count, "segment"), segments);
      assert.equal(counted(count, "stretch", "stretches"), stretches);
    });
  }
});
