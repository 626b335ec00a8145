import assert from "node:assert/strict";
import { isAlike, LikeTexts } from "../../../../src/clips/pairing/likeness.ts";

const cases: readonly (readonly [one: string, other: string, alike: boolean])[] = [
  ["Stay hungry, stay foolish.", "Stay hungry, and stay foolish!", true],
  ["Two.", "Two, but different.", true],
  ["Helo.", "Hello.", true],
  ["The cat is on the mat.", "A dog was in the house.", false],
  ["One.", "Twenty.", false],
  ["A sentence. And then the next one.", "A sentence.", false],
  ["A sentence. The next.", "A sentence.", true],
  ["你好，世界。", "你好，新世界！", true],
  ["你好，世界。", "谢谢大家。", false],
  ["…", "…!", false],
];

describe("Texts that are alike", () => {
  for (const [one, other, alike] of cases) {
    it(`“${one}” ${alike ? "is" : "is not"} like “${other}”`, () => {
      assert.equal(isAlike({ transcript: one }, other), alike);
      assert.equal(isAlike({ transcript: other }, one), alike);
    });
  }

  it("are found among many, by the words that few have", () => {
    const texts = Array.from({ length: 500 }, (_, at) => ({
      transcript: `The number ${at} is called for ${at + 1000} times.`,
    }));
    const [found, ...others] = new LikeTexts(texts).like(
      "The number 77 was called for 1077 times!",
    );
    assert.deepEqual(found?.saying, texts[77]);
    assert.deepEqual(others, []);
  });

  it("are compared anew when the text is another one", () => {
    const saying = { transcript: "Stay hungry." };
    assert.deepEqual(
      ["Stay hungry!", "Go away.", "Stay hungry!"].map((text) => isAlike(saying, text)),
      [true, false, true],
    );
  });
});
