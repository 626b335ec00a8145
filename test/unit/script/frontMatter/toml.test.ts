import assert from "node:assert/strict";
import { setFrontMatterValue } from "../../../../src/script/frontMatter/setFrontMatterValue.ts";
import { readTomlDocument } from "../../../../src/script/frontMatter/tomlDocument.ts";
import { voicePlaces } from "../../../../src/script/frontMatter/voicePlaces.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import { isScript, scanScript } from "../../../../src/script/scanner/scan.ts";

const front = [
  "title = 'Tides' # of the sea",
  "date = 2026-11-30T10:00:00Z",
  "",
  "[speech]",
  'voice = "v-1"',
  "speed = 1.1",
  'flush = ["---", # and',
  "  '***']",
  'variables = { name = "Ada", "long name" = "x" }',
  "[speech.pronunciations]",
  'SQL = "se\\u0071uel"',
  "[speech.cast]",
  'ANN = "v-2"',
  "[speech.cast.BOB]",
  'voice = """v-3"""',
  "speed = 0.9",
  "[[other]]",
  "a.b = 0xff",
  "",
].join("\n");
const script = `+++\n${front}+++\nHi {{name}}, SQL.\n\n***\n\nANN: Yes.\n`;

describe("TOML front matter", () => {
  for (const text of [script, script.replaceAll("\n", "\r\n"), `\uFEFF${script}`]) {
    it(`is not spoken, and its table counts: ${JSON.stringify(text.slice(0, 6))}`, () => {
      const { segments, options, places, problems } = parseScript(text, { language: "markdown" });
      assert.deepEqual(
        segments.map(({ transcript, speaker }) => [transcript, speaker]),
        [
          ["Hi Ada, sequel.", undefined],
          ["Yes.", "ANN"],
        ],
      );
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.message ?? "", /can't be called `long name`/);
      assert.deepEqual(options, {
        voice: "v-1",
        speed: 1.1,
        flush: ["---", "***"],
        variables: { name: "Ada" },
        pronunciations: { SQL: "sequel" },
        cast: { ANN: { voice: "v-2" }, BOB: { voice: "v-3", speed: 0.9 } },
      });
      assert.equal(text.slice(places.voice?.start, places.voice?.end), '"v-1"');
      const speed = places.castVoices?.["BOB"]?.speed;
      assert.equal(text.slice(speed?.start, speed?.end), "0.9");
    });
  }

  it("makes a script of a document, which plain text may be, too", () => {
    for (const head of ["[speech]\nspeed = 1", "speech.speed = 1", "speech = { speed = 1 }"]) {
      const text = `+++\n${head}\n+++\nHi.`;
      assert.ok(isScript(text, scanScript(text, { language: "markdown" }), "a.md"), head);
      const { segments, options } = parseScript(text, { language: "plaintext" });
      assert.deepEqual([segments[0]?.transcript, options], ["Hi.", { speed: 1 }]);
    }
    const other = "+++\ntitle = 'x'\n+++\nHi.";
    assert.ok(!isScript(other, scanScript(other, { language: "markdown" }), "a.md"));
    assert.equal(parseScript(other, { language: "markdown" }).segments[0]?.transcript, "Hi.");
  });

  it("is text where it does not end, or does not begin the document", () => {
    for (const text of ["+++\na = 1\n", "Hi.\n\n+++\na = 1\n+++\n"]) {
      const [segment] = parseScript(text, { language: "markdown" }).segments;
      assert.match(segment?.transcript ?? "", /a = 1/);
    }
  });

  it("is told of where it is wrong, at its place", () => {
    const rows = [
      ["[speech]\nspeed = 9", "9"],
      ["[speech]\nspeed = 1\nspeed = 1", "s"],
      ['[speech]\nvoice = "a', '"'],
      ["[speech]\nspeed = 1 2", "2"],
      ["[speech]\nspeed 1", "1"],
    ] as const;
    for (const [toml, where] of rows) {
      const text = `+++\n${toml}\n+++\nHi.`;
      const [problem] = parseScript(text, { language: "markdown" }).problems;
      assert.equal(text.slice(problem?.start, problem?.end), where, toml);
    }
    for (const toml of ["[speech]\nspeed", "[speech]\nvoice = [1", "[speech.\nspeed = 1"]) {
      const { problems } = parseScript(`+++\n${toml}\n+++\nHi.`, { language: "markdown" });
      assert.match(problems[0]?.message ?? "", /not valid TOML/, toml);
    }
  });

  it("is edited as it is written", () => {
    const set = (toml: string, keys: readonly string[]): string | undefined => {
      const text = `+++\n${toml}+++\nHi.`;
      const edit = setFrontMatterValue(text, keys, "new");
      return edit && (text.slice(0, edit.start) + edit.text + text.slice(edit.end)).slice(4, -7);
    };
    const voice = ["speech", "voice"];
    assert.equal(set('[speech]\nvoice = "a" # b\n', voice), '[speech]\nvoice = "new" # b\n');
    assert.equal(set("speech.voice = 'a'\n", voice), 'speech.voice = "new"\n');
    assert.equal(
      set("[speech] # ours\nspeed = 1\n", voice),
      '[speech] # ours\nvoice = "new"\nspeed = 1\n',
    );
    assert.equal(set("title = 'x'\n", voice), "title = 'x'\n[speech]\nvoice = \"new\"\n");
    assert.equal(
      set("[speech]\nspeed = 1\n", ["speech", "cast", "ANN B"]),
      '[speech]\nspeed = 1\n[speech.cast]\n"ANN B" = "new"\n',
    );
    for (const toml of ["speech = { speed = 1 }\n", "speech = 1\n", "a = [\n"]) {
      assert.equal(set(toml, voice), undefined);
    }
  });

  it("has the places of voices", () => {
    const found = voicePlaces(script).map(({ voice, span }) => [
      voice,
      script.slice(span?.start, span?.end),
    ]);
    assert.deepEqual(found, [
      ["v-1", '"v-1"'],
      ["v-2", '"v-2"'],
      ["v-3", '"""v-3"""'],
    ]);
  });

  it("is read as it is defined (TOML 1.0)", () => {
    const toml = [
      "a = 1_000 # one",
      "b = -1.5e3",
      "c = true",
      "d = 'C:\\x'",
      'e = "\\t\\U0001F600\\""',
      'f = """\na\\\n   b"""',
      "g = '''\n'it'\n'''",
      "h = [1, [2, ], {x.y = 3}]",
      '"i j".k = ""',
      "[t.'u v']",
      "l = 07:32:00",
      "[[m]]",
      "n = 1",
      "[[m]]",
      "n = 2",
      "[m.o]",
      "p = 3",
    ].join("\n");
    const { document } = readTomlDocument(toml);
    assert.deepEqual(document.errors, []);
    assert.deepEqual(document.toJS(), {
      ...{ a: 1000, b: -1500, c: true, d: "C:\\x", e: '\t😀"', f: "ab", g: "'it'\n" },
      h: [1, [2], { x: { y: 3 } }],
      "i j": { k: "" },
      t: { "u v": { l: "07:32:00" } },
      m: [{ n: 1 }, { n: 2, o: { p: 3 } }],
    });
  });
});
