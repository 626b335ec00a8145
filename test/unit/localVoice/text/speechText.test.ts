import assert from "node:assert/strict";
import fc from "fast-check";
import {
  completeLength,
  readSpeech,
  splitSentences,
} from "../../../../src/localVoice/text/speechText.ts";
import { spokenWords } from "../../../../src/localVoice/text/spokenWords.ts";

const sayings = (text: string) => spokenWords([{ text }]).map((word) => word.said);
const plain = { speed: 1, volume: 1 };
const read = (transcript: string) => readSpeech(transcript, plain).utterances;
/** What is said, each utterance with the silence after it in milliseconds. */
const said = (transcript: string) =>
  read(transcript).map(({ text, pauseSeconds }) => `${text} (${Math.round(pauseSeconds * 1000)})`);

describe("splitSentences", () => {
  const splits: readonly (readonly [string, readonly string[]])[] = [
    ["", []],
    ["One. Two! Three? Four", ["One. ", "Two! ", "Three? ", "Four"]],
    ["One\nTwo\r\nThree", ["One\n", "Two\r\n", "Three"]],
    ["Dr. Smith met Mrs. Jones. Yes.", ["Dr. Smith met Mrs. Jones. ", "Yes."]],
    ["J. K. Rowling wrote. I. Read", ["J. K. Rowling wrote. ", "I. ", "Read"]],
    ["Ask Dr.\nSmith", ["Ask Dr.\n", "Smith"]],
    ["At 3.5 it is. Ok", ["At 3.5 it is. ", "Ok"]],
  ];
  for (const [text, sentences] of splits) {
    it(`splits ${JSON.stringify(text)}`, () => assert.deepEqual(splitSentences(text), sentences));
  }

  it("loses no character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(splitSentences(text).join(""), text);
      }),
    );
  });
});

describe("spokenWords", () => {
  const readings: readonly (readonly [string, string])[] = [
    ["  two   words ", "two words"],
    ["one - two", "one, two"],
    ["one—two", "one, two"],
    ["one – two -- three", "one, two, three"],
    ["one, — two", "one, two"],
    ["- item", "item"],
    ["well-known", "well-known"],
    ["1990–2000", "1990 to 2000"],
    ["café, naïve, Straße, Łódź, ﬁne", "cafe, naive, Strasse, Lodz, fine"],
    ["“It’s”", '"It\'s"'],
    ["salt & pepper", "salt and pepper"],
    ["£5.50, €6.", "5.50 pounds, 6 euros."],
    ["20°", "20 degrees"],
    ["2 + 2 = 4", "2 + 2 = 4"],
    ["a < b > c", "a b c"],
    ["* starred #", "starred"],
    ["so !", "so!"],
    ["a\0b\u0007c\u200bd\u00ade", "abcde"],
    ["a\tb\u00a0c\u2003d", "a b c d"],
    ["привет 中文 \u{1f600}", ""],
    ["…", ""],
  ];
  for (const [text, words] of readings) {
    it(`says ${JSON.stringify(text)} as ${JSON.stringify(words)}`, () => {
      assert.equal(sayings(text).join(" "), words);
    });
  }

  it("cuts tokens of more than 40 characters", () => {
    assert.deepEqual(
      sayings("x".repeat(90)).map((word) => word.length),
      [40, 40, 10],
    );
  });

  it("gives printable ASCII without white space, no token long, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const word of sayings(text)) assert.match(word, /^[!-~]{1,60}$/);
      }),
    );
  });
});

