import assert from "node:assert/strict";
import { sentenceStarts } from "../../../../src/script/words/sentences.ts";

/** The sentences of a text. */
function sentences(text: string, language = "en"): string[] {
  const starts = [0, ...sentenceStarts(text, language)];
  return starts.map((start, at) => text.slice(start, starts[at + 1]).trim());
}

describe("sentenceStarts", () => {
  it("parts at sentence ends, quotes and brackets with them", () => {
    assert.deepEqual(sentences('"Is it?" It is (truly). So!'), [
      '"Is it?"',
      "It is (truly).",
      "So!",
    ]);
    assert.deepEqual(sentences("And I. You? Yes."), ["And I.", "You?", "Yes."]);
    assert.deepEqual(sentences("一。二！", "zh"), ["一。", "二！"]);
  });

  it("does not part behind titles, initials, and short forms", () => {
    for (const text of [
      "Mr. Jones and Mrs. J. B. Smith came.",
      "The U.S. Army, Fig. 3, vs. No. 4.",
      "Use it, e.g. Here.",
      "It was 5 p.m. in Rome.",
      "He wavered... and left.",
    ]) {
      assert.deepEqual(sentences(text), [text]);
    }
  });

  it("knows ordinals where the language has them", () => {
    assert.equal(sentences("Am 3. Mai kam Hr. Groß, z.B. Er.", "de").length, 1);
    assert.equal(sentences("It has 3. May I?").length, 2);
  });

  it("takes any language code", () => {
    assert.deepEqual(sentences("One. Two.", "not a language"), ["One.", "Two."]);
  });
});
