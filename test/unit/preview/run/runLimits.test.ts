import assert from "node:assert/strict";
import { concurrencyOf } from "../../../../src/preview/run/runLimits.ts";

describe("concurrencyOf", () => {
  it("is two where nothing is asked for, and otherwise a whole number from 1 to 15", () => {
    assert.equal(concurrencyOf(), 2);
    assert.deepEqual(
      [4, 1, 15, 2.9, 0, -3, 99, Infinity, NaN].map((asked) => concurrencyOf(asked)),
      [4, 1, 15, 2, 1, 1, 15, 15, 2],
    );
  });
});
