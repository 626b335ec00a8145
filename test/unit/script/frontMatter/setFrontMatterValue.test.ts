import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDocument } from "yaml";
import { findFrontMatter } from "../../../../src/script/frontMatter/frontMatterBlock.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import { setFrontMatterValue } from "../../../../src/script/frontMatter/setFrontMatterValue.ts";
import { voicePlaces } from "../../../../src/script/frontMatter/voicePlaces.ts";
import { anyScript } from "../arbitraries.ts";

const voice = ["speech", "voice"];

/** The text after the edit; `undefined` where there is none. */
function set(text: string, keys: readonly string[] = voice, value = "tessa"): string | undefined {
  const edit = setFrontMatterValue(text, keys, value);
  return edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

/** What the front matter of a document says. */
function said(text: string): unknown {
  const { start = 0, end = 0 } = findFrontMatter(text)?.yaml ?? {};
  return parseDocument(text.slice(start, end).replace(/\r(?!\n)/g, "\n")).toJS();
}

describe("setFrontMatterValue", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["makes a front matter", "Hello.\n", "---\nspeech:\n  voice: tessa\n---\n\nHello.\n"],
    ["makes one for an empty document", "", "---\nspeech:\n  voice: tessa\n---\n"],
    ["sets no second gap", "\nHello.", "---\nspeech:\n  voice: tessa\n---\n\nHello."],
    [
      "keeps a byte order mark at the start, and Windows' line endings",
      "\uFEFFHello.\r\n",
      "\uFEFF---\r\nspeech:\r\n  voice: tessa\r\n---\r\n\r\nHello.\r\n",
    ],
    ["adds to an empty one", "---\n---\nHi", "---\nspeech:\n  voice: tessa\n---\nHi"],
    [
      "adds to one of comments",
      "---\n# mine\n---\nHi",
      "---\n# mine\nspeech:\n  voice: tessa\n---\nHi",
    ],
    [
      "adds to that of others",
      "---\ntitle: >\n  a\n\n  b\ntags: [x, y] # mine\n...\nHi",
      "---\ntitle: >\n  a\n\n  b\ntags: [x, y] # mine\nspeech:\n  voice: tessa\n...\nHi",
    ],
    [
      "adds to that of others, indented",
      "---\n  title: x\n---\nHi",
      "---\n  title: x\n  speech:\n    voice: tessa\n---\nHi",
    ],
    [
      "adds to other settings, before their comments",
      "---\nspeech: # ours\n    # the model\n    model: sonic-3\n---\nHi",
      "---\nspeech: # ours\n    voice: tessa\n    # the model\n    model: sonic-3\n---\nHi",
    ],
    [
      "fills an empty speech",
      "---\nspeech: # ours\ntitle: x\n---\n",
      "---\nspeech: # ours\n  voice: tessa\ntitle: x\n---\n",
    ],
    [
      "fills a speech of null",
      "---\nspeech: ~ # none\n---\n",
      "---\nspeech: { voice: tessa } # none\n---\n",
    ],
    [
      "fills an empty voice",
      "---\r\nspeech:\r\n  voice: # whose?\r\n---\r\n",
      "---\r\nspeech:\r\n  voice: tessa # whose?\r\n---\r\n",
    ],
    [
      "replaces a voice",
      "---\nspeech:\n  voice: 'other' # Katie\n  speed: 1\n---\n",
      "---\nspeech:\n  voice: tessa # Katie\n  speed: 1\n---\n",
    ],
    [
      "replaces a voice on lines of its own",
      "---\nspeech:\n  voice: |\n    other\n  speed: 1\n---\n",
      "---\nspeech:\n  voice: tessa\n  speed: 1\n---\n",
    ],
    [
      "replaces a voice that is another's",
      "---\nmine: &v other\nspeech:\n  voice: *v\n---\n",
      "---\nmine: &v other\nspeech:\n  voice: tessa\n---\n",
    ],
    ["adds in flow style", "---\nspeech: {}\n---\n", "---\nspeech: { voice: tessa }\n---\n"],
    [
      "adds to others in flow style",
      "---\nspeech: { speed: 1, }\n---\n",
      "---\nspeech: { voice: tessa, speed: 1, }\n---\n",
    ],
    [
      "replaces in flow style",
      "---\nspeech: {voice: other, speed: 1}\n---\n",
      "---\nspeech: {voice: tessa, speed: 1}\n---\n",
    ],
    [
      "adds to a front matter in flow style",
      "---\n{title: x}\n---\n",
      "---\n{ speech: { voice: tessa },title: x}\n---\n",
    ],
    [
      "knows a carriage return alone as a line ending",
      "---\rtitle: x\r---\rHi",
      "---\rtitle: x\rspeech:\r  voice: tessa\r---\rHi",
    ],
  ];
  for (const [name, before, after] of rows) {
    it(name, () => assert.equal(set(before), after));
  }

  it("leaves alone what it does not understand", () => {
    for (const yaml of [
      "title: [",
      "speech: [a]",
      "speech: soft",
      "speech:\n  voice: [a, b]",
      "speech:\n  voice:\n    id: a",
      "speech: *missing",
      "speech: &s\n  speed: 1\nmine: *s",
      "speech:\n  voice: &v a\nmine: *v",
      "- a",
      "just words",
      `a: ${"x".repeat(70_000)}`,
    ]) {
      assert.equal(set(`---\n${yaml}\n---\nHi`), undefined, yaml.slice(0, 60));
    }
  });

  it("writes what is no word in quotes", () => {
    for (const value of ["a: b", "1e5", "true", "#x", "{a}", "[x", 'say "hi"', "a, b", " ", "é"]) {
      for (const text of ["", "---\nspeech: {}\n---\n", "---\nspeech:\n  voice: x\n---\n"]) {
        const after = set(text, voice, value);
        assert.deepEqual(said(after ?? ""), { speech: { voice: value } });
      }
    }
  });

  it("writes into the cast", () => {
    const text =
      "---\nspeech:\n  cast:\n    ANNA: a # first\n    BOB: { speed: 1 }\n    CY:\n---\nHi";
    const places = voicePlaces(text);
    assert.deepEqual(
      places.map(({ speaker, voice }) => [speaker, voice]),
      [
        [undefined, undefined],
        ["ANNA", "a"],
        ["BOB", undefined],
        ["CY", undefined],
      ],
    );
    const after = places.reduce((now, { keys }, at) => set(now, keys, `v${at}`) ?? "", text);
    assert.equal(
      after,
      "---\nspeech:\n  voice: v0\n  cast:\n    ANNA: v1 # first\n    BOB: { voice: v2, speed: 1 }\n    CY: v3\n---\nHi",
    );
  });

  it("is read by the script's reader, and leaves the segments as they were", () => {
    fc.assert(
      fc.property(anyScript, fc.stringMatching(/^[\w: #"'{},[\]-]{1,20}$/), (text, value) => {
        fc.pre(value.trim() !== "" && value === value.trim());
        const before = parseScript(text, { language: "markdown" });
        const after = set(text, voice, value);
        if (after === undefined) return assert.ok(findFrontMatter(text));
        const script = parseScript(after, { language: "markdown" });
        assert.equal(script.options.voice, value);
        assert.deepEqual({ ...script.options, voice: 0 }, { ...before.options, voice: 0 });
        assert.deepEqual(
          script.segments.map(({ transcript }) => transcript),
          before.segments.map(({ transcript }) => transcript),
        );
        assert.equal(set(after, voice, value), after);
      }),
      { numRuns: 300 },
    );
  });

  const lines = fc.constantFrom(
    ..."title: x|speech:|  voice: a|  voice:|  # note|  speed: 1|  cast:|    A: b|    B: { voice: c }".split(
      "|",
    ),
    ..."speech: {}|speech: { voice: a }|tags: [a, b]|text: |-|  more|# end||other: &a 1|third: *a|  - x|? k".split(
      "|",
    ),
    "text: |",
    "speech: {speed: 1,",
    "  volume: 1 }",
    "{ a: b,",
    "c: d }",
  );

  it("changes nothing else of any front matter, to the byte", () => {
    fc.assert(
      fc.property(
        fc.array(lines, { maxLength: 8 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.constantFrom(voice, ["speech", "cast", "A"], ["speech", "cast", "B", "voice"]),
        (yaml, eol, keys) => {
          const text = ["---", ...yaml, "---", "Hi"].join(eol);
          const edit = setFrontMatterValue(text, keys, "new voice");
          if (!edit) return;
          const after = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
          const [first, ...rest] = keys;
          const reach = (found: unknown, [key, ...more]: readonly string[]): unknown =>
            key === undefined
              ? found
              : reach((found as Record<string, unknown> | null)?.[key], more);
          assert.equal(reach(said(after), keys), "new voice");
          assert.doesNotMatch(text.slice(edit.start, edit.end), /[\r\n].*:|#/); // one value at most goes
          const strip = (found: unknown): unknown => ({
            ...(found as Record<string, unknown> | null),
            [first ?? ""]: rest.length,
          });
          assert.deepEqual(strip(said(after)), strip(said(text)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("throws on nothing", () => {
    fc.assert(
      fc.property(
        anyScript,
        fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
        (text, keys) => {
          const after = set(`---\n${text}\n---\n`, keys, "v");
          voicePlaces(`---\n${text}\n---\n`);
          if (after !== undefined) assert.ok(findFrontMatter(after));
        },
      ),
    );
  });
});

describe("voicePlaces", () => {
  it("says where the voices stand", () => {
    const text = '\uFEFF---\nspeech:\n  voice: "a b"\n  cast: { X: c }\n---\n';
    assert.deepEqual(
      voicePlaces(text).map(({ span }) => span && text.slice(span.start, span.end)),
      ['"a b"', "c"],
    );
  });

  it("knows of the script's own voice where nothing is written", () => {
    const own = [{ keys: ["speech", "voice"] }];
    for (const text of ["", "Hi", "---\nspeech: [\n---\n", "---\nspeech:\n  voice: 1\n---\n"]) {
      assert.deepEqual(voicePlaces(text), own);
    }
  });
});
