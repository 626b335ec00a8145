import assert from "node:assert/strict";
import fc from "fast-check";
import {
  endsInsideMarkup,
  maskSpeechMarkup,
  readSpeechMarkup,
} from "../../../../src/localVoice/text/speechMarkup.ts";

const words = (text: string) => ({ kind: "words", text });
const rewritten = (written: string, text: string) => ({ kind: "words", text, written });
const silence = (seconds: number) => ({ kind: "break", seconds });
const style = (change: object) => ({ kind: "style", change });

describe("readSpeechMarkup", () => {
  const readings: readonly (readonly [string, ...object[]])[] = [
    [""],
    ["Hello.", words("Hello.")],
    ['a<break time="1s"/>b', words("a"), silence(1), words("b")],
    ['<break time="200ms"/>', silence(0.2)],
    ["<BREAK time='1.5s' />", silence(1.5)],
    ["<break time=.5s>", silence(0.5)],
    ['<break time="9999s"/>', silence(60)],
    ['<break time="soon"/>', words(" ")],
    ['<break time="-1s"/>', words(" ")],
    ["<break/>", words(" ")],
    ['<speed ratio="1.2"/>fast', style({ speed: 1.2 }), words("fast")],
    ['<speed ratio="9"/>', style({ speed: 1.5 })],
    ['<speed ratio="0.1"/>', style({ speed: 0.6 })],
    ['<speed ratio="fast"/>', words(" ")],
    ['<volume ratio="0.5"/>', style({ volume: 0.5 })],
    ['<volume ratio="20"/>', style({ volume: 2 })],
    ['<emotion value="angry"/>', words(" ")],
    ["<unknown a='1'>x</unknown>", words(" "), words("x"), words(" ")],
    ["<!-- aside -->", words(" ")],
    ["<spell>aB-1</spell>", rewritten("<spell>aB-1</spell>", " A, B, dash, 1 ")],
    ["<spell>a€ ~b</spell>", rewritten("<spell>a€ ~b</spell>", " A, B ")],
    ["<spell>open", words(" "), words("open")],
    ["[laughter]", rewritten("[laughter]", " ha ha ")],
    ["a < b > c & d", words("a < b > c & d")],
    ["1 <2> 3", words("1 <2> 3")],
  ];
  for (const [transcript, ...parts] of readings) {
    it(`reads ${JSON.stringify(transcript)}`, () => {
      assert.deepEqual(readSpeechMarkup(transcript), parts);
    });
  }

  it("never throws, whatever the text", () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "spell",
      "</",
      "break",
      ' time="',
      '1s"',
      "/>",
      "[",
      "x",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        readSpeechMarkup(parts.join(""));
      }),
    );
  });
});

describe("maskSpeechMarkup", () => {
  it("blanks tags and leaves every other character in its place", () => {
    assert.equal(maskSpeechMarkup('a <break time="1.5s"/> b < c'), "a                      b < c");
    assert.equal(maskSpeechMarkup("<spell>A. B.</spell>x"), " ".repeat(20) + "x");
  });
});

describe("endsInsideMarkup", () => {
  for (const open of ["<", "a <bre", '<break time="1s"', "<spell>", "<SPELL>A. B", "</spell"]) {
    it(`sees that ${JSON.stringify(open)} may go on`, () => assert.ok(endsInsideMarkup(open)));
  }
  for (const whole of ["", "a", '<break time="1s"/>', "<spell>A</spell>", "a < b > c"]) {
    it(`sees that ${JSON.stringify(whole)} is whole`, () => assert.ok(!endsInsideMarkup(whole)));
  }
});
