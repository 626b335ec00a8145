import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { stringLiteral } from "../../../../src/export/code/stringLiteral.ts";

/** `python3`, where it is. */
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("stringLiteral", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          '"',
          "'",
          "\\",
          "\n",
          "\r",
          "\u2028",
          "`",
          "${x}",
          "\0",
          "\ud800",
          "\udc00",
          "\u202e",
          "👩‍👩‍👧",
          "{",
          "%s",
          "\u{e0001}1",
          "\x071",
        ),
      )
      .map((parts) => parts.join("")),
  );
  const visible = /^"[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*"$/u;

  it("stands for the same text in TypeScript, whatever it is, and hides nothing", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const literal = stringLiteral(value, "typescript");
        assert.match(literal, visible);
        assert.equal((0, eval)(literal), value);
      }),
      { numRuns: 1000 },
    );
  });

  it("stands for the same text in Python", async () => {
    const values = fc.sample(anyText, 1000);
    const literals = values.map((value) => stringLiteral(value, "python"));
    for (const literal of literals) assert.match(literal, visible);
    if (!hasPython) return;
    const { stdout } = spawnSync("python3", ["-"], {
      input: `import json\nprint(json.dumps([\n${literals.join(",\n")}\n]))\n`,
      encoding: "utf8",
      env: { ...process.env, PYTHONUTF8: "1" },
      maxBuffer: 2 ** 26,
    });
    assert.deepEqual(JSON.parse(stdout), values);
  });
});
