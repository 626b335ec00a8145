import assert from "node:assert/strict";
import fc from "fast-check";
import { RowNumbers } from "../../../../../src/webview/sound/player/rowNumbers.ts";

const numbersOf = (numbers: RowNumbers, count: number): number[] =>
  Array.from({ length: count }, (_, row) => numbers.numberOf(row));

/** What the rows' numbers are after one edit. */
function after(before: string, now: string): number[] {
  const numbers = new RowNumbers();
  numbers.follow([...before], [...now]);
  return numbersOf(numbers, now.length);
}

describe("RowNumbers", () => {
  for (const { what, before, now, numbers } of [
    { what: "nothing", before: "abc", now: "abc", numbers: [0, 1, 2] },
    { what: "a changed text", before: "abc", now: "aXc", numbers: [0, 1, 2] },
    { what: "a new segment at the top", before: "abc", now: "Xabc", numbers: [4, 0, 1, 2] },
    { what: "a new segment at the end", before: "abc", now: "abcX", numbers: [0, 1, 2, 4] },
    { what: "one that is gone", before: "abc", now: "ac", numbers: [0, 2] },
    { what: "one that was cut in two", before: "abc", now: "aXYc", numbers: [0, 4, 5, 2] },
    { what: "one that lies between", before: "abcd", now: "aXcYd", numbers: [0, 5, 2, 6, 3] },
    { what: "the same text twice", before: "aab", now: "aaab", numbers: [0, 1, 4, 2] },
  ]) {
    it(`follow ${what}`, () => assert.deepEqual(after(before, now), numbers));
  }

  it("stay each one segment's, over any edits, and lead back to its row", () => {
    const script = fc.array(fc.constantFrom(..."abcde"), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(script, { minLength: 2, maxLength: 5 }), (versions) => {
        const numbers = new RowNumbers();
        versions.slice(1).forEach((version, at) => numbers.follow(versions[at] ?? [], version));
        const last = versions.at(-1) ?? [];
        const given = numbersOf(numbers, last.length);
        assert.equal(new Set(given).size, last.length);
        given.forEach((number, row) => assert.equal(numbers.rowOf(number), row));
      }),
    );
  });

  it("lead nowhere where the segment is gone", () => {
    const numbers = new RowNumbers();
    numbers.follow(["a", "b"], ["b"]);
    assert.equal(numbers.rowOf(0), undefined);
    assert.equal(numbers.rowOf(1), 0);
  });

  it("are the rows again after a reset", () => {
    const numbers = new RowNumbers();
    numbers.follow(["a"], ["X", "a"]);
    assert.ok(numbers.haveMoved);
    numbers.reset();
    assert.deepEqual(numbersOf(numbers, 2), [0, 1]);
    assert.ok(!numbers.haveMoved);
  });
});
