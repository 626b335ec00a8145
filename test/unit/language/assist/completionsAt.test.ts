import assert from "node:assert/strict";
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import {
  completionsAt,
  voiceKeysAt,
  type Known,
} from "../../../../src/language/assist/completionsAt.ts";
import { applyFix } from "../../../../src/language/problems/problem.ts";
import { lintScript } from "../../../../src/language/problems/scriptLinter.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import { anyFaultyScript } from "../arbitraries.ts";

const tessa = "6ccbfb76-1fc6-48f7-b71d-91ac6298247b";
const known: Known = {
  language: "markdown",
  voices: () => [
    { id: "slt", name: "Flite slt", detail: "English, feminine" },
    { id: tessa, name: "Tessa", detail: "English, feminine" },
    { id: "1e5", name: "Number", detail: "" },
    { id: "a: #b", name: "Odd", detail: "" },
  ],
  accents: (voice) => [
    { id: voice === tessa ? "tessas" : (voice ?? "settings"), detail: "An accent, en-GB" },
  ],
};
const names = ["Flite slt", "Tessa", "Number", "Odd"];

function placeOf(marked: string): [text: string, offset: number] {
  const offset = marked.indexOf("|");
  return [marked.slice(0, offset) + marked.slice(offset + 1), offset];
}

/** What is offered where `|` stands, and the text with it. */
function offered(marked: string): { readonly label: string; readonly text: string }[] {
  const [text, offset] = placeOf(marked);
  return completionsAt(text, offset, known).map((completion) => {
    const put = completion.isSnippet
      ? completion.text.replace(/\$\{\d[:|]([^,|}]*)[^}]*\}|\$\d/g, "$1")
      : completion.text;
    return {
      label: completion.label,
      text: applyFix(text, { title: "", edits: [{ ...completion, text: put }] }),
    };
  });
}

