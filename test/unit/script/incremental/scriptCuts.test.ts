import assert from "node:assert/strict";
import fc from "fast-check";
import { scanScript } from "../../../../src/script/scanner/scan.ts";
import { ScriptCutter } from "../../../../src/script/incremental/scriptCuts.ts";
import {
  anyDocument,
  anyEdit,
  anyLanguage,
  anyMarkers,
  anySpeakers,
  edited,
} from "../arbitraries.ts";

describe("ScriptCutter", () => {
  it("cuts each version as if it were the first", () => {
    const edits = fc.array(anyEdit, { maxLength: 8 });
    fc.assert(
      fc.property(anyDocument, edits, anyLanguage, anyMarkers, anySpeakers, (...given) => {
        const [document, edits, language, markers, speakers] = given;
        const cutter = new ScriptCutter();
        let text = document;
        for (const edit of [undefined, ...edits]) {
          if (edit) text = edited(text, edit);
          const options = { language, markers, speakers };
          assert.deepEqual(cutter.cut(text, options), scanScript(text, options));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("begins anew where it is to cut otherwise", () => {
    const cutter = new ScriptCutter();
    const count = (markers: string[], language: "markdown" | "plaintext"): number =>
      cutter.cut("one\n---\ntwo\n```\n<flush/>", { language, markers }).segments.length;
    assert.deepEqual(
      [count([], "markdown"), count(["---"], "markdown"), count(["---"], "plaintext")],
      [1, 2, 3],
    );
  });
});
