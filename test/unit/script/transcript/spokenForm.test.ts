import assert from "node:assert/strict";
import fc from "fast-check";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import { blockAt, blockOf, spokenForm } from "../../../../src/script/transcript/spokenForm.ts";
import { anyLanguage, anyScript } from "../arbitraries.ts";

const formOf = (text: string) => spokenForm(parseScript(text, { language: "markdown" }).segments);

/** What is sent for each segment, told from the text of a spoken form alone. */
function readBack(text: string): string[] {
  const [rule = ""] = /^─*/.exec(text) ?? [];
  const half = rule.slice(0, rule.length / 2);
  const sent: string[] = [];
  for (const line of text.match(/.*?(?:\r\n|\n|\r|$)/gsu) ?? []) {
    if (half === "" || !line.startsWith(half)) sent[sent.length - 1] += line;
    else {
      const before = sent.length - 1;
      if (line.includes("␣")) sent[before] = `${withoutLineEnd(sent[before])} `;
      else if (before >= 0) sent[before] = withoutLineEnd(sent[before]);
      sent.push("");
    }
  }
  return sent.map((block, at) => (at === sent.length - 1 ? withoutLineEnd(block) : block));
}

const withoutLineEnd = (block: string | undefined): string =>
  (block ?? "").replace(/(?:\r\n|\n|\r)$/, "");

describe("spokenForm", () => {
  it("shows what is sent for each segment, and what joins them", () => {
    const { text } = formOf(
      "# Title\n\nStay *hungry*, <flush/>stay foolish.<flush/>…<flush/>你好<flush/>世界",
    );
    assert.equal(
      text,
      [
        "────────",
        "Title. Stay hungry,",
        "──── ␣ ────",
        "stay foolish.",
        "──── ␣ ────",
        "你好",
        "────────",
        "世界",
        "",
      ].join("\n"),
    );
  });

  it("shows no space where the voice changes, for none is sent there", () => {
    const script = parseScript("A: One.\n\nB: Two.<flush/>Three.\n\nC: Four.", {
      language: "markdown",
      speakers: ["A", "B", "C"],
    });
    const { text } = spokenForm(script.segments, (speaker) => (speaker === "A" ? "slt" : "rms"));
    assert.equal(text, "────────\nOne.\n────────\nTwo.\n──── ␣ ────\nThree.\n──── ␣ ────\nFour.\n");
  });

  it("has nothing to show where nothing is sent", () => {
    assert.deepEqual(formOf("…<flush/>"), { text: "", blocks: [] });
  });

  it("keeps its rules apart from lines of a transcript that look like one", () => {
    const segments = parseScript("One\n──────── two\n<flush/>three", {
      language: "plaintext",
    }).segments;
    const { text } = spokenForm(segments);
    assert.deepEqual(readBack(text), ["One\n──────── two ", "three"]);
  });

  it("finds the block of a segment, and of a place", () => {
    const form = formOf("One.<flush/>…<flush/>Two.<flush/>");
    const [one, two] = form.blocks;
    assert.deepEqual(
      [0, 1, 2, 3].map((segment) => blockOf(form, segment)?.segment),
      [0, 2, 2, 2],
    );
    const at = (offset = 0) => blockAt(form, offset)?.segment;
    assert.deepEqual([at(one?.rule), at(one?.end), at(two?.rule), at(two?.end)], [0, 0, 2, 2]);
    assert.equal(at(form.text.length), 2);
    assert.equal(blockOf({ blocks: [] }, 0), undefined);
  });

  it("tells all that is sent, to the byte, of any script", () => {
    fc.assert(
      fc.property(anyScript, anyLanguage, (text, language) => {
        const { segments } = parseScript(text, { language });
        const form = spokenForm(segments);
        const spoken = segments.filter(({ speakable }) => speakable);
        assert.deepEqual(
          form.blocks.map(({ segment, start, end }) => [segment, form.text.slice(start, end)]),
          spoken.map(({ index, transcript }) => [index, transcript]),
        );
        assert.deepEqual(
          readBack(form.text),
          spoken.map(({ transcript, seam }) => transcript + seam),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