describe("what may be written at a place", () => {
  const rows: readonly [string, string, string][] = [
    ["A <|", "<break>", 'A <break time="500ms"/>'],
    ["A <|>", "<break>", 'A <break time="500ms"/>'],
    ["A <spe|", "<speed>", 'A <speed ratio="1.0"/>'],
    ["A <|", "<spell>", "A <spell></spell>"],
    ["A <|", "<flush>", "A <flush/>"],
    ['A <emotion value="|"/> b', "sad", 'A <emotion value="sad"/> b'],
    ['A <emotion value="an|gri"/> b', "angry", 'A <emotion value="angry"/> b'],
    ['A <break time="|"/> b', "1s", 'A <break time="1s"/> b'],
    ['A <speed ratio="|"/> b', "1.5", 'A <speed ratio="1.5"/> b'],
    ["---\n|\n---\n", "speech", "---\nspeech:\n  \n---\n"],
    ["---\nspeech:\n  |\n---\n", "model", "---\nspeech:\n  model: \n---\n"],
    ["---\nspeech:\n  vo|\n---\n", "voice", "---\nspeech:\n  voice: \n---\n"],
    ["---\nspeech:\n  accent: |\n---\n", "settings", "---\nspeech:\n  accent: settings\n---\n"],
    [
      `---\nspeech:\n  accent: |\n  voice: ${tessa}\n---\n`,
      "tessas",
      `---\nspeech:\n  accent: tessas\n  voice: ${tessa}\n---\n`,
    ],
    [
      `---\nspeech:\n  voice: ${tessa}\n  cast: { ANN: { voice: slt, accent: | } }\n---\n`,
      "slt",
      `---\nspeech:\n  voice: ${tessa}\n  cast: { ANN: { voice: slt, accent: slt } }\n---\n`,
    ],
    ["---\nspeech:\n  normalization: |\n---\n", "off", "---\nspeech:\n  normalization: off\n---\n"],
    ["---\nspeech:\n  skip: |\n---\n", "lists", "---\nspeech:\n  skip: lists\n---\n"],
    ["---\nspeech:\n  only:|\n---\n", "notes", "---\nspeech:\n  only: notes\n---\n"],
    [
      "---\nspeech:\n  skip: [lists,he|, code]\n---\n",
      "headings",
      "---\nspeech:\n  skip: [lists, headings, code]\n---\n",
    ],
    [
      "---\nspeech:\n  skip:\n    - ta|\n---\n",
      "tables",
      "---\nspeech:\n  skip:\n    - tables\n---\n",
    ],
    [
      "---\nspeech:\n  only: [quotes, |]\n---\n## A *part*\n",
      "## A part",
      '---\nspeech:\n  only: [quotes, "## A part"]\n---\n## A *part*\n',
    ],
    ["---\nspeech:\n  model:|\n---\n", "sonic-3", "---\nspeech:\n  model: sonic-3\n---\n"],
    [
      '---\nspeech:\n  model: "a #|b" # c\n---\n',
      "sonic-3",
      "---\nspeech:\n  model: sonic-3 # c\n---\n",
    ],
    [
      "---\nspeech:\n  model: 'a''s #b|'\n---\n",
      "sonic-3",
      "---\nspeech:\n  model: sonic-3\n---\n",
    ],
    ["---\nspeech:\n  model: |\n---\n", "sonic-3", "---\nspeech:\n  model: sonic-3\n---\n"],
    ["---\nspeech:\n  language: e|\n---\n", "de", "---\nspeech:\n  language: de\n---\n"],
    ["---\nspeech:\n  emotion: |\n---\n", "calm", "---\nspeech:\n  emotion: calm\n---\n"],
    ["---\nspeech:\n  volume: |\n---\n", "2", "---\nspeech:\n  volume: 2\n---\n"],
  ];
  const cast = (written: string): string => `---\nspeech:\n  cast:\n${written}---\n`;
  const castRows: readonly [string, string, string][] = [
    ["---\nspeech:\n  voice: |\n---\n", "Tessa", `---\nspeech:\n  voice: ${tessa}\n---\n`],
    ["---\nspeech:\n  voice:|\n---\n", "Flite slt", "---\nspeech:\n  voice: slt\n---\n"],
    ["---\nspeech:\n  voice: Te|s # a\n---\n", "Odd", '---\nspeech:\n  voice: "a: #b" # a\n---\n'],
    ["---\nspeech:\n  voice: |\n---\n", "Number", '---\nspeech:\n  voice: "1e5"\n---\n'],
    ["---\nspeech: { voice: | }\n---\n", "Flite slt", "---\nspeech: { voice: slt }\n---\n"],
    [cast("    ANNA: |\n"), "Flite slt", cast("    ANNA: slt\n")],
    [cast("    ANNA:|\n"), "Flite slt", cast("    ANNA: slt\n")],
    [cast('    "Dr. A": fl|i\n'), "Flite slt", cast('    "Dr. A": slt\n')],
    [cast("    ANNA:\n      voice: |\n"), "Flite slt", cast("    ANNA:\n      voice: slt\n")],
    [cast("    ANNA:\n      |\n"), "voice", cast("    ANNA:\n      voice: \n")],
    [
      cast("    ANNA:\n      voice: x\n      la|\n"),
      "language",
      cast("    ANNA:\n      voice: x\n      language: \n"),
    ],
    [cast("    ANNA:\n      language: |\n"), "de", cast("    ANNA:\n      language: de\n")],
    [cast("    ANNA:\n      speed: |\n"), "1.5", cast("    ANNA:\n      speed: 1.5\n")],
    [cast("    ANNA:\n      emotion: sa|\n"), "sad", cast("    ANNA:\n      emotion: sad\n")],
    [cast("    ANNA: { voice: | }\n"), "Flite slt", cast("    ANNA: { voice: slt }\n")],
    [cast("    ANNA: { voice:| }\n"), "Flite slt", cast("    ANNA: { voice: slt }\n")],
    [cast("    ANNA: { voice:|}\n"), "Flite slt", cast("    ANNA: { voice: slt}\n")],
    [
      cast("    ANNA: { voice: x|, speed: 1 }\n"),
      "Flite slt",
      cast("    ANNA: { voice: slt, speed: 1 }\n"),
    ],
    [cast("    ANNA: {|}\n"), "voice", cast("    ANNA: {voice: }\n")],
    [cast("    ANNA: { voice: x, | }\n"), "speed", cast("    ANNA: { voice: x, speed:  }\n")],
    [cast("    ANNA: { voice: x, sp|\n"), "speed", cast("    ANNA: { voice: x, speed: \n")],
    [cast("    ANNA: { voice: x, volume: | }\n"), "2", cast("    ANNA: { voice: x, volume: 2 }\n")],
    [
      "---\nspeech:\n  cast: { ANNA: | }\n---\n",
      "Tessa",
      `---\nspeech:\n  cast: { ANNA: ${tessa} }\n---\n`,
    ],
    [
      "---\nspeech:\n  cast: { ANNA: { voice: | } }\n---\n",
      "Flite slt",
      "---\nspeech:\n  cast: { ANNA: { voice: slt } }\n---\n",
    ],
    [
      cast("    ANNA: x\n    |\n") + "BOB: Hi.",
      "BOB",
      cast("    ANNA: x\n    BOB: \n") + "BOB: Hi.",
    ],
    [cast("    B|\n") + "BOB: Hi.", "BOB", cast("    BOB: \n") + "BOB: Hi."],
    [
      cast("    |\n") + "**Dr. Watson:** Hi.",
      "Dr. Watson",
      cast('    "Dr. Watson": \n') + "**Dr. Watson:** Hi.",
    ],
    [
      "---\nspeech:\n  cast: { A: x, | }\n---\nBOB: Hi.",
      "BOB",
      "---\nspeech:\n  cast: { A: x, BOB:  }\n---\nBOB: Hi.",
    ],
  ];
  for (const [at, label, text] of [...rows, ...castRows]) {
    it(`${at.replaceAll("\n", "⏎")} ${label}`, () => {
      assert.equal(offered(at).find((one) => one.label === label)?.text, text);
    });
  }

  it("is every voice that is known, by its name, and matched by its id, too", () => {
    for (const at of [
      "---\nspeech:\n  voice: |\n---\n",
      cast("    ANNA: |\n"),
      cast("    ANNA: { speed: 1, voice: | }\n"),
    ]) {
      assert.deepEqual(
        offered(at).map(({ label }) => label),
        names,
        at,
      );
      const [first] = completionsAt(...placeOf(at), known);
      assert.equal(first?.filter, "Flite slt slt");
      assert.equal(first.detail, "English, feminine");
    }
  });

  it("is a voice whose id is shown as code, whatever it is: no picture of it is fetched, no link is made", () => {
    const text = "---\nspeech:\n  voice: \n---\n";
    for (const id of [
      "x` ![](https://evil.example/p.png) `",
      "\n\n![](https://evil.example/p.png)\n\n",
      "``` [a](command:workbench.action.quit)",
      "",
    ]) {
      const voices = () => [{ id, name: "Eve", detail: "" }];
      const [eve] = completionsAt(text, text.indexOf("\n---\n"), { ...known, voices });
      const extensions = { extensions: [gfm()], htmlExtensions: [gfmHtml()] };
      const html = micromark(eve?.description ?? "", extensions);
      assert.match(html, /^<p><code>[^<>]+<\/code><\/p>$/);
    }
  });

  it("is a voice that the reader takes, whatever its id", () => {
    for (const at of [
      "---\nspeech:\n  voice: |\n---\n",
      cast("    ANNA: |\n"),
      cast("    ANNA: { voice: | }\n"),
    ]) {
      for (const [index, { text }] of offered(at).entries()) {
        const { options, problems } = parseScript(`${text}ANNA: Hi.`, { language: "markdown" });
        assert.deepEqual(problems, [], text);
        const voice = options.cast?.["ANNA"]?.voice ?? options.voice;
        assert.equal(voice, known.voices()[index]?.id, text);
      }
    }
  });

  it("is the speakers that the cast lacks, where a paragraph begins with them", () => {
    const script = `${cast("    ANNA: x\n    |\n    CARL: y\n")}
# Note: A heading

ANNA: One. In it BOB: is no speaker.

Jürgen: Two.
CARL: Three.

- LIST: no

    CODE: no

~~~
FENCE: no
~~~

<!-- COMMENT: no -->

王: Four.

JÜRGEN-OLAF O'Neill: Five.

JANE: <flush/>Six.

A very long name that Is not one: no
`;
    const labels = (marked: string): string[] => offered(marked).map(({ label }) => label);
    assert.deepEqual(labels(script), ["Jürgen", "王", "JÜRGEN-OLAF O'Neill", "JANE"]);
  });

  it("is no key that stands there already", () => {
    const labels = (marked: string): string[] => offered(marked).map(({ label }) => label);
    for (const at of [
      cast("    ANNA: { voice: x, | , emotion: sad }\n"),
      cast("    ANNA:\n      voice: x\n\n      |\n      emotion: sad\n    BOB: y\n"),
    ]) {
      assert.deepEqual(labels(at), ["speed", "volume", "language", "accent", "normalization"], at);
    }
    assert.ok(!labels("---\nspeech:\n  model: x\n  |\n---\n").includes("model"));
  });

  it("names the place of a voice, where one may be written", () => {
    const rows: readonly [string, readonly string[] | undefined][] = [
      ["---\nspeech:\n  voice: |\n---\n", ["speech", "voice"]],
      [cast("    ANNA: x|\n"), ["speech", "cast", "ANNA"]],
      [cast("    'Dr. A': { voice: | }\n"), ["speech", "cast", "Dr. A", "voice"]],
      [cast("    ANNA: |\n"), ["speech", "cast", "ANNA"]],
      [cast("    ANNA: { voice: |\n"), undefined],
      [cast("    AN|NA: x\n"), undefined],
      [cast("    ANNA: { speed: | }\n"), undefined],
      ["---\nspeech:\n  model: |\n---\n", undefined],
      ["voice: |", undefined],
    ];
    for (const [at, keys] of rows) assert.deepEqual(voiceKeysAt(...placeOf(at))?.keys, keys, at);
  });

  it("is right by our own rules", () => {
    const places = [
      "A.<|",
      'A <break time="|"/>.',
      'A <emotion value="|"/>.',
      'A <volume ratio="|"/>.',
    ];
    for (const place of places) {
      for (const { text } of offered(place)) {
        const found = lintScript(`${text}B.`, { language: "markdown" });
        assert.deepEqual(
          found.filter(({ severity, code }) => severity === "warning" && code !== "empty-spell"),
          [],
          text,
        );
      }
    }
  });

  it("is nothing in running text", () => {
    const none = [
      cast("    ANNA: { voice: x }|\n"),
      cast("    ANNA: { x: { voice: | } }\n"),
      "---\nother:\n  cast:\n    ANNA: |\n---\n",
      "---\ncast:\n  ANNA: |\n---\n",
      "---\nspeech:\n  variables:\n    voice: |\n---\n",
      "---\nspeech:\n  cast: x\n    ANNA: |\n---\n",
    ];
    for (const at of none) assert.deepEqual(offered(at), [], at);
    for (const at of ['He said: "|', "Note:|", "Hello|", "a < b|", "---\ntitle:\n  m|\n---\n"]) {
      assert.deepEqual(offered(at), [], at);
    }
  });

  it("lies around the place, whatever the front matter", () => {
    const piece = fc.constantFrom(
      ..."speech: |  cast:|    ANNA: |      |{|}|[|]|,| |:|\"|'|#|voice: |\n|\n  |\n    |x|-|\t".split(
        "|",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), (pieces, at) => {
        const text = `---\n${pieces.join("")}\n---\nANNA: Hi.`;
        const offset = at % (text.length + 1);
        for (const { start, end } of completionsAt(text, offset, known)) {
          assert.ok(0 <= start && start <= offset && offset <= end && end <= text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("takes no longer than it may, whatever the front matter", () => {
    for (const piece of ["{", "{ a: ", "a: {", '"', " ", "[", ":", ",", " #", "'a", "- "]) {
      const text = `---\nspeech:\n  cast: {${piece.repeat(60_000 / piece.length)}\n---\n`;
      const start = performance.now();
      completionsAt(text, text.length - 5, known);
      assert.ok(performance.now() - start < 1000, piece);
    }
  });

  it("lies around the place, whatever the text", () => {
    fc.assert(
      fc.property(anyFaultyScript, fc.nat(), (text, at) => {
        const offset = at % (text.length + 1);
        for (const { start, end } of completionsAt(text, offset, known)) {
          assert.ok(0 <= start && start <= offset && offset <= end && end <= text.length);
        }
      }),
    );
  });
});
