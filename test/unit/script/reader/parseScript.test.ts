import assert from "node:assert/strict";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import type { ScriptLanguage } from "../../../../src/script/model/script.ts";

/** What is sent for the speakable segments when all are spoken in one context. */
function sent(text: string, language: ScriptLanguage): string[] {
  const { segments } = parseScript(text, { language });
  return segments.filter((s) => s.speakable).map((s) => s.transcript + s.seam);
}

const none = { transcript: "", offsets: [], start: 0 };

describe("parseScript", () => {
  for (const language of ["markdown", "plaintext"] as const) {
    describe(`of ${language}`, () => {
      it("sends exactly one white space between the words of two segments", () => {
        const wanted = ["Stay hungry, ", "stay foolish."];
        for (const seam of [
          "<flush/>",
          " <flush/>",
          "<flush/> ",
          "\t<flush/>  ",
          "\n\n<flush/>\n\n",
          "\r\n<!-- flush -->\r\n",
        ]) {
          assert.deepEqual(sent(`Stay hungry,${seam}stay foolish.`, language), wanted);
        }
      });

      it("sends none where the writing puts none", () => {
        assert.deepEqual(sent("你好，\n<flush/>\n世界。", language), ["你好，", "世界。"]);
      });

      it("joins over segments that have nothing to say", () => {
        const text = 'one<flush/><flush/> \n<flush/>…<flush/><break time="1s"/><flush/>two';
        const { segments } = parseScript(text, { language });
        assert.deepEqual(
          segments.map((s) => s.speakable),
          [true, false, false, false, false, true],
        );
        assert.deepEqual(
          segments.map((s) => s.transcript),
          ["one", "", "", "", "", "two"],
        );
        assert.deepEqual(
          segments.map((s) => s.seam),
          [" ", "", "", "", "", ""],
        );
        assert.deepEqual(
          segments.map((s) => s.index),
          [0, 1, 2, 3, 4, 5],
        );
      });

      it("gives segments their spans, from marker to marker", () => {
        const text = "---\na: 1\n---\n one <flush/>\ntwo";
        const spans = parseScript(text, { language }).segments.map((s) =>
          text.slice(s.start, s.end),
        );
        assert.deepEqual(spans, [" one ", "\ntwo"]);
      });

      it("keeps the service's tags, and leads each of their characters to the document", () => {
        const text = 'a <break time="1s"/> b<flush/>[laughter] <spell>A-1</spell>';
        const { segments } = parseScript(text, { language });
        assert.deepEqual(
          segments.map((s) => s.transcript),
          ['a <break time="1s"/> b', "[laughter] <spell>A-1</spell>"],
        );
        for (const { transcript, offsets, start } of segments) {
          assert.equal(offsets.map((offset) => text[start + offset]).join(""), transcript);
        }
      });

      it("sends a line ending in a tag as one \\n, from where it stands, whatever it is", () => {
        const spelled = "<spell>A\nB</spell> c";
        for (const ending of ["\n", "\r\n", "\r"]) {
          const text = `x<flush/>${spelled.replace("\n", ending)}`;
          const { transcript, offsets, start } =
            parseScript(text, { language }).segments[1] ?? none;
          assert.equal(transcript, spelled);
          const origins = offsets.map((offset) => text[start + offset]).join("");
          assert.equal(origins, spelled.replace("\n", ending.at(-1) ?? ""));
        }
      });

      it("sends no control characters and lone surrogates of a tag, and leads the others home", () => {
        const text = "<spell>A\u0007B\uD800C</spell> d";
        const { transcript, offsets } = parseScript(text, { language }).segments[0] ?? none;
        assert.equal(transcript, "<spell>ABC</spell> d");
        assert.equal(offsets.map((offset) => text[offset]).join(""), transcript);
      });

      it("adds the markers of the settings and of the front matter up", () => {
        const text =
          "---\nspeech:\n  flush: '***'\n---\none\n\n***\n\ntwo\n\n+++\n\nthree<flush/>four";
        const { segments, options } = parseScript(text, { language, markers: ["+++"] });
        assert.deepEqual(
          segments.map((s) => s.transcript),
          ["one", "two", "three", "four"],
        );
        assert.deepEqual(options, { flush: ["***"] });
      });

      it("reports what the front matter can't mean, where it stands", () => {
        const text = "\uFEFF---\r\nspeech:\r\n  speed: 9\r\n---\r\none";
        const [problem] = parseScript(text, { language }).problems;
        assert.equal(text.slice(problem?.start, problem?.end), "9");
      });

      it("reports a marker in a spell element, which does not cut", () => {
        const text = "a <spell>B<flush/>C</spell>";
        const { segments, problems } = parseScript(text, { language });
        assert.equal(segments.length, 1);
        assert.equal(text.slice(problems[0]?.start, problems[0]?.end), "<spell>B<flush/>C</spell>");
        assert.match(problems[0]?.message ?? "", /does not cut/);
      });

      it("reports a tag in a segment without words, which is not sent", () => {
        const text = 'one<flush/> … <break time="1s"/> <flush/>two';
        const [problem] = parseScript(text, { language }).problems;
        assert.equal(text.slice(problem?.start, problem?.end), '<break time="1s"/>');
        assert.match(problem?.message ?? "", /not sent/);
      });

      it("has one segment for a document without markers, and for an empty one", () => {
        assert.equal(parseScript("Hello", { language }).segments.length, 1);
        const [start, end] = [0, 0];
        assert.deepEqual(parseScript("", { language }), {
          segments: [
            {
              ...{ index: 0, start, end, transcript: "", seam: "", offsets: [], silent: [] },
              speakable: false,
            },
          ],
          markers: [],
          options: {},
          places: {},
          problems: [],
        });
      });
    });
  }

  describe("of plain text", () => {
    const said = (text: string): string[] =>
      parseScript(text, { language: "plaintext" }).segments.map((s) => s.transcript);

    it("says it as it stands, but for the white space at a segment's ends", () => {
      const text = "# Title  *x*\n\n    `code`\t<b>&amp; <!-- said -->";
      assert.deepEqual(said(`\n ${text} \n<flush/> z`), [text, "z"]);
    });

    it("sends line endings as line feeds", () => {
      assert.deepEqual(said("a\r\nb\rc\nd"), ["a\nb\nc\nd"]);
      const [segment] = parseScript("a\r\nb", { language: "plaintext" }).segments;
      assert.deepEqual(segment?.offsets, [0, 2, 3]);
    });

    it("leaves out what can be neither said nor sent", () => {
      const text = "\0 a\u0007\uD800b😀\uDC00 \uFEFF";
      assert.deepEqual(said(text), ["ab😀"]);
      const [segment] = parseScript(text, { language: "plaintext" }).segments;
      assert.deepEqual(segment?.offsets, [2, 5, 6, 7]);
    });
  });
});
