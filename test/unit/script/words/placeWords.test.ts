import assert from "node:assert/strict";
import fc from "fast-check";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import { placeWords, TranscriptWords } from "../../../../src/script/words/placeWords.ts";
import { findServiceTags } from "../../../../src/script/model/serviceTags.ts";
import { anyScript } from "../arbitraries.ts";

/** What each word is placed at, `undefined` for nothing. */
function placed(transcript: string, words: readonly string[]): (string | undefined)[] {
  return placeWords(transcript, words).map((place) =>
    place ? transcript.slice(place.from, place.to) : undefined,
  );
}

const starts = (transcript: string, words: readonly string[]): (number | undefined)[] =>
  placeWords(transcript, words).map((place) => place?.from);

describe("placeWords", () => {
  const rows: readonly [string, string, readonly string[], readonly (string | undefined)[]][] = [
    [
      "words as they stand, without the punctuation around them",
      "“Stay hungry,” he said.",
      ["“Stay", "hungry,”", "he", "said."],
      ["Stay", "hungry", "he", "said"],
    ],
    [
      "words that lack the punctuation",
      "Wait… (what?) No!",
      ["Wait", "what", "No"],
      ["Wait", "what", "No"],
    ],
    [
      "apostrophes and hyphens, within words and at their ends",
      "Don't say 'twas well-known.",
      ["Don’t", "say", "'twas", "well-known."],
      ["Don't", "say", "twas", "well-known"],
    ],
    [
      "a compound that is reported in two words",
      "a well-known man",
      ["a", "well", "known", "man"],
      ["a", "well", "known", "man"],
    ],
    ["other cases", "HELLO World", ["hello", "WORLD"], ["HELLO", "World"]],
    [
      "signs that are said",
      "C# & C++ at 50% for $5.",
      ["C#", "&", "C++", "at", "50%", "for", "$5."],
      ["C#", "&", "C++", "at", "50%", "for", "$5"],
    ],
    ["punctuation that is reported as a word", "Yes — no", ["Yes", "—", "no"], ["Yes", "—", "no"]],
    [
      "emoji, those of several characters too",
      "Hi 😀 there 👨‍👩‍👧, 🇩🇪 ok",
      ["Hi", "😀", "there", "👨‍👩‍👧,", "🇩🇪", "ok"],
      ["Hi", "😀", "there", "👨‍👩‍👧", "🇩🇪", "ok"],
    ],
    [
      "letters with marks, however they are composed",
      "Cafe\u0301 naïve",
      ["Caf\u00e9", "nai\u0308ve"],
      ["Cafe\u0301", "naïve"],
    ],
    [
      "writings from right to left",
      "שלום, עולם! مرحبا",
      ["שלום,", "עולם", "مرحبا"],
      ["שלום", "עולם", "مرحبا"],
    ],
    [
      "groups of Chinese characters",
      "你好，世界。今天很好",
      ["你好", "世界", "今天", "很", "好"],
      ["你好", "世界", "今天", "很", "好"],
    ],
    [
      "Japanese and English together",
      "今日はVS Codeで、",
      ["今日", "は", "VS", "Code", "で、"],
      ["今日", "は", "VS", "Code", "で"],
    ],
    ["Thai, which has no spaces", "สวัสดีครับ", ["สวัสดี", "ครับ"], ["สวัสดี", "ครับ"]],
    [
      "words that come with the tags before and behind them",
      'I <emotion value="sad"/>never<break time="1s"/>, ever',
      ["I", '<emotion value="sad"/>never<break time="1s"/>,', "ever"],
      ["I", "never", "ever"],
    ],
    [
      "what is spelled, with its tag, without it, and in parts",
      "<spell>ABC-12</spell> <spell>X 9</spell>",
      ["<spell>ABC-12</spell>", "<spell>X", "9</spell>"],
      ["ABC-12", "X 9", "X 9"],
    ],
    ["laughter", "Oh [laughter] well", ["Oh", "[laughter]", "well"], ["Oh", "[laughter]", "well"]],
    ["pronunciations", "a <<kʰ|ɑ>> b", ["a", "<<kʰ|ɑ>>", "b"], ["a", "kʰ|ɑ", "b"]],
    [
      "the same place for all that is said of what stands between two words",
      "It costs $5 a day.",
      ["It", "costs", "five", "dollars", "a", "day"],
      ["It", "costs", "$5", "$5", "a", "day"],
    ],
    [
      "what is said otherwise at the start, and at the end",
      "Dr. Who paid $1,000.",
      ["doctor", "Who", "paid", "one", "thousand", "dollars"],
      ["Dr", "Who", "paid", "$1,000", "$1,000", "$1,000"],
    ],
    [
      "a shared place up to a tag",
      'a $5 <speed ratio="1.2"/> 7% b',
      ["a", "five", "seven", "b"],
      ["a", "$5", "$5", "b"],
    ],
    ["nothing for a word between two that touch", "a b", ["a", "so", "b"], ["a", undefined, "b"]],
    [
      "nothing for a word with only a tag between its neighbours",
      'a <break time="1s"/> b',
      ["a", "pause", "b"],
      ["a", undefined, "b"],
    ],
    ["nothing where there is no text", "", ["a", ""], [undefined, undefined]],
  ];
  for (const [title, transcript, words, expected] of rows) {
    it(`finds ${title}`, () => assert.deepEqual(placed(transcript, words), expected));
  }

  it("takes repeated words one after the other", () => {
    assert.deepEqual(starts("no no, no no", ["no", "no", "no", "no"]), [0, 3, 7, 10]);
    assert.deepEqual(
      starts("a rose is a rose", ["a", "rose", "is", "a", "rose"]),
      [0, 2, 7, 10, 12],
    );
  });

  it("does not take a short word for one far ahead, so that the others are found", () => {
    const transcript = "½ cup of the sugar with the eggs and a pinch of salt";
    const words = "a half cup of the sugar with the eggs and a pinch of salt".split(" ");
    assert.deepEqual(placed(transcript, words).slice(0, 4), ["½", "½", "cup", "of"]);
    assert.equal(placed(transcript, words).at(-1), "salt");
  });

  it("does not take a word for the beginning or the end of another", () => {
    assert.deepEqual(placed("another man", ["a", "man"]), ["another", "man"]);
    assert.deepEqual(placed("go into town", ["go", "to", "town"]), ["go", "into", "town"]);
  });

  it("finds the text again behind words that are missing, few or many", () => {
    const words = Array.from({ length: 3000 }, (_, at) => `word${at}`);
    const transcript = words.join(" ");
    for (const missing of [1, 20, 50, 900]) {
      const heard = [...words.slice(0, 100), ...words.slice(100 + missing)];
      assert.deepEqual(placed(transcript, heard), heard, `${missing} missing`);
    }
  });

  it("finds the text again behind words that stand nowhere", () => {
    const transcript = "one two three four five six seven";
    const strangers = Array.from({ length: 100 }, (_, at) => `x${at}`);
    const found = placed(transcript, ["one", "two", ...strangers, "six", "seven"]);
    assert.deepEqual(found.slice(0, 3), ["one", "two", "three four five"]);
    assert.deepEqual(found.slice(-2), ["six", "seven"]);
  });

  it("gives no long rest of a text to the words that are said next of it", () => {
    const transcript = "It costs 1,000,000 and a long rest is not yet said.";
    assert.deepEqual(placed(transcript, ["It", "costs", "one"]), ["It", "costs", undefined]);
  });

  it("gives the same places to a text that is read once for many words", () => {
    const transcript = "It costs $5 a day.";
    const words = ["It", "costs", "five", "dollars", "a", "day."];
    const text = new TranscriptWords(transcript);
    for (let count = 0; count <= words.length; count++) {
      const first = words.slice(0, count);
      assert.deepEqual(text.place(first), placeWords(transcript, first));
    }
  });

  it("finds every word of a text that is split at its white space", () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        const transcript = words.join(" ");
        assert.deepEqual(placed(transcript, words), words);
      }),
    );
  });

  it("finds every word that is left where some are said otherwise", () => {
    const some = fc.array(
      fc.tuple(fc.stringMatching(/^[a-z]{3,8}$/), fc.integer({ min: 0, max: 9 })),
      {
        minLength: 1,
        maxLength: 80,
      },
    );
    fc.assert(
      fc.property(some, (words) => {
        // Numbered, so that each is another one; one in ten is a number that is said in two words.
        const written = words.map(([text, kind], at) => (kind === 0 ? `${at}` : `${text}q${at}z`));
        const said = written.flatMap((word, at) =>
          words[at]?.[1] === 0
            ? ([
                ["forty", at],
                ["two", at],
              ] as const)
            : [[word, at] as const],
        );
        const found = placed(
          written.join(" "),
          said.map(([word]) => word),
        );
        said.forEach(([word, at], index) => {
          if (words[at]?.[1] !== 0) assert.equal(found[index], word);
        });
      }),
    );
  });

  it("stays in the text, runs never back, cuts no character and shows no tag, whatever the words", () => {
    const anyText = fc.oneof(
      anyScript.map((text) => parseScript(text, { language: "plaintext" }).segments),
      anyScript.map((text) => parseScript(text, { language: "markdown" }).segments),
    );
    const piece = fc.oneof(fc.string({ unit: "binary", maxLength: 6 }), anyWord);
    fc.assert(
      fc.property(anyText, fc.array(piece, { maxLength: 30 }), fc.nat(), (segments, more, seed) => {
        for (const { transcript } of segments) {
          const own = transcript.split(/\s+/).filter((_, at) => (at + seed) % 5 !== 0);
          checkPlaces(transcript, [...own, ...more]);
          checkPlaces(transcript, [...more, ...own]);
          checkPlaces(transcript, interleave(own, more));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("takes time in proportion to the text and its words", () => {
    const tricky: readonly (readonly [string, string])[] = [
      ["a ", "a"],
      ["a ", "aa"],
      ["a ", "b"],
      ["the cat ", "cat"],
      ["你好", "好"],
      [". ", "a"],
      ["<spell>", "<spell>"],
      ["&", "&"],
    ];
    for (const [text, word] of tricky) {
      const words = Array.from({ length: 30_000 }, () => word);
      const places = placeWords(text.repeat(200_000 / text.length), words);
      assert.equal(places.length, words.length);
    }
  });
});

const anyWord = fc.constantFrom(
  ..."a the Stay hungry don't $5 50% 你好 世界 สวัสดี שלום café 😀 x 1,000".split(" "),
);
const anyWords = fc.array(anyWord, { minLength: 1, maxLength: 60 });

function interleave(one: readonly string[], other: readonly string[]): string[] {
  const longest = Math.max(one.length, other.length);
  return Array.from({ length: longest }, (_, at) => [one[at], other[at]])
    .flat()
    .filter((word) => word !== undefined);
}

/** What holds for places whatever the words are. */
function checkPlaces(transcript: string, words: readonly string[]): void {
  const places = placeWords(transcript, words);
  assert.equal(places.length, words.length);
  const silent = findServiceTags(transcript).filter(({ kind }) => kind === "control");
  let before = { from: 0, to: 0 };
  for (const place of places) {
    if (!place) continue;
    const { from, to } = place;
    assert.ok(0 <= from && from < to && to <= transcript.length);
    const isSame = from === before.from && to === before.to;
    assert.ok(isSame || from >= before.to, "places run on");
    const shown = transcript.slice(from, to);
    assert.equal(shown, shown.trim());
    assert.ok(
      !/^[\uDC00-\uDFFF]/.test(shown) || !/[\uD800-\uDBFF]/.test(transcript[from - 1] ?? ""),
    );
    assert.ok(!/[\uD800-\uDBFF]$/.test(shown) || !/[\uDC00-\uDFFF]/.test(transcript[to] ?? ""));
    for (const { start, end } of silent) assert.ok(to <= start || from >= end, "no tag is shown");
    before = place;
  }
}
