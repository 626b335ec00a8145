import assert from "node:assert/strict";
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { hoverAt, type Hover } from "../../../../src/language/assist/hoverAt.ts";
import { scanScript } from "../../../../src/script/scanner/scan.ts";
import { anyLanguage } from "../../script/arbitraries.ts";
import { anyFaultyScript } from "../arbitraries.ts";

/** What is said where `|` stands. */
function hoverIn(marked: string): (Hover & { readonly over: string }) | undefined {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const hover = hoverAt(text, offset, scanScript(text, { language: "markdown" }), () => ({
    british: "British `English`",
  }));
  return hover && { ...hover, over: text.slice(hover.start, hover.end) };
}

describe("what is said about a place", () => {
  const rows: readonly [string, string, RegExp][] = [
    ['A <br|eak time="1s"/> b', '<break time="1s"/>', /^A pause of this length/],
    ['A <speed ratio="|1.2"/> b', '<speed ratio="1.2"/>', /0\.6 to 1\.5/],
    // That it is out of range is told by its problem, which VS Code shows with this.
    ['A <volume ratio="|9"/> b', '<volume ratio="9"/>', /^(?!.*out of range).*0\.5 to 2/],
    ["A <emo|tion value='sad'/> b", "<emotion value='sad'/>", /`calm`/],
    ["A <spe|ll>B</spell> b", "<spell>", /sign by sign/],
    ["A <bra|ke/> b", "<brake/>", /^A pause of this length/],
    ["A [laugh|ter] b", "[laughter]", /laughs/],
    ["One two. <fl|ush/>Three.", "<flush/>", /Segment 1: `One two.` {2}\nSegment 2: `Three.`$/],
    ["A <!-- flu|sh --><flush/> b", "<!-- flush -->", /Segment 1: `A` {2}\nSegment 2: empty$/],
    [
      "---\nspeech:\n  accent: bri|tish\n---\nA",
      "british",
      /^`British 'English'`\n\nThe id of one/,
    ],
    [
      "---\nspeech:\n  cast: { ANN: { voice: x, accent: 'bri|tish' } }\n---\nA",
      "'british'",
      /^`British 'English'`/,
    ],
    ["---\nspeech:\n  spe|ed: 1\n---\nA", "speed", /0\.6 to 1\.5/],
    ["---\nspeech:\n  cast:\n    ANNA:\n      vo|ice: x\n---\nA", "voice", /id/],
    ["---\nspeech:\n  cast: { ANNA: { voice: x, spe|ed: 1 } }\n---\nA", "speed", /0\.6 to 1\.5/],
    ["---\nspeech:\n  cast:\n    A: { lang|uage: de }\n---\nA", "language", /`en-GB`/],
    ["---\nspe|ech:\n  speed: 1\n---\nA", "speech", /instead of the settings/],
  ];
  for (const [text, over, says] of rows) {
    it(text.replaceAll("\n", "⏎"), () => {
      const hover = hoverIn(text);
      assert.equal(hover?.over, over);
      assert.match(hover.text, says);
    });
  }

  it("is nothing where nothing of ours stands", () => {
    for (const text of [
      "He|llo.",
      "A <b|>b</b>.",
      "---\nsp|eed: 1\n---\nA",
      "---\nspeech:\n  x|: 1\n---\nA",
      "---\nspeech:\n  cast:\n    vo|ice: x\n---\nA",
      "---\nspeech:\n  cast: { ANNA: { mo|del: x } }\n---\nA",
      "---\nspeech:\n  variables:\n    vo|ice: x\n---\nA",
      "---\nother:\n  spe|ed: 1\n---\nA",
    ]) {
      assert.equal(hoverIn(text), undefined, text);
    }
  });

  it("lies around the place, whatever the text", () => {
    fc.assert(
      fc.property(anyFaultyScript, anyLanguage, fc.nat(), (text, language, at) => {
        const offset = at % (text.length + 1);
        const hover = hoverAt(text, offset, scanScript(text, { language }));
        if (!hover) return;
        assert.ok(0 <= hover.start && hover.start <= offset);
        assert.ok(offset < hover.end && hover.end <= text.length);
      }),
    );
  });

  it("shows a script's own words as code, whatever they are", () => {
    for (const words of [
      "a` ![x](https://evil.example/p.png) `",
      "``` <https://evil.example>",
      "`",
    ]) {
      const { text = "" } = hoverIn(`${words} <fl|ush/> ${words}`) ?? {};
      const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
      assert.doesNotMatch(html, /<(?!\/?(?:p|code)>|br \/>)/, html);
    }
  });
});
