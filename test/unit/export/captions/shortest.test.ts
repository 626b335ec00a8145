import assert from "node:assert/strict";
import fc from "fast-check";
import { captionsOf, spoken } from "../spokenScript.ts";

describe("The captions of hardly any sound", () => {
  it("begin one after the other, and end behind their beginning", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 0.05 })), {
          minLength: 1,
          maxLength: 8,
        }),
        (segments) => {
          const captions = captionsOf(
            segments.map(([words, seconds], index) =>
              spoken(index, "A sentence of a few words. ".repeat(words), seconds || 0),
            ),
          );
          let before = 0;
          for (const { start, end } of captions) {
            assert.ok(start >= before && end > start, `${start} to ${end}, behind ${before}`);
            before = end;
          }
        },
      ),
    );
  });
});
