import assert from "node:assert/strict";
import fc from "fast-check";
import { alignWords } from "../../../../src/localVoice/synthesis/alignWords.ts";
import type { Phone } from "../../../../src/localVoice/synthesis/flite.ts";

/** Phones of 0.1 s each, from their names. */
const phonesOf = (names: readonly string[]): Phone[] =>
  names.map((name, index) => ({ name, start: index / 10, end: (index + 1) / 10 }));
const split = (names: string) => names.split(" ").filter((name) => name !== "");

/** The phones that each word is given, where `said` was said. Words stand with their own phones: `Stay: s t ey`. */
function align(words: readonly string[], said: string): string[] {
  const phones = phonesOf(split(said));
  const pairs = words.map((word) => word.split(": "));
  const intervals = alignWords(
    pairs.map(([word = ""]) => word),
    pairs.map(([, own = ""]) => split(own)),
    phones,
  );
  return intervals.map(({ start, end }, index) => {
    const own = phones.filter((phone) => phone.start >= start && phone.end <= end);
    return `${pairs[index]?.[0]}: ${own.map(({ name }) => name).join(" ")}`;
  });
}

describe("alignWords", () => {
  it("gives each word its phones where all is said as expected", () => {
    const words = ["Stay: s t ey", "hungry,: hh ah ng g r iy"];
    assert.deepEqual(align(words, "s t ey hh ah ng g r iy"), words);
  });

  it("follows words that sound otherwise in company", () => {
    assert.deepEqual(
      align(["the: dh ax", "live: l ih v", "wire: w ay er"], "dh iy l ay v w ay r"),
      ["the: dh iy", "live: l ay v", "wire: w ay r"],
    );
  });

  it("gives a word that is not said an empty time where it stands", () => {
    const intervals = alignWords(
      ["a", "+", "b"],
      [["ey"], [], ["b", "iy"]],
      phonesOf(["ey", "b", "iy"]),
    );
    assert.deepEqual(intervals[1], { start: 0.1, end: 0.1 });
  });

  it("gives what is new to the word before it, as in sums of money", () => {
    const words = ["$5: f ay v d aa l er z", "million: m ih l y ax n", "for: f ao r"];
    assert.deepEqual(align(words, "f ay v m ih l y ax n d aa l er z f ao r"), [
      "$5: f ay v",
      "million: m ih l y ax n d aa l er z",
      "for: f ao r",
    ]);
  });

  it("gives what is new to a number after a plain word, since numbers are read in several ways", () => {
    const words = ["as: ae z", "1990: n ay n t iy n n ay n t iy", "to: t ax"];
    const number = "w ah n th aw z ax n d n ay n hh ah n d r ax d n ay n t iy";
    const expected = ["as: ae z", `1990: ${number}`, "to: t ax"];
    assert.deepEqual(align(words, `ae z ${number} t ax`), expected);
  });

  it("gives what is new to a word of which nothing else was said", () => {
    const words = ["chapter: ch ae p t er", "IV,: ay v iy", "Henry: hh eh n r iy"];
    assert.deepEqual(align(words, "ch ae p t er f ao r hh eh n r iy"), [
      "chapter: ch ae p t er",
      "IV,: f ao r",
      "Henry: hh eh n r iy",
    ]);
  });

  it("keeps words in order and within the phones, and covers these, whatever was said", () => {
    const names = fc.array(fc.constantFrom("ax", "iy", "s", "t", "n"), { maxLength: 6 });
    const word = fc.tuple(fc.constantFrom("plain", "42", "+"), names);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), names, (words, said) => {
        const phones = phonesOf(said);
        const intervals = alignWords(
          words.map(([text]) => text),
          words.map(([, own]) => own),
          phones,
        );
        assert.equal(intervals.length, words.length);
        let end = 0;
        for (const interval of intervals) {
          assert.ok(interval.start === end && interval.end >= interval.start);
          end = interval.end;
        }
        assert.equal(end, phones.at(-1)?.end ?? 0);
      }),
    );
  });
});
