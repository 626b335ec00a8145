import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { lintScript } from "../../../src/language/problems/scriptLinter.ts";

const folder = new URL("../../fixtures/scripts/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const scripts = readdirSync(folder).filter((name) => /\.speech\.(?:md|txt)$/.test(name));

/** Of some voices of a service it is known what they speak. */
const told = {
  voice: "tessa",
  spoken: "en",
  voices: {
    tessa: { name: "Tessa", languages: ["en"] },
    marta: { name: "Marta", languages: ["es"] },
    lukas: { name: "Lukas", languages: ["de"] },
    "6ccbfb76-1fc6-48f7-b71d-91ac6298247b": { name: "Tessa", languages: ["en"] },
  },
};

/** The problems of a script, one a line: where, how grave, the rule, and what is underlined. */
function describeProblems(name: string, service: string): string {
  const text = read(name);
  const problems = lintScript(text, {
    language: name.endsWith(".md") ? "markdown" : "plaintext",
    service,
    model: "sonic-3",
    ...told,
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
      assert.equal(
        describeProblems(name, "local"),
        read(name.replace(/\.(?:md|txt)$/, ".problems")),
      );
    });
  }

  it("are others of voices and languages, where another service speaks", () => {
    const others = scripts.flatMap((name) => {
      const local = describeProblems(name, "local").split("\n");
      const lines = describeProblems(name, "cartesia").split("\n");
      return lines.filter((line) => !local.includes(line)).map((line) => `${name} ${line}`);
    });
    assert.deepEqual(others, [
      'guten-morgen.speech.md 3 information voice-language "de"',
      'station.speech.md 3 information voice-language "marta"',
      'station.speech.md 7 information voice-language "tessa"',
      'station.speech.md 9 information voice-language "tessa"',
    ]);
  });
});
