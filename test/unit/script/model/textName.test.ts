import assert from "node:assert/strict";
import { isMarkdownName, isTextName } from "../../../../src/script/model/textName.ts";

describe("A file's name", () => {
  for (const name of [
    "talk.md",
    "a.b/talk.TXT",
    "C:\\texts\\talk.Markdown",
    "talk.speech.txt",
    "a.text",
  ]) {
    it(`says that people read it: ${name}`, () => assert.ok(isTextName(name)));
  }

  for (const name of [
    ".env",
    ".env.local",
    ".env.txt",
    ".md",
    "talk.md/.npmrc",
    "id_rsa",
    "server.pem",
    "folder.md/config",
    "folder.txt\\id_rsa",
    "program.py",
    "settings.json",
    "README",
    "",
  ]) {
    it(`does not say so: ${name}`, () => assert.equal(isTextName(name), false));
  }

  it("says whether it is Markdown", () => {
    assert.deepEqual(["a.md", "a.MKD", "a.txt", "md"].map(isMarkdownName), [
      true,
      true,
      false,
      false,
    ]);
  });
});
