import assert from "node:assert/strict";
import fc from "fast-check";
import { scanScript } from "../../../../src/script/scanner/scan.ts";
import { writtenSpan } from "../../../../src/script/model/segmentAt.ts";
import { PlaceFinder, type SegmentPlace } from "../../../../src/script/model/segmentPlaces.ts";
import { anyDocument, anyEdit, anyLanguage, anyMarkers, edited } from "../arbitraries.ts";

const find = (finder: PlaceFinder, text: string): readonly SegmentPlace[] =>
  finder.find(text, scanScript(text, { language: "markdown" }).segments);

/** The line and character of an offset, counted from the start. */
function positionOf(text: string, offset: number): [line: number, character: number] {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r(?!$)/);
  const before = lines.at(-1) ?? "";
  // A document may be cut between CR and LF.
  if (!before.endsWith("\r")) return [lines.length - 1, before.length];
  return text[offset] === "\n" ? [lines.length - 1, before.length] : [lines.length, 0];
}

describe("PlaceFinder", () => {
  it("finds what is written of each segment, and its lines, in each version", () => {
    const edits = fc.array(anyEdit, { maxLength: 8 });
    fc.assert(
      fc.property(anyDocument, edits, anyLanguage, anyMarkers, (document, edits, ...how) => {
        const [language, markers] = how;
        const finder = new PlaceFinder();
        let text = document;
        for (const edit of [undefined, ...edits]) {
          if (edit) text = edited(text, edit);
          const { segments } = scanScript(text, { language, markers });
          const places = finder.find(text, segments);
          assert.equal(places.length, segments.length);
          places.forEach((place, at) => {
            const { start, end, line, character, endLine, endCharacter } = place;
            assert.deepEqual({ start, end }, writtenSpan(text, segments[at] ?? place));
            assert.deepEqual([line, character], positionOf(text, start));
            assert.deepEqual([endLine, endCharacter], positionOf(text, end));
          });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps a segment that stands as it stood, and the content of one that has moved", () => {
    const finder = new PlaceFinder();
    const before = find(finder, "one\n<flush/>\ntwo\n<flush/>\nthree\n<flush/>\nfour");
    const after = find(finder, "one\n<flush/>\nt2o!\n<flush/>\nthree\n<flush/>\nfour");
    assert.equal(after[0], before[0]);
    assert.notEqual(after[1]?.content, before[1]?.content);
    assert.equal(after[2]?.content, before[2]?.content);
    assert.equal(after[3]?.content, before[3]?.content);
    assert.deepEqual([after[3]?.line, after[3]?.character], [6, 0]);
  });

  it("moves those that stand on the line of a change along it, and all behind it down", () => {
    const finder = new PlaceFinder();
    find(finder, "one <flush/>two <flush/>three\n<flush/>four");
    const places = find(finder, "o\nne <flush/>two <flush/>three\n<flush/>four");
    const starts = places.map(({ line, character }) => [line, character]);
    assert.deepEqual(starts, [
      [0, 0],
      [1, 11],
      [1, 23],
      [2, 8],
    ]);
  });
});
