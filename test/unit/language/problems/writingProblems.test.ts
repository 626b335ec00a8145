import assert from "node:assert/strict";
import { applyFix } from "../../../../src/language/problems/problem.ts";
import { ScriptLinter, type LintOptions } from "../../../../src/language/problems/scriptLinter.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";

/** What is found in a text, and the text after each fix. */
function found(text: string, language: LintOptions["language"] = "markdown") {
  const linter = new ScriptLinter();
  return linter.lint(text, { language }).map((problem) => {
    const fixes = linter.fixesFor(text, problem, { language });
    return [
      problem.code,
      text.slice(problem.start, problem.end),
      ...fixes.map((fix) => applyFix(text, fix)),
    ];
  });
}

describe("what is not heard as it looks", () => {
  it("are formulas, which are not spoken", () => {
    assert.deepEqual(found("As $E = mc^2$ says, $x$ is it.\n\n$$\na_1\n$$\n\nIt costs $5 or $6."), [
      ["math", "$E = mc^2$"],
      ["math", "$$\na_1\n$$"],
    ]);
  });

  for (const language of ["markdown", "plaintext"] as const) {
    it(`are letters of mathematics, ${language}`, () => {
      assert.deepEqual(found("Oh, 𝐇𝐞𝐥𝐥𝐨 𝓌ℴ𝓇𝓁𝒹, a ℝ.", language), [
        ["styled-letters", "𝐇𝐞𝐥𝐥𝐨 𝓌ℴ𝓇𝓁𝒹", "Oh, Hello world, a ℝ."],
      ]);
    });

    it(`are words that are parted at a line's end, ${language}`, () => {
      assert.deepEqual(
        found("So well-\nknown. Haupt-\nund Nebensatz, pro-\n\nblem - \nno.", language),
        [
          [
            "parted-word",
            "well-\nknown",
            "So wellknown. Haupt-\nund Nebensatz, pro-\n\nblem - \nno.",
            "So well-known. Haupt-\nund Nebensatz, pro-\n\nblem - \nno.",
          ],
        ],
      );
    });
  }

  it("is nothing in code and comments", () => {
    assert.deepEqual(found("One.\n\n```\n𝐇 a-\nb $a^2$\n```\n\n<!-- 𝐇 a-\nb $a^2$ -->\n"), []);
  });

  it("defeats no pronunciation", () => {
    const options = { language: "markdown", pronunciations: { Donaudampf: "x" } } as const;
    const { segments } = parseScript(
      "Donau\u00ADdampf, Donau\u00AD\ndampf, 𝐃onau\u200Bdampf.",
      options,
    );
    assert.equal(segments[0]?.transcript, "x, x, x.");
  });
});
