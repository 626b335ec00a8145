import assert from "node:assert/strict";
import fc from "fast-check";
import { nameFiles, safeName, slugOf } from "../../../../src/export/common/fileNames.ts";

const nameAll = (pattern: string, ...transcripts: readonly string[]): string[] => {
  const segments = transcripts.map((transcript, index) => ({ index, transcript }));
  return nameFiles({ title: "My talk", segments }, segments, pattern);
};

describe("nameFiles", () => {
  it("fills in number, first words and title", () => {
    assert.deepEqual(nameAll("{title} {number} {slug}", "Hello, world!", "Bye."), [
      "My talk 01 hello-world",
      "My talk 02 bye",
    ]);
  });

  it("counts as the document does, with as many digits as its last number needs", () => {
    const all = Array.from({ length: 120 }, (_, index) => ({ index, transcript: "x" }));
    assert.deepEqual(nameFiles({ title: "", segments: all }, [all[4]!, all[119]!], "{number}"), [
      "005",
      "120",
    ]);
  });

  it("never gives two files one name, capital letters and compositions notwithstanding", () => {
    assert.deepEqual(nameAll("{title}", "a", "b", "c"), ["My talk", "My talk-2", "My talk-3"]);
    const titled = (title: string, pattern: string) =>
      nameFiles({ title, segments: [] }, [{ index: 0, transcript: "x" }], pattern);
    assert.deepEqual(titled("e\u0301", "{title}"), ["é"]);
    const text = fc.constantFrom("a", "A", "é", "e\u0301", "É", "ß", "a-2", "A-2", "ﬁ", "fi");
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), (transcripts) => {
        const names = nameAll("{slug}", ...transcripts);
        assert.equal(
          new Set(names.map((name) => name.normalize("NFC").toLowerCase())).size,
          names.length,
        );
      }),
    );
  });

  it("refuses what it does not know, and folders", () => {
    assert.throws(() => nameAll("{nmber}", "x"), { code: "pattern", message: /“\{nmber\}”/ });
    assert.throws(() => nameAll("{number", "x"), { code: "pattern" });
    assert.throws(() => nameAll("../{number}", "x"), {
      code: "pattern",
      message: /names a folder/,
    });
    assert.throws(() => nameAll("a\\{number}", "x"), { code: "pattern" });
  });
});

describe("slugOf", () => {
  const slugs: readonly (readonly [string, string])[] = [
    ["Hello, world!", "hello-world"],
    ["Don't stop — it’s 5 o'clock", "dont-stop-its-5-oclock"],
    ["One two three four five six seven eight", "one-two-three-four-five-six"],
    ['<emotion value="sad"/>I see. <break time="1s"/>So', "i-see-so"],
    ["<spell>ABC-12</spell> is it", "abc-12-is-it"],
    ["Übergrößenträger für Ärzte", "übergrößenträger-für-ärzte"],
    ["Привет, мир", "привет-мир"],
    ["你好。", "你好"],
    [
      "Pneumonoultramicroscopicsilicovolcanoconiosisandmorethanthat",
      "pneumonoultramicroscopicsilicovolcanoconiosisand",
    ],
    ["[laughter]", "segment"],
    ["\ud800", "segment"],
  ];
  for (const [transcript, slug] of slugs) {
    it(`makes “${slug}” of “${transcript}”`, () => {
      assert.equal(slugOf(transcript), slug);
    });
  }
});

describe("safeName", () => {
  it("leaves nothing that some file system does not take, whatever the text", () => {
    const unit = fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(
        "/",
        "\\",
        ":",
        "*",
        "?",
        '"',
        "<",
        ">",
        "|",
        ".",
        " ",
        "\n",
        "\0",
        "\u202e",
        "CON",
        "nul.",
        "\ud800",
        "名",
        "👩‍👩‍👧",
      ),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 120 }), (parts) => {
        const name = safeName(parts.join(""));
        assert.match(name, /^[^<>:"/\\|?*\p{Cc}\p{Cs}\u202e]+$/u);
        assert.doesNotMatch(name, /^[. ]|[. ]$/);
        assert.doesNotMatch(name, /^(con|prn|aux|nul|(com|lpt)\d)(\.|$)/i);
        assert.ok(Buffer.byteLength(`${name}-999.wav`) <= 255);
        assert.equal(safeName(name), name);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what is safe", () => {
    for (const name of ["My talk, part 2 (new)", "日本語", "ú", "a.b", "नमस्ते"])
      assert.equal(safeName(name), name);
    assert.equal(safeName("a/b:c"), "a-b-c");
    assert.equal(safeName("aux.speech"), "_aux.speech");
    assert.equal(safeName(" ... "), "speech");
  });
});
