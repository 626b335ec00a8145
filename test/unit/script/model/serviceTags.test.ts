import assert from "node:assert/strict";
import {
  findServiceTags,
  isSpeakable,
  withoutServiceTags,
} from "../../../../src/script/model/serviceTags.ts";

describe("findServiceTags", () => {
  const kinds = (text: string): [string, string][] =>
    findServiceTags(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

  it("finds every tag of the service, whole", () => {
    assert.deepEqual(
      kinds('a<break time="1s"/><speed ratio="1.2" /><VOLUME ratio="0.5"/><emotion value="sad"/>b'),
      [
        ["control", '<break time="1s"/>'],
        ["control", '<speed ratio="1.2" />'],
        ["control", '<VOLUME ratio="0.5"/>'],
        ["control", '<emotion value="sad"/>'],
      ],
    );
    assert.deepEqual(kinds("[laughter] <spell>A <break/> B</spell> <<kʰ|ɑ|ɹ>>"), [
      ["laughter", "[laughter]"],
      ["spell", "<spell>A <break/> B</spell>"],
      ["phonemes", "<<kʰ|ɑ|ɹ>>"],
    ]);
  });

  for (const text of [
    "<break>",
    "<breaks/>",
    "<break\n/>",
    "<speed ratio='1'>",
    "<pause/>",
    "[laugh]",
    "<<so>>",
    "1 << 2 | 3 >> 1",
    "<spell>a",
    "</spell>",
    "<spell>a\n\nb</spell>",
  ]) {
    it(`takes ${JSON.stringify(text)} for text`, () => assert.deepEqual(kinds(text), []));
  }

  it("stays linear on what is made to be slow", () => {
    for (const text of ["<spell>", "<break ", "<<a|", "<<", "[laughter", "<spell>\n"]) {
      assert.deepEqual(findServiceTags(text.repeat(100_000)), []);
    }
  });
});

describe("withoutServiceTags", () => {
  it("leaves what is heard", () => {
    assert.equal(
      withoutServiceTags('a <break time="1s"/><spell>B1</spell>[laughter] <<c|d>>'),
      "a B1 c|d",
    );
  });
});

describe("isSpeakable", () => {
  const SPEAKABLE = [
    "a",
    "7",
    "½",
    "你",
    "สวัสดี",
    "…a…",
    "<spell>A</spell>",
    "[laughter]",
    "<<a|b>>",
  ];
  const UNSPEAKABLE = [
    "",
    " \n",
    "...",
    "—",
    "“”",
    "$",
    "😀",
    '<break time="1s"/>',
    '<speed ratio="1.2"/>!',
    "<spell></spell>",
    "<spell>-</spell>",
    "\u200B",
  ];
  for (const text of SPEAKABLE) {
    it(`${text} has something to say`, () => assert.equal(isSpeakable(text), true));
  }
  for (const text of UNSPEAKABLE) {
    it(`${JSON.stringify(text)} has nothing to say`, () => assert.equal(isSpeakable(text), false));
  }
});
