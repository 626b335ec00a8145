import assert from "node:assert/strict";
import { outcomeOfProgram, outcomeOfTests, summarize } from "../../tally.ts";

const green = { passed: 3, skipped: 0, failed: [] };

/** The last line that `npm test` prints of these outcomes. */
function lastLine(...outcomes: Parameters<typeof summarize>[0]): string | undefined {
  return summarize(outcomes).split("\n").at(-1);
}

describe("The counts of npm test", () => {
  it("are the sum over all kinds of tests, on one line of its own", () => {
    const unit = outcomeOfTests("Unit tests", green, 0);
    const ui = outcomeOfTests("UI tests", { passed: 1, skipped: 0, failed: ["a", "b"] }, 1);
    assert.equal(lastLine(unit, ui), "4 passed, 2 failed");
  });

  it("have no place for a type check that passes, and one failure for one that fails", () => {
    const unit = outcomeOfTests("Unit tests", green, 0);
    assert.equal(lastLine(outcomeOfProgram("Type check", true), unit), "3 passed, 0 failed");
    assert.equal(lastLine(outcomeOfProgram("Type check", false), unit), "3 passed, 1 failed");
  });

  it("name each failure with its step", () => {
    const ui = outcomeOfTests(
      "UI tests",
      { passed: 1, skipped: 0, failed: ["the panel plays"] },
      1,
    );
    assert.match(
      summarize([ui, outcomeOfProgram("Lint", false)]),
      /UI tests: the panel plays\n.*Lint/,
    );
  });

  it("say how many tests were skipped", () => {
    const unit = outcomeOfTests("Unit tests", { ...green, skipped: 2 }, 0);
    assert.equal(summarize([unit]), "skipped: 2\n3 passed, 0 failed");
  });

  for (const [what, results, exitCode] of [
    ["left no results", undefined, 0],
    ["ran no test", { passed: 0, skipped: 5, failed: [] }, 0],
    ["ended badly after its last test", green, 1],
  ] as const) {
    it(`take a run that ${what} for a failure`, () => {
      assert.equal(outcomeOfTests("Unit tests", results, exitCode).failed.length, 1);
    });
  }
});
