import assert from "node:assert/strict";
import fc from "fast-check";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import { ParseCache } from "../../../../src/script/reader/parseCache.ts";
import { Wording, type ReadOptions } from "../../../../src/script/reader/replaceWords.ts";
import type { Script, Words } from "../../../../src/script/model/script.ts";
import { findServiceTags } from "../../../../src/script/model/serviceTags.ts";
import { anyDocument, anyLanguage, anyWords } from "../arbitraries.ts";

const markdown = (text: string, words: Omit<ReadOptions, "language"> = {}): Script =>
  parseScript(text, { language: "markdown", ...words });
const said = (text: string, values: Words, pronunciations: Words = {}): (string | undefined)[] =>
  markdown(text, { values, pronunciations }).segments.map(({ transcript, unfilled }) =>
    unfilled ? undefined : transcript,
  );

describe("Template variables", () => {
  const values = { name: "Anna", "a.b-c_1": "it", _x: "one", y_: "two", größe: "big", empty: "" };

  for (const [text, spoken] of [
    ["Hello {{name}}!", "Hello Anna!"],
    ["Hello {{ name\t}}!", "Hello Anna!"],
    ["{{a.b-c_1}} {{größe}}", "it big"],
    ["{{_x}} and {{y_}} are *names*", "one and two are names"],
    ["*{{name}}* and [{{name}}](x)", "Anna and Anna"],
    ["# {{name}}\n\nnext", "Anna. next"],
    ["Hello {{empty}} Smith", "Hello Smith"],
    ["Hello {{empty}}, you", "Hello, you"],
    ["Hello {{empty}}Smith", "Hello Smith"],
    ["{{empty}} Smith {{empty}}", "Smith"],
    ["Code `{{name}}` stays", "Code {{name}} stays"],
    ["Escaped \\{{name}} stays", "Escaped {{name}} stays"],
    ["Escaped {\\{name}} stays", "Escaped {{name}} stays"],
    ["Referenced &#123;{name}} stays", "Referenced {{name}} stays"],
    ["{name}, {{}}, {{a b}} are none", "{name}, {{}}, {{a b}} are none"],
    ["Spelled: <spell>{{name}}</spell>.", "Spelled: <spell>Anna</spell>."],
  ] as const) {
    it(`says ${JSON.stringify(text)} as ${JSON.stringify(spoken)}`, () => {
      assert.deepEqual(said(text, values), [spoken]);
    });
  }

  it("are filled from the front matter, before which sample values come", () => {
    const text = "---\nspeech:\n  variables: { a: front, b: 1.50 }\n---\n{{a}} {{b}}";
    assert.deepEqual(said(text, {}), ["front 1.50"]);
    assert.deepEqual(said(text, { a: "sample" }), ["sample 1.50"]);
  });

  it("without a value are told at their places, and silence their segment alone", () => {
    const text = "One {{name}}.<flush/>Two {{ who }}, {{what}}.<flush/>Three.";
    const { segments, problems } = markdown(text, { values });
    assert.deepEqual(said(text, values), ["One Anna.", undefined, "Three."]);
    assert.deepEqual(
      segments.map(({ speakable, seam }) => [speakable, seam]),
      [
        [true, " "],
        [false, ""],
        [true, ""],
      ],
    );
    assert.deepEqual(
      problems.map(({ start, end }) => text.slice(start, end)),
      ["{{ who }}", "{{what}}"],
    );
    assert.match(problems[0]?.message ?? "", /^The variable \{\{who\}\} has no value/);
  });

  it("that would make a segment far too long silence it, and say so at their place", () => {
    const text = "One.<flush/>{{long}} and {{long}}.<flush/>Three {{long}}.";
    const values = { long: "word ".repeat(15_000) };
    const { segments, problems } = markdown(text, { values });
    assert.deepEqual(
      segments.map(({ transcript }) => transcript.length),
      ["One.".length, 0, "Three .".length + "word ".repeat(15_000).trim().length],
    );
    assert.deepEqual(
      problems.map(({ start, end, code, severity }) => [start, end, code, severity]),
      [[text.indexOf(" and ") + 5, text.indexOf(".<flush/>Three"), "too-long", "error"]],
    );
    assert.match(problems[0]?.message ?? "", /far longer than it is written: from `long` on/);
  });

  it("that would make a script far too long silence the segments from there on, whatever is edited", () => {
    const text = "{{long}}<flush/>".repeat(30);
    const values = { long: "word ".repeat(15_000) };
    const cache = new ParseCache();
    const spoken = (now: string): number[] =>
      parseScript(now, { language: "markdown", values }, cache).segments.flatMap(
        ({ index, speakable }) => (speakable ? [index] : []),
      );
    const first = Array.from({ length: 13 }, (_, at) => at);
    assert.deepEqual(spoken(text), first);
    assert.deepEqual(
      spoken(text.replace("{{long}}", "short")),
      Array.from({ length: 14 }, (_, at) => at),
    );
    assert.deepEqual(spoken(text), first);
    assert.deepEqual(spoken(text.slice(0, 160)), first.slice(0, 10));
    assert.deepEqual(spoken(text), first);
  });

  it("have no value by what every object has", () => {
    assert.deepEqual(said("{{constructor}}<flush/>{{__proto__}}", {}), [undefined, undefined]);
  });

  it("are not filled within a control tag, and are not sent there either", () => {
    const text = 'Wait <break time="{{name}}"/> here.';
    assert.deepEqual(said(text, values), [undefined]);
    const [problem] = markdown(text, { values }).problems;
    assert.match(problem?.message ?? "", /within a tag of the service/);
    assert.equal(text.slice(problem?.start, problem?.end), "{{name}}");
  });

  for (const [value, spoken] of [
    ["a <flush/> b", "Say a flush/ b."],
    ['<break time="9s"/>', 'Say break time="9s"/.'],
    ["<spell>x</spell>", "Say spell x /spell."],
    ["[laughter]", "Say laughter."],
    ["<<a|b>>", "Say a|b."],
    ["3 < 5", "Say 3 < 5."],
    ["{{name}}", "Say {{name}}."],
    ["two\r\n  lines", "Say two lines."],
    ["\u0000\uD800x", "Say x."],
    ["*not* `markdown`", "Say *not* `markdown`."],
  ] as const) {
    it(`take the value ${JSON.stringify(value)} as text`, () => {
      const spokenAs = said("Say {{value}}.", { value, name: "Anna" });
      assert.equal(spokenAs.length, 1);
      assert.deepEqual(findServiceTags(spokenAs[0] ?? ""), []);
      assert.deepEqual(spokenAs, [spoken]);
    });
  }

  it("of which one changes, change the segments that hold it and no others", () => {
    const text = "{{a}} one.<flush/>{{b}} two.<flush/>Three {{a}}.";
    const before = said(text, { a: "A", b: "B" });
    const after = said(text, { a: "Other", b: "B" });
    assert.deepEqual(
      before.map((transcript, at) => transcript === after[at]),
      [false, true, false],
    );
  });
});

