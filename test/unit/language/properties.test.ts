import assert from "node:assert/strict";
import fc from "fast-check";
import { applyFix, type Problem } from "../../../src/language/problems/problem.ts";
import { ScriptLinter, lintScript } from "../../../src/language/problems/scriptLinter.ts";
import { anyEdit, anyLanguage, edited } from "../script/arbitraries.ts";
import { anyFaultyScript, anySpeaking } from "./arbitraries.ts";

const runs = { numRuns: 400 };

/** What problems there are, each as often as it is there. */
const names = (problems: readonly Problem[]): string[] =>
  problems.map(({ code, message }) => `${code}: ${message}`).sort();

describe("whatever the text", () => {
  it("problems and their fixes lie in it, in order", () => {
    fc.assert(
      fc.property(anyFaultyScript, anyLanguage, anySpeaking, (text, language, speaking) => {
        let last = 0;
        for (const { start, end, message, fixes } of lintScript(text, { language, ...speaking })) {
          assert.ok(last <= start && start <= end && end <= text.length, message);
          assert.match(message, /[.?]$/);
          last = start;
          for (const { edits } of fixes) {
            let from = 0;
            for (const edit of edits) {
              assert.ok(from <= edit.start && edit.start <= edit.end && edit.end <= text.length);
              from = edit.end;
            }
          }
        }
      }),
      runs,
    );
  });

  it("a fix takes its problem away, and brings none", () => {
    let tried = 0;
    fc.assert(
      fc.property(anyFaultyScript, anyLanguage, anySpeaking, (text, language, speaking) => {
        const options = { language, ...speaking };
        const linter = new ScriptLinter();
        const problems = linter.lint(text, options);
        for (const problem of problems) {
          for (const fix of linter.fixesFor(text, problem, options)) {
            tried++;
            const found = lintScript(applyFix(text, fix), options);
            // Where it cuts the script otherwise, the new segments have hints of their own.
            const left = names(
              fix.recuts ? found.filter(({ severity }) => severity !== "hint") : found,
            );
            const others = names(problems);
            others.splice(others.indexOf(names([problem])[0] ?? ""), 1);
            for (const name of left) {
              const at = others.indexOf(name);
              assert.ok(at >= 0, `${fix.title} brings ${name}`);
              others.splice(at, 1);
            }
          }
        }
      }),
      runs,
    );
    assert.ok(tried > 200);
  });

  it("a script that is written is looked at as one that is opened", () => {
    fc.assert(
      fc.property(
        anyFaultyScript,
        fc.array(anyEdit, { maxLength: 6 }),
        anyLanguage,
        (written, edits, language) => {
          const linter = new ScriptLinter();
          let text = written;
          for (const edit of [...edits, [0, 0, ""] as const]) {
            assert.deepEqual(linter.lint(text, { language }), lintScript(text, { language }));
            text = edited(text, edit);
          }
        },
      ),
      runs,
    );
  });
});
