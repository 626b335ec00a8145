import assert from "node:assert/strict";
import fc from "fast-check";
import { scanScript } from "../../../../src/script/scanner/scan.ts";
import { segmentAt, writtenSpan } from "../../../../src/script/model/segmentAt.ts";
import { anyScript } from "../arbitraries.ts";

describe("segmentAt", () => {
  const text = "---\n---\none<flush/>two<flush/><flush/>";
  const { segments } = scanScript(text, { language: "markdown" });
  const at = (offset: number): number => segmentAt(segments, offset);

  it("is the segment that a position lies in", () => {
    assert.deepEqual([8, 10, 19, 21].map(at), [0, 0, 1, 1]);
  });

  it("is the segment before a marker for the position between them", () => {
    assert.deepEqual([11, 22, 30].map(at), [0, 1, 2]);
  });

  it("is the segment after a marker for a position in it", () => {
    assert.deepEqual([12, 18, 23, 31].map(at), [1, 1, 2, 3]);
  });

  it("is the first in front matter, and the nearest outside the document", () => {
    assert.deepEqual([0, 5, -1, 38, 1000].map(at), [0, 0, 0, 3, 3]);
  });

  it("finds every segment by its own ends", () => {
    fc.assert(
      fc.property(anyScript, (script) => {
        const { segments } = scanScript(script, { language: "markdown" });
        for (const [index, { start, end }] of segments.entries()) {
          assert.equal(segmentAt(segments, start), index);
          assert.equal(segmentAt(segments, end), index);
        }
      }),
    );
  });
});

describe("writtenSpan", () => {
  it("is the span without the white space at its ends", () => {
    assert.deepEqual(writtenSpan("ab \n cd \nef", { start: 2, end: 9 }), { start: 5, end: 7 });
  });

  it("is empty at the start of what is all white space", () => {
    assert.deepEqual(writtenSpan("ab \n cd", { start: 2, end: 5 }), { start: 2, end: 2 });
  });
});