describe("Pronunciations", () => {
  for (const [text, words, spoken] of [
    [
      "SQL and sql, SQLite, NoSQL, SQL.",
      { SQL: "sequel" },
      "sequel and sql, SQLite, NoSQL, sequel.",
    ],
    ["A_SQL SQL2 (SQL)", { SQL: "sequel" }, "A_SQL SQL2 (sequel)"],
    ["Anna's cat", { Anna: "Ah-na" }, "Ah-na's cat"],
    ["New York, New\nYork, New", { "New York": "NY", New: "Old" }, "NY, NY, Old"],
    ["a b", { a: "b", b: "a" }, "b a"],
    ["Dr. Who", { "Dr.": "Doctor" }, "Doctor Who"],
    ["C++ and C", { "C++": "see plus plus", C: "see" }, "see plus plus and see"],
    ["重庆和重要", { 重庆: "Chóngqìng" }, "Chóngqìng和重要"],
    ["用SQL吧", { SQL: "sequel" }, "用sequel吧"],
    ["ภาษาไทย", { ไทย: "Thai" }, "ภาษาThai"],
    ["élan, e\u0301", { e: "x", é: "y" }, "élan, e\u0301"],
    ["so (sic) it is", { "(sic)": "" }, "so it is"],
    ["Constructor constructor", {}, "Constructor constructor"],
    ["`SQL` in code", { SQL: "sequel" }, "sequel in code"],
  ] as const) {
    it(`say ${JSON.stringify(text)} as ${JSON.stringify(spoken)}`, () => {
      assert.deepEqual(said(text, {}, words), [spoken]);
    });
  }

  it("leave the service's own tags alone", () => {
    const words = { SQL: "sequel", laughter: "ha", sad: "glad", a: "b", break: "x", time: "y" };
    const text =
      'SQL <spell>SQL</spell> [laughter] <emotion value="sad"/> <<a|b>> <break time="1s"/>';
    assert.deepEqual(said(text, {}, words), [text.replace("SQL", "sequel")]);
  });

  it("may hold tags of the service", () => {
    assert.deepEqual(said("The SQL.", {}, { SQL: "<spell>SQL</spell>" }), [
      "The <spell>SQL</spell>.",
    ]);
  });

  it("hold for values of variables too", () => {
    assert.deepEqual(said("Hi {{who}}.", { who: "Dr. Nguyen" }, { Nguyen: "Win" }), [
      "Hi Dr. Win.",
    ]);
  });

  it("of the front matter come before those of the settings", () => {
    const text = "---\nspeech:\n  pronunciations:\n    SQL: ess cue ell\n---\nSQL on AWS";
    assert.deepEqual(said(text, {}, { SQL: "sequel", AWS: "A double u S" }), [
      "ess cue ell on A double u S",
    ]);
  });

  it("stay fast with many words, on a long text", () => {
    const words = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`word${at}`, "x"]));
    const text = "some words, word77 and word7777 ".repeat(3000);
    const [transcript = ""] = said(text, {}, words);
    assert.equal(transcript, "some words, x and word7777 ".repeat(3000).trim());
  });
});

