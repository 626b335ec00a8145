import assert from "node:assert/strict";
import fc from "fast-check";
import { scanScript } from "../../../../src/script/scanner/scan.ts";
import { writtenSpan } from "../../../../src/script/model/segmentAt.ts";
import { segmentPlaces } from "../../../../src/script/model/segmentPlaces.ts";
import { anyDocument, anyLanguage, anyMarkers } from "../arbitraries.ts";

/** The line and character of an offset, counted from the start. */
function positionOf(text: string, offset: number): [line: number, character: number] {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r(?!$)/);
  const before = lines.at(-1) ?? "";
  // A document may be cut between CR and LF.
  if (!before.endsWith("\r")) return [lines.length - 1, before.length];
  return text[offset] === "\n" ? [lines.length - 1, before.length] : [lines.length, 0];
}

describe("segmentPlaces", () => {
  it("finds what is written of each segment, and its lines", () => {
    fc.assert(
      fc.property(anyDocument, anyLanguage, anyMarkers, (text, language, markers) => {
        const { segments } = scanScript(text, { language, markers });
        const places = segmentPlaces(text, segments);
        assert.equal(places.length, segments.length);
        places.forEach((place, at) => {
          const { start, end, line, character, endLine, endCharacter } = place;
          assert.deepEqual({ start, end }, writtenSpan(text, segments[at] ?? place));
          assert.deepEqual([line, character], positionOf(text, start));
          assert.deepEqual([endLine, endCharacter], positionOf(text, end));
        });
      }),
      { numRuns: 1000 },
    );
  });
});
