import assert from "node:assert/strict";
import fc from "fast-check";
import { scriptTitle } from "../../../../src/export/common/scriptTitle.ts";

describe("scriptTitle", () => {
  it("is the front matter's title", () => {
    assert.equal(
      scriptTitle("---\ntitle: The old harbour # 1\n---\nHello", "talk.md"),
      "The old harbour",
    );
    assert.equal(
      scriptTitle('---\r\ntitle: "A: \\"b\\""\r\nspeech: {}\r\n---\r\n', "talk.md"),
      'A: "b"',
    );
    assert.equal(scriptTitle("---\ntitle: >\n  Over\n  lines\n---\n", "talk.md"), "Over lines");
  });

  it("is the document's name without its endings where there is none", () => {
    for (const text of [
      "Hello",
      "---\ntitle: [1]\n---\n",
      "---\ntitle: ' '\n---\n",
      "---\n- a\n---\n",
      "---\ntitle: *a\n---\n",
    ]) {
      assert.equal(scriptTitle(text, "my talk.speech.md"), "my talk");
    }
    assert.equal(scriptTitle("", ".md"), ".md");
    assert.equal(scriptTitle("", "Untitled-1"), "Untitled-1");
  });

  it("reads any front matter without failing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (yaml) => {
        assert.equal(typeof scriptTitle(`---\ntitle: ${yaml}\n---\n`, "talk.md"), "string");
      }),
    );
    assert.equal(scriptTitle(`---\na: ${"[".repeat(20_000)}\n---\n`, "talk.md"), "talk");
  });
});