describe("Wording", () => {
  it("maps what is put to where what it replaces is written", () => {
    const text = "Say {{ who }} SQL *now*.";
    const words = { values: { who: "Mr. SQL" }, pronunciations: { SQL: "sequel" } };
    const [segment] = markdown(text, words).segments;
    assert.equal(segment?.transcript, "Say Mr. sequel sequel now.");
    const at = text.indexOf("{{");
    const sql = text.indexOf("SQL");
    const { offsets = [] } = segment ?? {};
    assert.deepEqual(offsets.slice(4, 14), Array(10).fill(at));
    assert.deepEqual(offsets.slice(15, 21), Array(6).fill(sql));
    assert.equal(offsets[22], text.indexOf("now"));
    assert.deepEqual(segment?.written, [
      { start: at, last: at + "{{ who }}".length - 1 },
      { start: sql, last: sql + 2 },
    ]);
  });

  it("gives a text that holds none of the words just as it was", () => {
    const spoken = { text: "Nothing here.", offsets: [...Array(13).keys()] };
    const wording = new Wording({ language: "plaintext", pronunciations: { SQL: "x" } });
    const { text, offsets } = wording.replace(spoken);
    assert.equal(text, spoken.text);
    assert.equal(offsets, spoken.offsets);
  });

  it("keeps every offset in its segment and in order, and every text such as can be sent", () => {
    fc.assert(
      fc.property(anyDocument, anyLanguage, anyWords, (text, language, words) => {
        const { segments, problems } = parseScript(text, { language, ...words });
        for (const { transcript, offsets, start, end, speakable, written = [] } of segments) {
          assert.equal(offsets.length, transcript.length);
          assert.equal(speakable, transcript !== "");
          assert.equal(transcript, transcript.trim());
          assert.doesNotMatch(transcript, /\p{Cs}|(?![\t-\r])\p{Cc}/u);
          let last = 0;
          for (const offset of offsets) {
            assert.ok(offset >= last && start + offset < end);
            last = offset;
          }
          for (const place of written) {
            assert.ok(place.start <= place.last && start + place.last < end);
          }
        }
        for (const { start, end } of problems) assert.ok(0 <= start && end <= text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("takes no longer than a text is long, however it is made", () => {
    const wording = new Wording({
      language: "plaintext",
      values: { a: "" },
      pronunciations: { "a a": "b", a_a: "c", "a b": "d" },
    });
    const parts = ["{{", "{{a", "{{a}}", "x {{a}}, ", "{{ ", "{{a ", "a ", "[laughter]{{a}}"];
    for (const part of [...parts, "<spell>{{a}}</spell>", "<<a|{{b}}>>"]) {
      const text = part.repeat(200_000 / part.length);
      const replaced = wording.replace({ text, offsets: [...Array(text.length).keys()] });
      assert.equal(replaced.text.length, replaced.offsets.length);
    }
  });

  it("leaves the service's tags as they stand, and lets no value make another", () => {
    const anyValue = fc.string({
      unit: fc.constantFrom(..."<>[]/|ab \n", "spell", "laughter", "break"),
    });
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = '<break time="1s"/> {{v}} b <spell>b a</spell> [laughter]';
        const wording = new Wording({
          language: "plaintext",
          values: { v: value },
          pronunciations: { b: "bee", a: "eh", spell: "x", laughter: "ha", break: "y" },
        });
        const offsets = [...Array(text.length).keys()];
        const replaced = wording.replace({ text, offsets }).text;
        assert.deepEqual(
          findServiceTags(replaced).map(({ start, end }) => replaced.slice(start, end)),
          findServiceTags(text).map(({ start, end }) => text.slice(start, end)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
