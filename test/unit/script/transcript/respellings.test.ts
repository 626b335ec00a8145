import assert from "node:assert/strict";
import fc from "fast-check";
import { respellingsOf } from "../../../../src/script/transcript/respellings.ts";

describe("respellingsOf", () => {
  for (const [word, ...guesses] of [
    ["SQL", "<spell>SQL</spell>", "Sql"],
    ["kubernetes", "<spell>kubernetes</spell>", "ku-ber-ne-tes"],
    ["GitHub", "<spell>GitHub</spell>", "Git Hub", "Git-Hub"],
    ["k8s", "<spell>k8s</spell>", "k 8 s"],
    ["tomato", "<spell>tomato</spell>", "to-ma-to"],
    ["cat", "<spell>cat</spell>"],
    ["重庆", "<spell>重庆</spell>"],
    ["…"],
    ["<b>"],
    ["{{name}}"],
  ] as const) {
    it(`guesses for ${word}: ${guesses.join(", ")}`, () => {
      for (const guess of guesses) assert.ok(respellingsOf(word).includes(guess), guess);
      assert.ok(!respellingsOf(word).includes(word));
      if (guesses.length === 0) assert.deepEqual(respellingsOf(word), []);
    });
  }

  it("guesses nothing twice, whatever the word", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (word) => {
        const guesses = respellingsOf(word);
        assert.equal(new Set(guesses).size, guesses.length);
        assert.ok(guesses.every((guess) => guess !== "" && guess !== word));
      }),
    );
  });
});
