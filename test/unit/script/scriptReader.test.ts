import assert from "node:assert/strict";
import fc from "fast-check";
import { parseScript } from "../../../src/script/parseScript.ts";
import { ScriptReader } from "../../../src/script/scriptReader.ts";
import type { Script } from "../../../src/script/script.ts";
import { anyBlock, anyFragment, anyLanguage, anyMarkers, anyScript } from "./arbitraries.ts";

/** From where to where, in thousandths of the text, and what is put there instead. */
type Edit = readonly [from: number, length: number, put: string];

const place = fc.nat({ max: 1000 });
const anyText = fc.oneof(
  { weight: 3, arbitrary: anyFragment },
  { weight: 2, arbitrary: anyBlock },
  {
    weight: 1,
    arbitrary: fc.array(anyBlock, { maxLength: 4 }).map((blocks) => blocks.join("\n\n")),
  },
  { weight: 3, arbitrary: fc.constant("") },
);
const anyEdit: fc.Arbitrary<Edit> = fc.tuple(
  place,
  fc.oneof(fc.constant(0), fc.nat({ max: 5 }), fc.nat({ max: 400 })),
  anyText,
);
const anyDocument = fc.oneof(
  { weight: 1, arbitrary: anyScript },
  {
    weight: 4,
    arbitrary: fc.array(anyBlock, { maxLength: 14 }).map((blocks) => blocks.join("\n\n")),
  },
  {
    weight: 1,
    arbitrary: fc.array(anyBlock, { maxLength: 14 }).map((blocks) => blocks.join("\r\n\r\n")),
  },
);

function edited(text: string, [from, length, put]: Edit): string {
  const start = Math.round((text.length * from) / 1000);
  return text.slice(0, start) + put + text.slice(start + length);
}

describe("ScriptReader", function () {
  this.timeout(120_000);

  for (const least of [1, 40, undefined]) {
    it(`reads each version as if it were the first, with stretches of ${least} at least`, () => {
      const edits = fc.array(anyEdit, { minLength: 1, maxLength: 8 });
      fc.assert(
        fc.property(
          anyDocument,
          edits,
          anyLanguage,
          anyMarkers,
          fc.boolean(),
          (document, edits, language, markers, undo) => {
            const reader = new ScriptReader(least);
            const versions = [document];
            for (const edit of edits) versions.push(edited(versions.at(-1) ?? "", edit));
            if (undo) versions.push(...versions.slice(0, -1).reverse());
            let before: Script | undefined;
            for (const text of versions) {
              const script = reader.read(text, { language, markers });
              assert.deepEqual(script, parseScript(text, { language, markers }));
              const { first, removed, added } = reader.change;
              const old = before?.segments.map(({ transcript }) => transcript) ?? [];
              const now = script.segments.map(({ transcript }) => transcript);
              assert.deepEqual(now, [
                ...old.slice(0, first),
                ...now.slice(first, first + added),
                ...old.slice(first + removed),
              ]);
              before = script;
            }
          },
        ),
        { numRuns: Number(process.env["RUNS"] ?? 1000) },
      );
    });
  }
});
