import assert from "node:assert/strict";
import { seamBetween } from "../../../../src/script/transcript/seam.ts";

const ROWS: readonly (readonly [why: string, left: string, right: string, seam: "" | " "])[] = [
  ["words", "Stay hungry,", "stay foolish.", " "],
  ["halves of a word", "Hel", "lo", " "],
  ["words in quotation marks", "“Hello”", "“World”", " "],
  ["Korean, which has spaces", "안녕", "하세요", " "],
  ["Hebrew", "שלום", "עולם", " "],
  ["Hindi", "नमस्ते", "दुनिया", " "],
  ["Chinese", "你好", "世界", ""],
  ["Chinese sentences", "你好。", "「世界」", ""],
  ["Chinese in shared punctuation", "“你好……”", "“世界”", ""],
  ["full width signs", "你好！", "ＡＢ", ""],
  ["Japanese", "コーヒー", "です", ""],
  ["Thai, whose words may end in a mark", "ที่", "นี่", ""],
  ["Lao", "ສະ", "ບາຍ", ""],
  ["Khmer", "សួ", "ស្តី", ""],
  ["Burmese", "မင်္ဂ", "လာပါ", ""],
  ["Chinese before English", "你好", "world", " "],
  ["English before Chinese", "hello", "世界", " "],
  ["Chinese with an English full stop", "你好.", "世界", " "],
  ["Chinese beside a number", "2024", "年", " "],
  ["Chinese beside an emoji", "你好😀", "世界", " "],
  ["words beside tags", 'one<break time="1s"/>', '<speed ratio="1.2"/>two', " "],
  ["a space before a tag", 'one <break time="1s"/>', "two", ""],
  ["a space after a tag", "one", '<break time="1s"/> two', ""],
  ["a space between tags", "one[laughter]", '<break time="1s"/> [laughter] two', ""],
  ["Chinese beside tags", '你好<break time="1s"/>', "[laughter]世界", ""],
  ["what is spelled", "<spell>ABC</spell>", "你好", " "],
  ["Chinese that is spelled", "<spell>你</spell>", "好", ""],
  ["tags alone", "[laughter]", "[laughter]", " "],
  ["zero width characters", "你好\u200B", "\u2060世界", ""],
  ["zero width characters beside words", "one\u200D", "\u200Etwo", " "],
];

describe("seamBetween", () => {
  for (const [why, left, right, seam] of ROWS) {
    it(`puts ${seam ? "a space" : "nothing"} for ${why}`, () => {
      assert.equal(seamBetween(left, right), seam);
    });
  }
});
