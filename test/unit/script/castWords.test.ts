import assert from "node:assert/strict";
import { parseScript } from "../../../src/script/reader/parseScript.ts";

const front = "---\nspeech:\n  cast: { ANN: x, BOB: y }\n  pronunciations: { SQL: sequel }\n---\n";

describe("Speakers and words together", () => {
  const text = `${front}ANN: Hello {{name}}, SQL.\n\nBOB: {{other}} SQL.\n\nSQL.`;

  for (const language of ["markdown", "plaintext"] as const) {
    it(`say their words as they are pronounced, in ${language}`, () => {
      const { segments } = parseScript(text, { language, values: { name: "Eve", other: "ANN:" } });
      assert.deepEqual(
        segments.map(({ speaker, transcript }) => [speaker, transcript]),
        [
          ["ANN", "Hello Eve, sequel."],
          ["BOB", "ANN: sequel."],
          [undefined, "sequel."],
        ],
      );
    });

    it(`are known of segments with variables that have no value, in ${language}`, () => {
      const { segments, problems } = parseScript(text, { language, values: { name: "Eve" } });
      const [, bob] = segments;
      assert.deepEqual([bob?.speaker, bob?.speakable], ["BOB", false]);
      assert.deepEqual(
        bob?.unfilled?.map(({ name }) => name),
        ["other"],
      );
      assert.deepEqual(
        problems.map(({ start, end }) => text.slice(start, end)),
        ["{{other}}"],
      );
    });
  }
});
