import assert from "node:assert/strict";
import { segmentHeadings } from "../../../../src/export/common/segmentHeadings.ts";
import type { ScriptLanguage } from "../../../../src/script/model/script.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";

function headingsOf(text: string, language: ScriptLanguage = "markdown") {
  const options = { language };
  return segmentHeadings(text, options, parseScript(text, options).segments);
}

describe("segmentHeadings", () => {
  it("names a segment by the heading that it begins with, and no other", () => {
    const text = "# One *two*\n\nText.\n\n<flush/>\n\nMore.\n\n<flush/>\n\nUnder\n=====\n\nText.\n";
    assert.deepEqual(headingsOf(text), ["One two", undefined, "Under"]);
  });

  it("names none by a heading that stands within it", () => {
    assert.deepEqual(headingsOf("Text.\n\n# One\n\nMore.\n\n<flush/>\n\nText.\n"), [
      undefined,
      undefined,
    ]);
  });

  it("names the notes of a slide by the slide, once", () => {
    const front = "---\nmarp: true\nspeech: { only: notes }\n---\n";
    const first = "# <!-- fit --> One\n\n<!-- Note. <flush/> More. -->\n\n";
    const text = `${front}${first}---\n\n<!-- Third. -->\n\n## Two <!-- _class: x -->\n`;
    assert.deepEqual(headingsOf(text), ["One", undefined, "Two"]);
    const slidev = "---\ntitle: Own\nspeech: { only: notes }\n---\n\nText\n\n<!-- Note. -->\n";
    assert.deepEqual(headingsOf(slidev), ["Own"]);
  });

  it("names one by a heading with a comment in its line", () => {
    assert.deepEqual(headingsOf("# <!-- fit --> One\n\nText.\n"), ["One"]);
    assert.deepEqual(headingsOf("<!--\n# None\n-->\n\nText.\n"), [undefined]);
  });

  it("knows no heading in plain text, in code and in front matter", () => {
    assert.deepEqual(headingsOf("# One\n<flush/>\nTwo\n", "plaintext"), [undefined, undefined]);
    const text = "---\n# note\ntitle: a\n---\n\n```\n# code\n```\n\nText.\n";
    assert.deepEqual(headingsOf(text), [undefined]);
  });
});
