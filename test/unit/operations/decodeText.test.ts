import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeText } from "../../../src/operations/decodeText.ts";

const utf16le = (text: string): Buffer => Buffer.from(text, "utf16le");
const utf16be = (text: string): Buffer => utf16le(text).swap16();

/** Bytes of one each, as Latin-1 and its kin have them. */
const single = (...codes: readonly number[]): Buffer => Buffer.from(codes);

describe("decodeText", () => {
  const texts = [
    "Stay hungry.\n",
    "Grüße aus Köln\r\n",
    "你好，世界。 一二三\n",
    "Привет, мир",
    "สวัสดี ครับ",
    "Hi 👋",
  ];

  for (const text of texts) {
    it(`reads ${JSON.stringify(text)} in UTF-8 and in UTF-16 of both orders, marked and not`, () => {
      for (const marked of [text, `\ufeff${text}`]) {
        assert.equal(decodeText(Buffer.from(marked), "a.md"), text);
        assert.equal(decodeText(utf16le(marked), "a.md"), text);
        assert.equal(decodeText(utf16be(marked), "a.md"), text);
      }
    });
  }

  it("reads UTF-16 that is not marked wherever a space or a line end tells its order", () => {
    const letters = fc.array(fc.constantFrom(..."ab \n一丁不世Äß，。é…"), { maxLength: 40 });
    const ends = fc.constantFrom(" ", "\n", "\r\n");
    fc.assert(
      fc.property(letters, ends, fc.constantFrom(utf16le, utf16be), (signs, end, encode) => {
        const text = `${signs.join("")}${end}`;
        assert.equal(decodeText(encode(text), "a.md"), text);
      }),
    );
  });

  const others: readonly (readonly [string, Uint8Array])[] = [
    ["Latin-1", Buffer.from("Eine Zeile.\nGrüße aus Köln.\n", "latin1")],
    ["Latin-1 of an even length", Buffer.from("One.\nGrüße\n", "latin1")],
    ["Windows-1252", Buffer.concat([Buffer.from("One.\nIt"), single(0x92), Buffer.from("s.\n")])],
    [
      "Windows-1251",
      Buffer.concat([Buffer.from("One.\n"), single(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2)]),
    ],
    ["Shift_JIS", Buffer.concat([Buffer.from("One.\n"), single(0x82, 0xa0, 0x82, 0xa2)])],
    ["GBK", Buffer.concat([Buffer.from("One.\n"), single(0xc4, 0xe3, 0xba, 0xc3)])],
  ];
  for (const [what, bytes] of others) {
    it(`refuses ${what}, says where, and what helps`, () => {
      assert.throws(() => decodeText(bytes, "talk.md"), {
        name: "UsageError",
        message:
          /^“talk\.md” is neither UTF-8 nor UTF-16: line 2 can't be read\. Save it as UTF-8 .*iconv/,
      });
    });
  }

  it("refuses what takes letters for others: ISO-2022-JP, UTF-32, half of a UTF-16 file", () => {
    const mail = Buffer.from("\u001b$B$3$s\u001b(B\n");
    const utf32 = Buffer.concat([single(0xff, 0xfe, 0, 0), single(0x41, 0, 0, 0)]);
    const half = utf16le("\ufeffHello").subarray(0, 9);
    for (const bytes of [mail, utf32, half]) {
      assert.throws(() => decodeText(bytes, "talk.md"), /is neither UTF-8 nor UTF-16\. Save it/);
    }
  });

  it("says of what is no text that it is none", () => {
    const sound = Buffer.concat([Buffer.from("RIFF"), single(1, 0, 0, 0, 0xff, 3)]);
    for (const bytes of [sound, single(0, 0, 0, 0), Buffer.from("a\0b")]) {
      assert.throws(
        () => decodeText(bytes, "talk.md"),
        /^UsageError: “talk\.md” is not a text\. Name/,
      );
    }
  });
});
