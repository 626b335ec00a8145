import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { lintScript } from "../../../src/language/scriptLinter.ts";

const folder = new URL("../../fixtures/scripts/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const scripts = readdirSync(folder).filter((name) => /\.speech\.(?:md|txt)$/.test(name));

/** The problems of a script, one a line: where, how grave, the rule, and what is underlined. */
function describeProblems(name: string): string {
  const text = read(name);
  const problems = lintScript(text, {
    language: name.endsWith(".md") ? "markdown" : "plaintext",
    service: "local",
    model: "sonic-3",
  });
  return problems
    .map(({ start, end, severity, code }) => {
      const line = text.slice(0, start).split("\n").length;
      return `${line} ${severity} ${code} ${JSON.stringify(text.slice(start, end))}\n`;
    })
    .join("");
}

describe("the problems of scripts as they are written", () => {
  it("of ten of them", () => {
    assert.ok(scripts.length >= 10);
  });

  for (const name of scripts) {
    it(name, () => {
      assert.equal(describeProblems(name), read(name.replace(/\.(?:md|txt)$/, ".problems")));
    });
  }
});