describe("readSpeech", () => {
  const readings: readonly (readonly [string, readonly string[]])[] = [
    ["", []],
    ["... — !", []],
    ["Stay hungry, ", ["Stay hungry, (120)"]],
    ["stay foolish.", ["stay foolish. (200)"]],
    ["no stop", ["no stop (0)"]],
    ["One. Two.", ["One. (200)", "Two. (200)"]],
    ['He said "no." Then left', ['He said "no." (200)', "Then left (0)"]],
    ["a line\nanother", ["a line (200)", "another (0)"]],
    ['one<break time="1s"/>two.', ["one (1000)", "two. (200)"]],
    ['One. <break time="300ms"/> Two.', ["One. (300)", "Two. (200)"]],
    ['One.<break time="300ms"/> <break time="1s"/>', ["One. (1300)"]],
    ['<break time="2s"/>Go.', [" (2000)", "Go. (200)"]],
    ["I am <emotion value='sad'/>so <b>very</b> sad.", ["I am so very sad. (200)"]],
    ["Code <spell>A1</spell>, ok.", ["Code A, 1, ok. (200)"]],
    ["Ha [laughter]. Ok", ["Ha ha ha. (200)", "Ok (0)"]],
    ["привет.", [" (200)"]],
  ];
  for (const [transcript, utterances] of readings) {
    it(`says ${JSON.stringify(transcript)}`, () => assert.deepEqual(said(transcript), utterances));
  }

  it("changes speed and volume from a tag's place on, and tells what holds at the end", () => {
    const speech = readSpeech('a <speed ratio="1.5"/>b <volume ratio="0.5"/>c. D', {
      speed: 0.8,
      volume: 1,
    });
    assert.deepEqual(
      speech.utterances.map(({ text, speed, volume }) => [text, speed, volume]),
      [
        ["a", 0.8, 1],
        ["b", 1.5, 1],
        ["c.", 1.5, 0.5],
        ["D", 1.5, 0.5],
      ],
    );
    assert.deepEqual(speech.style, { speed: 1.5, volume: 0.5 });
  });

  it("tells for each word that is said which one of the transcript it says", () => {
    const pairs = (transcript: string) =>
      read(transcript).flatMap(({ text, words }) => {
        const said = text.split(" ");
        assert.equal(said.length, words.length);
        return words.map((written, index) => `${said[index]} < ${written.text}`);
      });
    assert.deepEqual(pairs("“It” — £5 well—known…"), [
      '"It", < “It”',
      ...["5 < £5", "pounds < £5"],
      ...["well, < well—known…", "known... < well—known…"],
    ]);
    assert.deepEqual(pairs("<spell>A.</spell>, go [laughter]"), [
      ...["A, < <spell>A.</spell>", "dot, < <spell>A.</spell>"],
      "go < go",
      ...["ha < [laughter]", "ha < [laughter]"],
    ]);
    const [first, second] = read("go go")[0]?.words ?? [];
    assert.notEqual(first, second, "two words that are written alike are two");
    const long = read(`${"x".repeat(400)}`).map(({ words }) => new Set(words));
    assert.equal(
      new Set(long.flatMap((words) => [...words])).size,
      1,
      "one word is one, cut or not",
    );
  });

  it("says no more than 30 words in one go, and cuts after a clause where it can", () => {
    const counts = (transcript: string) =>
      read(transcript).map(({ text }) => text.split(" ").length);
    assert.deepEqual(counts("word ".repeat(70)), [30, 30, 10]);
    assert.deepEqual(counts("word ".repeat(19) + "word, " + "word ".repeat(20)), [20, 20]);
    assert.deepEqual(counts("word, " + "word ".repeat(40)), [30, 11]);
    assert.deepEqual(counts("1234567890 ".repeat(5)), [3, 2]);
    assert.deepEqual(counts("x".repeat(400)), [6, 4]);
  });

  it("keeps all words in order, whatever the punctuation", () => {
    const token = fc.constantFrom("alpha", "beta,", "gamma.", "delta?", "Dr.", "-", "5", "\n", "—");
    fc.assert(
      fc.property(fc.array(token), (tokens) => {
        const letters = (text: string) => text.replace(/[^a-zA-Z0-9]/g, "");
        const text = tokens.join(" ");
        assert.equal(
          letters(
            read(text)
              .map((utterance) => utterance.text)
              .join(""),
          ),
          letters(text),
        );
      }),
    );
  });

  it("takes a megabyte of anything", () => {
    for (const piece of [
      "<",
      "<b>",
      "A. ",
      "Go.\n",
      "\n",
      "x",
      "1",
      '<break time="',
      '<break time="1s"/>',
    ]) {
      read(piece.repeat(1e6 / piece.length));
    }
  });
});

describe("completeLength", () => {
  const lengths: readonly (readonly [string, string])[] = [
    ["Hello", ""],
    ["Hello.", ""],
    ["Hello. ", ""],
    ["Hello. W", "Hello. "],
    ["One. Two! Thr", "One. Two! "],
    ["A line\nnext", "A line\n"],
    ["Dr. Smith", ""],
    ["Hello. <bre", ""],
    ['Hello. <break time="1s"/>', ""],
    ['Hello. <break time="1s"/> World', 'Hello. <break time="1s"/> '],
    ["<spell>A. B", ""],
    ["<spell>A. B</spell>. C", "<spell>A. B</spell>. "],
  ];
  for (const [transcript, complete] of lengths) {
    it(`finds ${JSON.stringify(complete)} whole in ${JSON.stringify(transcript)}`, () => {
      assert.equal(transcript.slice(0, completeLength(transcript)), complete);
    });
  }

  it("parts a text where reading it whole parts it too", () => {
    const token = fc.constantFrom("One. ", "two ", "Dr. ", "3. ", "Four? ", "\n", "<b>", "five, ");
    fc.assert(
      fc.property(fc.array(token), fc.nat(60), (tokens, cut) => {
        const text = tokens.join("");
        const length = completeLength(text.slice(0, cut));
        assert.deepEqual([...read(text.slice(0, length)), ...read(text.slice(length))], read(text));
      }),
    );
  });
});
