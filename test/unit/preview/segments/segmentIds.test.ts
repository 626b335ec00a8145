import assert from "node:assert/strict";
import fc from "fast-check";
import { followSegments, type SegmentIds } from "../../../../src/preview/segments/segmentIds.ts";

/** The ids after these texts, one after the other. A letter is a segment. */
function idsAfter(...texts: readonly string[]): readonly number[] {
  let ids: SegmentIds | undefined;
  for (const text of texts) ids = followSegments(ids, [...text]);
  return ids?.ids ?? [];
}

describe("The id of a segment", () => {
  for (const { what, before, now, ids } of [
    { what: "nothing", before: "abc", now: "abc", ids: [0, 1, 2] },
    { what: "a changed text", before: "abc", now: "aXc", ids: [0, 1, 2] },
    { what: "all texts changed", before: "abc", now: "XYZ", ids: [0, 1, 2] },
    { what: "a new segment at the top", before: "abc", now: "Xabc", ids: [3, 0, 1, 2] },
    { what: "a new segment at the end", before: "abc", now: "abcX", ids: [0, 1, 2, 3] },
    { what: "one that is gone", before: "abc", now: "ac", ids: [0, 2] },
    { what: "one that was cut in two", before: "abc", now: "aXYc", ids: [0, 3, 4, 2] },
    { what: "one that lies between", before: "abcd", now: "aXcYd", ids: [0, 4, 2, 5, 3] },
    { what: "the same text twice", before: "aab", now: "aaab", ids: [0, 1, 3, 2] },
    { what: "one that was moved up", before: "abcd", now: "acbd", ids: [0, 2, 1, 3] },
    { what: "one that was moved and one changed", before: "abcd", now: "cbXd", ids: [2, 1, 4, 3] },
  ]) {
    it(`stays its own over ${what}`, () => assert.deepEqual(idsAfter(before, now), ids));
  }

  it("is never another segment's, over any edits, also of one that is gone", () => {
    const script = fc.string({ unit: fc.constantFrom(..."abcde"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(script, { minLength: 2, maxLength: 5 }), (versions) => {
        const given = idsAfter(...versions);
        assert.equal(given.length, versions.at(-1)?.length);
        assert.equal(new Set(given).size, given.length);
      }),
    );
    assert.deepEqual(idsAfter("ab", "b", "cb"), [2, 1]);
  });
});
