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

  it("knows no heading in plain text, in code and in front matter", () => {
    assert.deepEqual(headingsOf("# One\n<flush/>\nTwo\n", "plaintext"), [undefined, undefined]);
    const text = "---\n# note\ntitle: a\n---\n\n```\n# code\n```\n\nText.\n";
    assert.deepEqual(headingsOf(text), [undefined]);
  });
});
