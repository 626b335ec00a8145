import assert from "node:assert/strict";
import fc from "fast-check";
import { readFrontMatter } from "../../../../src/script/frontMatter/frontMatter.ts";
import { declaresMarkers } from "../../../../src/script/frontMatter/frontMatterBlock.ts";
import { anyScript } from "../arbitraries.ts";

/** Each problem, as the text it points at and what it says. */
function problemsOf(yaml: string): [string, string][] {
  return readFrontMatter(yaml, 0).problems.map(({ start, end, message }) => [
    yaml.slice(start, end),
    message,
  ]);
}

describe("readFrontMatter", () => {
  it("reads everything under speech", () => {
    const yaml = [
      "title: A talk",
      "speech:",
      "  voice: 6ccbfb76-1fc6-48f7-b71d-91ac6298247b",
      "  model: sonic-3",
      "  language: EN",
      "  speed: 1.2",
      "  volume: 2",
      "  emotion: calm",
      '  flush: ["---", " *** "]',
      "",
    ];
    for (const ending of ["\n", "\r\n", "\r"]) {
      const { options, problems } = readFrontMatter(yaml.join(ending), 0);
      assert.deepEqual(options, {
        voice: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b",
        model: "sonic-3",
        language: "en",
        speed: 1.2,
        volume: 2,
        emotion: "calm",
        flush: ["---", "***"],
      });
      assert.deepEqual(problems, []);
    }
  });

  it("takes a single flush marker", () => {
    assert.deepEqual(readFrontMatter("speech:\n  flush: '***'\n", 0).options, { flush: ["***"] });
  });

  it("reads words: values of variables, pronunciations, and a dictionary's id", () => {
    const yaml = [
      "speech:",
      "  variables:",
      "    name: Anna",
      "    price: 1.50",
      "    none: ''",
      "  pronunciations:",
      "    SQL: sequel",
      "    1st: first",
      "  pronunciation_dict: pdict_1",
    ].join("\n");
    const { options, places, problems } = readFrontMatter(yaml, 0);
    assert.deepEqual(options, {
      variables: { name: "Anna", price: "1.50", none: "" },
      pronunciations: { SQL: "sequel", "1st": "first" },
      pronunciationDict: "pdict_1",
    });
    assert.deepEqual(problems, []);
    const { start, end } = places.pronunciationDict ?? {};
    assert.equal(yaml.slice(start, end), "pdict_1");
  });

  it("reports words that will not do where they stand, and takes the others", () => {
    const yaml = "speech:\n  variables:\n    ok: fine\n    a b: x\n    list: [1]\n    bare:\n";
    assert.deepEqual(readFrontMatter(yaml, 0).options, { variables: { ok: "fine" } });
    assert.deepEqual(problemsOf(yaml), [
      ["a b", "A variable can't be called `a b`. Use letters, digits, `_`, `-` and `.`."],
      ["[1]", '`list` of `variables` has no value that is text. Put it in quotes: `name: "Anna"`.'],
      ["", '`bare` of `variables` has no value that is text. Put it in quotes: `name: "Anna"`.'],
    ]);
    const [[place, message] = []] = problemsOf("speech:\n  pronunciations: SQL\n");
    assert.equal(place, "SQL");
    assert.match(message ?? "", /lines of their own, indented below it, such as `SQL: sequel`/);
  });

  it("follows an alias", () => {
    const yaml = "mine: &mine\n  voice: x\nspeech: *mine\n";
    assert.deepEqual(readFrontMatter(yaml, 0).options, { voice: "x" });
  });

  it("has nothing to say about front matter that is somebody else's", () => {
    for (const yaml of ["", "# none\n", "title: x\n", "title: [\n", "a: 1\na: 2\n", "speech:\n"]) {
      assert.deepEqual({ ...readFrontMatter(yaml, 0) }.problems, [], yaml);
    }
  });

  const FAULTS: readonly (readonly [yaml: string, at: string, says: RegExp])[] = [
    ["speech:\n  speed: 9\n", "9", /`speed`.*0\.6 to 1\.5/],
    ["speech:\n  speed: 0.59\n", "0.59", /`speed`/],
    ["speech:\n  speed: .nan\n", ".nan", /`speed`/],
    ["speech:\n  speed: fast\n", "fast", /`speed` must be a number/],
    ["speech:\n  volume: 2.1\n", "2.1", /`volume`.*0\.5 to 2/],
    ["speech:\n  volume: '1'\n", "'1'", /`volume` must be a number/],
    ["speech:\n  voice: 12\n", "12", /`voice` must be text.*quotes/],
    ["speech:\n  voice: ''\n", "''", /`voice`/],
    ["speech:\n  model: [a]\n", "[a]", /`model`/],
    ["speech:\n  emotion: {a: b}\n", "{a: b}", /`emotion`/],
    ["speech:\n  language: english\n", "english", /`language`.*`en`/],
    ["speech:\n  voice:\n", "voice", /`voice` has no value/],
    ["speech:\n  flush: 3\n", "3", /`flush`/],
    ["speech:\n  flush: [a, '']\n", "[a, '']", /`flush`/],
    ['speech:\n  flush: "a\\nb"\n', '"a\\nb"', /`flush`.*one line/],
    ["speech:\n  flush: [[a]]\n", "[[a]]", /`flush`/],
    ["speech:\n  pitch: 1\n", "pitch", /no setting `pitch`.*`voice`/],
    ["speech:\n  __proto__: 1\n", "__proto__", /no setting `__proto__`/],
    ["speech:\n  constructor: 1\n", "constructor", /no setting/],
    ["speech: loud\n", "loud", /`speech` holds settings/],
    ["speech: *none\n", "*none", /`speech`/],
    ["just text\n", "just text", /front matter, and is not spoken/],
    ["speech:\n  voice: a\n  voice: b\n", "v", /not valid YAML/],
  ];
  for (const [yaml, at, says] of FAULTS) {
    it(`reports ${JSON.stringify(yaml)} where it stands, and takes no value from it`, () => {
      const problems = problemsOf(yaml);
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.[0], at);
      assert.match(problems[0]?.[1] ?? "", says);
      assert.deepEqual(readFrontMatter(yaml, 0).options, {});
    });
  }

  it("keeps what is right beside what is wrong", () => {
    assert.deepEqual(readFrontMatter("speech:\n  speed: 9\n  voice: x\n", 0).options, {
      voice: "x",
    });
  });

  it("gives problems the document's offsets", () => {
    const [problem] = readFrontMatter("speech: x\n", 100).problems;
    assert.deepEqual([problem?.start, problem?.end], [108, 109]);
  });

  it("never throws, and never changes Object.prototype", () => {
    const hostile = [
      "[".repeat(10_000),
      "speech: " + "[".repeat(10_000),
      "speech: " + "{a: ".repeat(3_000),
      "a: &a [l,l]\n" +
        Array.from({ length: 60 }, (_, i) => `b${i}: &b${i} [*a,*a,*a]\n`).join("") +
        "speech: *b59\n",
      "speech: &s\n  flush: *s\n",
      "speech:\n  !!js/function x: 1\n",
      "%YAML 9\n--- !<x>\nspeech: 1\n",
      "speech: x".padEnd(100_000),
      "\0\uD800",
    ];
    for (const yaml of hostile) assert.ok(Array.isArray(readFrontMatter(yaml, 0).problems));
  });

  it("points into the front matter, whatever is in it", () => {
    fc.assert(
      fc.property(anyScript, (text) => {
        const yaml = `speech:\n  ${text}`;
        for (const { start, end } of readFrontMatter(yaml, 0).problems) {
          assert.ok(0 <= start && start <= end && end <= yaml.length);
        }
      }),
    );
  });
});

describe("declaresMarkers", () => {
  it("tells, without reading the YAML, whether it has to be read", () => {
    assert.equal(declaresMarkers("speech:\n  flush: x\n"), true);
    assert.equal(declaresMarkers('"speech": {"flush" : "x"}\n'), true);
    assert.equal(declaresMarkers("speech:\n  voice: x\n"), false);
    assert.equal(declaresMarkers("flush: x\n"), false);
  });
});
