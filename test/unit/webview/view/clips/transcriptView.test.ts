import assert from "node:assert/strict";
import fc from "fast-check";
import { cutWords } from "../../../../../src/webview/view/clips/transcriptView.ts";

const word = (from: number, to: number) => ({ from, to, start: from, end: to });

describe("cutWords", () => {
  it("gives words and what stands between them", () => {
    const words = [word(0, 4), word(6, 12)];
    assert.deepEqual(cutWords("Stay, hungry!", words), [
      { text: "Stay", word: words[0] },
      { text: ", " },
      { text: "hungry", word: words[1] },
      { text: "!" },
    ]);
  });

  it("keeps the transcript to the letter, whatever the words say", () => {
    const place = fc.integer({ min: -3, max: 40 });
    const text = fc.string({ maxLength: 30, unit: fc.constantFrom("a", " ", "\n", "😀", "<") });
    const words = fc.array(fc.tuple(place, place).map(([from, to]) => word(from, to)));
    fc.assert(
      fc.property(text, words, (transcript, words) => {
        const pieces = cutWords(transcript, words);
        assert.equal(pieces.map(({ text }) => text).join(""), transcript);
        assert.ok(pieces.every(({ text }) => text !== ""));
        for (const { text, word } of pieces) {
          if (word) assert.equal(text, transcript.slice(word.from, word.to));
        }
      }),
    );
  });

  it("leaves a transcript whole that has no words", () => {
    assert.deepEqual(cutWords("Stay", []), [{ text: "Stay" }]);
    assert.deepEqual(cutWords("", []), []);
  });
});
