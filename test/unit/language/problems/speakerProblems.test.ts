import assert from "node:assert/strict";
import { applyFix } from "../../../../src/language/problems/problem.ts";
import { ScriptLinter, type LintOptions } from "../../../../src/language/problems/scriptLinter.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";

const codes = ["unknown-speaker", "silent-speaker", "no-cast"];

interface FoundHint {
  readonly code: string;
  readonly severity: string;
  readonly where: string;
  readonly message: string;
  readonly fixed: string | undefined;
}

/** What is told of the speakers of a text. */
function hints(text: string, options: LintOptions = { language: "markdown" }): FoundHint[] {
  const linter = new ScriptLinter();
  return linter
    .lint(text, options)
    .filter(({ code }) => codes.includes(code))
    .map((problem) => {
      const [fix] = linter.fixesFor(text, problem, options);
      const { code, severity, message, start, end } = problem;
      const fixed = fix && applyFix(text, fix);
      return { code, severity, message, where: text.slice(start, end), fixed };
    });
}

const both = ["markdown", "plaintext"] as const;
const front = "---\nspeech:\n  cast:\n    HOST: a\n    GUEST: b\n---\n";
const dialogue = "HOST: Hello.\n\nGUEST: Hi.\n\n";

describe("A speaker who is none of the cast", () => {
  for (const language of both) {
    it(`is told with the name that was meant, in ${language}`, () => {
      const text = `${front}${dialogue}GEUST: So.`;
      const [hint, ...more] = hints(text, { language });
      assert.deepEqual(more, []);
      assert.deepEqual(
        [hint?.code, hint?.severity, hint?.where],
        ["unknown-speaker", "warning", "GEUST"],
      );
      assert.equal(hint?.fixed, text.replace("GEUST", "GUEST"));
    });

    it(`is told in capitals, or where the name comes again, with its forms, in ${language}`, () => {
      const text = `${front}${dialogue}[00:12] CALLER (V.O.): So.\n\nAnna: Ah.\n\nBob: No.\n\nAnna: Oh.`;
      assert.deepEqual(
        hints(text, { language }).map(({ where }) => where),
        ["CALLER", "Anna", "Anna"],
      );
    });
  }

  it("gets a voice in the cast that is none of the others'", () => {
    const tessa = "6ccbfb76-1fc6-48f7-b71d-91ac6298247b";
    const text = `---\nspeech:\n  voice: ${tessa}\n  cast:\n    HOST: a\n---\nHOST: Hello.\n\nCALLER: Hi.\n`;
    const [hint] = hints(text);
    const { options, segments } = parseScript(hint?.fixed ?? "", { language: "markdown" });
    assert.deepEqual(
      segments.map(({ speaker }) => speaker),
      ["HOST", "CALLER"],
    );
    const { HOST, CALLER } = options.cast ?? {};
    assert.equal(HOST?.voice, "a");
    assert.match(CALLER?.voice ?? "", /^[\da-f-]{36}$/);
    assert.notEqual(CALLER?.voice, tessa);
  });

  it("is told above what is said, where names stand there", () => {
    const text = `---\nspeech:\n  names: above\n  cast: { HOST: a }\n---\nHOST\nHello.\n\nCALLER (V.O.)\nHi.\n\nINT. HOUSE – DAY\n\nThey sit.`;
    assert.deepEqual(
      hints(text).map(({ where }) => where),
      ["CALLER"],
    );
  });

  it("is nobody who is only a word with a colon", () => {
    const lines = [
      "Note: mind.",
      "NOTE: mind.",
      "FADE IN:",
      "DISSOLVE TO:",
      "TODO: mind.",
      "Hinweis: so.",
      "https: no.",
      "https://example.com/a",
      "12:30 they go.",
      "At 12:30: they go.",
      "He said: no.",
      "There is one thing: this.",
      "P.S.: one more.",
      "Step 1: begin.",
      "- CALLER: in a list",
      "> CALLER: in a quote",
    ];
    for (const line of lines) {
      assert.deepEqual(hints(`${front}${dialogue}${line}\n\n${dialogue}${line}`), [], line);
    }
    assert.deepEqual(hints(`${front}${dialogue}Bob: once is not enough.`), []);
  });
});

describe("A speaker of the cast who never speaks", () => {
  it("is told at the name", () => {
    for (const language of both) {
      assert.deepEqual(
        hints(`${front}HOST: Hello.`, { language }).map(({ code, severity, where }) => [
          code,
          severity,
          where,
        ]),
        [["silent-speaker", "hint", "GUEST"]],
      );
    }
  });

  it("is nobody who speaks in another spelling, or where nothing is written yet", () => {
    assert.deepEqual(hints(`${front}Host: Hello.\n\n*Guest* (V.O.): Hi.`), []);
    assert.deepEqual(hints(front), []);
  });
});

describe("A dialogue without a cast", () => {
  const text = "# Scene\n\nANNA: Hello.\n\n**Bob:** Hi\n\nANNA (smiling): So.\n";

  it("is told at its first name, with a cast to write", () => {
    const [hint, ...more] = hints(text);
    assert.deepEqual(more, []);
    assert.deepEqual(
      [hint?.code, hint?.severity, hint?.where],
      ["no-cast", "information", "ANNA:"],
    );
    const { options, segments } = parseScript(hint?.fixed ?? "", { language: "markdown" });
    assert.deepEqual(
      segments.map(({ speaker, transcript }) => [speaker, transcript]),
      [
        ["ANNA", "Hello."],
        ["Bob", "Hi"],
        ["ANNA", "So."],
      ],
    );
    const voices = Object.values(options.cast ?? {}).map(({ voice }) => voice);
    assert.deepEqual([Object.keys(options.cast ?? {}), new Set(voices).size], [["ANNA", "Bob"], 2]);
    assert.ok(hint?.fixed?.endsWith(text));
  });

  it("gets its cast beside what the front matter says already", () => {
    const given = `---\ntitle: A talk\nspeech:\n  speed: 1.1\n---\n${text}`;
    const [hint] = hints(given);
    const { options } = parseScript(hint?.fixed ?? "", { language: "markdown" });
    assert.deepEqual([options.speed, Object.keys(options.cast ?? {})], [1.1, ["ANNA", "Bob"]]);
    assert.match(hint?.fixed ?? "", /title: A talk/);
  });

  it("gets voices that speak its language, where some are known", () => {
    const voices = {
      marta: { name: "Marta", languages: ["de"] },
      lukas: { name: "Lukas", languages: ["de"] },
      tessa: { name: "Tessa", languages: ["en"] },
    };
    const [hint] = hints(text, { language: "markdown", spoken: "de", service: "cartesia", voices });
    const { options } = parseScript(hint?.fixed ?? "", { language: "markdown" });
    assert.deepEqual(Object.values(options.cast ?? {}), [{ voice: "marta" }, { voice: "lukas" }]);
  });

  it("is nothing that only looks so", () => {
    const others = [
      "Summary: a.\n\nDetails: b.\n\nSummary: c.\n",
      "Anna: a.\n\nBob: b.\n",
      "Anna: a.\n\nAnna: b.\n\nAnna: c.\n",
      `${text}\n${"A paragraph of something else.\n\n".repeat(8)}`,
      "## Usage\n\nNOTE: a.\n\nWARNING: b.\n\nNOTE: c.\n\nTODO: d.\n",
      "Q: In a list of questions?\n\nOn and on.\n\nA: Yes.\n\nOn and on.\n\nQ: No?\n\nOn and on.\n\nMore.\n\nEnd.",
    ];
    for (const other of others) assert.deepEqual(hints(other), [], other);
  });
});
