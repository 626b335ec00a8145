import assert from "node:assert/strict";
import fc from "fast-check";
import {
  insertionPoints,
  type InsertBy as By,
} from "../../../../src/script/edits/insertionPoints.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import { scanScript } from "../../../../src/script/scanner/scan.ts";
import type { ScriptLanguage } from "../../../../src/script/model/script.ts";
import { anyLanguage, anyScript } from "../arbitraries.ts";

function insert(text: string, language: ScriptLanguage, by: By): string {
  return insertionPoints(text, { language }, by).reduceRight(
    (result, { offset, text: marker }) => result.slice(0, offset) + marker + result.slice(offset),
    text,
  );
}

/** The segments after inserting. */
function segments(text: string, by: By, language: ScriptLanguage = "markdown"): string[] {
  return parseScript(insert(text, language, by), { language }).segments.map((s) => s.transcript);
}

describe("insertionPoints", () => {
  it("puts a marker on a line of its own before every paragraph but the first", () => {
    assert.equal(
      insert("one\n\ntwo\nmore\n", "markdown", "paragraphs"),
      "one\n\n<flush/>\n\ntwo\nmore\n",
    );
  });

  it("leaves a pause to what stands before it: by itself it would not be sent", () => {
    const text = 'one\n\n<break time="1s"/>\n\ntwo. <break time="2s"/>\n\nthree';
    for (const language of ["markdown", "plaintext"] as const) {
      const said = segments(text, "paragraphs", language);
      assert.ok(!said.includes("") && said[0]?.includes('<break time="1s"/>'), said.join("|"));
    }
    assert.deepEqual(segments('One. Two.\n\n<break time="1s"/>', "sentences"), [
      "One.",
      'Two. <break time="1s"/>',
    ]);
    assert.equal(
      insert('<break time="1s"/>\n\none', "markdown", "paragraphs").includes("<flush"),
      false,
    );
  });

  it("uses the document's line ending", () => {
    assert.equal(
      insert("one\r\n\r\n  two", "markdown", "paragraphs"),
      "one\r\n\r\n<flush/>\r\n\r\n  two",
    );
  });

  it("keeps a heading with what stands below it", () => {
    assert.deepEqual(segments("# one\n\ntwo\n\n## three\n\nfour", "paragraphs"), [
      "one. two",
      "three. four",
    ]);
  });

  it("keeps front matter, code, lists, tables and quotes whole", () => {
    const text =
      "---\na: 1\n\nb: 2\n---\none\n\n```\nx\n\ny\n```\n\n- two\n\n  - three\n\n> four\n>\n> five\n\n|a|\n|-|\n\nsix\n\n<!--\n\nx\n\n-->\n";
    assert.deepEqual(segments(text, "paragraphs"), [
      "one",
      "two. three.",
      "four. five",
      "a.",
      "six",
    ]);
  });

  it("puts a marker before every heading but one that begins the script", () => {
    const text = "# one\n\ntwo\n\nthree\n\nfour\n====\n\n```\n# x\n```\n\n- # five\n";
    assert.deepEqual(segments(text, "headings"), ["one. two. three", "four. five."]);
  });

  it("puts none where one stands", () => {
    const text = "one\n\n<flush/>\n\ntwo <flush/>three\n\nfour <flush/>\n\nfive\n\n<flush/>six";
    const words = ["one", "two", "three", "four", "five", "six"];
    assert.deepEqual(segments(text, "paragraphs"), words);
    assert.deepEqual(segments(text, "paragraphs", "plaintext"), words);
  });

  it("puts none where a speaker of the cast begins a segment", () => {
    const text = "---\nspeech: { cast: { ANN: x, Bob: y } }\n---\nANN: one\n\nBob: two\n\nthree";
    for (const by of ["paragraphs", "speakers"] as const) {
      assert.equal(insert(text, "markdown", by), text);
      assert.equal(insert(text, "plaintext", by), text);
    }
  });

  it("puts none where a marker of the front matter's own stands", () => {
    const text = "---\nspeech:\n  flush: '***'\n---\none\n\n***\n\ntwo\n\nthree";
    assert.equal(
      insert(text, "markdown", "paragraphs"),
      text.replace("three", "<flush/>\n\nthree"),
    );
  });

  it("parts plain text at empty lines, and knows no headings in it", () => {
    const text = "\n one\ntwo\n \t\n\n  # three\n\n```\n\nfour";
    assert.deepEqual(segments(text, "paragraphs", "plaintext"), [
      "one\ntwo",
      "# three",
      "",
      "four",
    ]);
    assert.deepEqual(insertionPoints("# one\n\n# two", { language: "plaintext" }, "headings"), []);
  });

  it("puts a marker before each sentence, with a line of its own where a paragraph begins", () => {
    assert.equal(
      insert(
        "One *two*. **Three** four! Five\nsix. Seven.\n\n# Eight\n\nNine",
        "markdown",
        "sentences",
      ),
      "One *two*. <flush/>**Three** four! <flush/>Five\nsix. <flush/>Seven.\n\n<flush/>\n\n# Eight\n\n<flush/>\n\nNine",
    );
    assert.equal(insert("一。二！三", "markdown", "sentences"), "一。<flush/>二！<flush/>三");
  });

  it("puts a marker before the name of who says the sentence, never behind it", () => {
    const front = "---\nspeech: { cast: { ANN: x } }\n---\n";
    for (const [text, expected] of [
      ["ANN: One.\n\nANN:\nTwo. Three.", "ANN: One.\n\n<flush/>\n\nANN:\nTwo. <flush/>Three."],
      ["ANN: One.\nANN:\n  Two.", "ANN: One.\n<flush/>ANN:\n  Two."],
      ["ANN: One.\n\nANN: Two.", "ANN: One.\n\n<flush/>\n\nANN: Two."],
      ["One.\n\nANN:\n\nTwo. Three.", "One.\n\nANN:\n\nTwo. <flush/>Three."],
    ] as const) {
      for (const language of ["markdown", "plaintext"] as const) {
        assert.equal(insert(front + text, language, "sentences"), front + expected, language);
      }
    }
  });

  it("puts one marker between the sentences of two paragraphs of plain text", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      assert.equal(
        insert(`One.${end}${end}Two.${end}${end}${end}Three.`, "plaintext", "sentences"),
        `One.${end}${end}<flush/>${end}${end}Two.${end}${end}${end}<flush/>${end}${end}Three.`,
      );
    }
  });

  it("leaves tags, code spans and abbreviations whole", () => {
    for (const text of [
      "Say <spell>A. B</spell> now",
      "Say `one. Two` now",
      "Dr. Smith met J. R. Ewing at 5 p.m. in St. Louis, e.g. there.",
      'He said "Stop. <flush/>Now."',
    ]) {
      assert.equal(insert(text, "markdown", "sentences"), text);
    }
  });

  it("puts a marker before each paragraph that begins with a name and a colon", () => {
    const text =
      "ANNA: Hello.\n\n**Dr. Bell:** Good day.\n\nA pause.\n\n**ANNA**: Note: this.\n\nsee: that\n\nhttp://x\n\nFIRST LORD : Ay.";
    assert.deepEqual(
      insert(text, "markdown", "speakers")
        .split("<flush/>\n\n")
        .map((part) => part.trim()),
      [
        "ANNA: Hello.",
        "**Dr. Bell:** Good day.\n\nA pause.",
        "**ANNA**: Note: this.\n\nsee: that\n\nhttp://x",
        "FIRST LORD : Ay.",
      ],
    );
  });

  it("inserts markers that cut, at starts of lines, once", () => {
    fc.assert(
      fc.property(
        anyScript,
        anyLanguage,
        fc.constantFrom<By>("paragraphs", "headings", "sentences", "speakers"),
        (text, language, by) => {
          const points = insertionPoints(text, { language }, by);
          for (const { offset } of by === "sentences" ? [] : points) {
            assert.ok(offset > 0 && /[\r\n\uFEFF]/.test(text[offset - 1] ?? ""));
          }
          const before = scanScript(text, { language }).markers.length;
          const result = insert(text, language, by);
          assert.equal(scanScript(result, { language }).markers.length, before + points.length);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
