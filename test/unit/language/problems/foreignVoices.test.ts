import assert from "node:assert/strict";
import { applyFix } from "../../../../src/language/problems/problem.ts";
import { ScriptLinter, type LintOptions } from "../../../../src/language/problems/scriptLinter.ts";

const cartesia: LintOptions = {
  language: "markdown",
  service: "cartesia",
  voice: "tessa",
  spoken: "en",
  voices: {
    tessa: { name: "Tessa", languages: ["en"] },
    marta: { name: "Marta", languages: ["es-MX"] },
    both: { name: "Both", languages: ["en", "de"] },
    mute: { name: "Mute", languages: [] },
  },
};

/** What is found: the rule, what it underlines, what it says, and the text after its fix. */
function found(text: string, options = cartesia): string[][] {
  const linter = new ScriptLinter();
  return linter.lint(text, options).map((problem) => {
    const fixes = linter.fixesFor(text, problem, options).map((fix) => applyFix(text, fix));
    return [problem.code, text.slice(problem.start, problem.end), problem.message, ...fixes];
  });
}
/** The rules and places alone. */
const places = (text: string, options = cartesia): string[] =>
  found(text, options).map(([code, where]) => `${code} ${where}`);
const script = (lines: string, body = "Hello.\n"): string =>
  `---\nspeech:\n  ${lines}\n---\n${body}`;

describe("a voice that is to speak another language", () => {
  it("is told at the voice, where the script names both", () => {
    const [first, ...more] = found(script("voice: tessa\n  language: de"));
    assert.deepEqual(first, [
      "voice-language",
      "tessa",
      "Tessa speaks English: German (`de`) is heard with a foreign accent. Choose a voice of that language.",
    ]);
    assert.deepEqual(more, []);
  });

  it("is told at the language, where the voice is the settings'", () => {
    const [first] = found(script("language: de"));
    assert.deepEqual(first?.slice(0, 2), ["voice-language", "de"]);
    assert.match(first[2] ?? "", /^The settings’ voice, Tessa, speaks English: German/);
  });

  it("is told at the voice, where the language is the settings', with a fix that says the voice's", () => {
    assert.deepEqual(found(script("voice: marta")), [
      [
        "voice-language",
        "marta",
        "Marta speaks Spanish, and the settings take the text for English (`en`): it is heard with a foreign accent. Write the text’s `language`, or choose another voice.",
        script("language: es\n  voice: marta"),
      ],
    ]);
  });

  it("is told of each speaker whom it concerns, whoever names the language", () => {
    const cast = `cast:
    ANNA: tessa
    BERT: both
    CARA: { voice: marta, language: es }
    DORA: { voice: tessa, language: fr }`;
    const body = "ANNA: One.\n\nBERT: Two.\n\nCARA: Three.\n\nDORA: Four.\n";
    assert.deepEqual(places(script(`language: de\n  ${cast}`, body)), [
      "voice-language tessa",
      "voice-language tessa",
    ]);
    assert.deepEqual(places(script(cast, body), { ...cartesia, spoken: "de" }), [
      "voice-language tessa",
      "voice-language tessa",
    ]);
  });

  it("can be fixed for a speaker, too, where settings stand below the name", () => {
    const body = "ANNA: Uno.\n\nBERT: Two.\n";
    const [anna, bert] = found(
      script("cast:\n    ANNA: { voice: marta, speed: 1.1 }\n    BERT: marta", body),
    );
    assert.equal(
      anna?.[3],
      script("cast:\n    ANNA: { language: es, voice: marta, speed: 1.1 }\n    BERT: marta", body),
    );
    assert.deepEqual(bert?.slice(3), []);
  });

  it("has no fix where the voice speaks several languages", () => {
    const [problem] = found(script("voice: both"), { ...cartesia, spoken: "es" });
    assert.match(problem?.[2] ?? "", /^Both speaks English and German, and the settings take/);
    assert.equal(problem?.length, 3);
  });

  it("is told of the script's own voice only where it has something to say", () => {
    const lines = "language: de\n  cast: { ANNA: both }";
    assert.deepEqual(places(script(lines, "ANNA: Hallo.\n")), []);
    assert.deepEqual(places(script(lines, "Prolog.\n\nANNA: Hallo.\n")), ["voice-language de"]);
  });

  it("is not told where it speaks the language, where that is not known, or where the script says neither", () => {
    for (const lines of [
      "voice: tessa",
      "voice: both\n  language: de",
      "voice: marta\n  language: es",
      "voice: mute\n  language: de",
      "voice: unknown\n  language: de",
      "voice: constructor\n  language: de",
      "speed: 1.1",
    ]) {
      assert.deepEqual(found(script(lines)), [], lines);
    }
    assert.deepEqual(found("Hallo.", { ...cartesia, spoken: "de" }), []);
    assert.deepEqual(found(script("speed: 1.1"), { ...cartesia, spoken: "de" }), []);
    assert.deepEqual(found(script("language: de"), { language: "markdown", voice: "tessa" }), []);
  });

  it("is not told beside a language that the service does not have", () => {
    assert.deepEqual(places(script("voice: tessa\n  language: xx")), ["language xx"]);
  });
});

describe("the local voice and another language", () => {
  const local: LintOptions = { ...cartesia, service: "local" };
  /** A script in which the narrator speaks, and each of these. */
  const dialogue = (lines: string, ...speakers: readonly string[]): string =>
    script(
      lines,
      ["", ...speakers.map((speaker) => `${speaker}: `)].join("Hello.\n\n") + "Hello.\n",
    );

  it("is told once, where the script names the language", () => {
    const cast = "cast: { ANNA: tessa, BERT: { voice: x, language: de } }";
    for (const text of [
      script("language: de"),
      script("voice: tessa\n  language: de"),
      dialogue(`language: de\n  ${cast}`, "ANNA", "BERT"),
    ]) {
      assert.deepEqual(places(text, local), ["local-language de"], text);
    }
    const other = "cast: { BERT: { voice: x, language: de }, CARA: { voice: y, language: fr } }";
    const both = dialogue(other, "BERT", "CARA");
    assert.deepEqual(places(both, local), ["local-language de", "local-language fr"]);
  });

  it("is told once, at the first voice, where the settings do", () => {
    const german = { ...local, spoken: "de" };
    const cast = "cast: { ANNA: a, BERT: b }";
    const [first, ...more] = found(dialogue(`voice: tessa\n  ${cast}`, "ANNA", "BERT"), german);
    assert.deepEqual(first?.slice(0, 2), ["local-language", "tessa"]);
    assert.match(first[2] ?? "", /though the settings’ language is German \(`de`\)/);
    assert.deepEqual(more, []);
    assert.deepEqual(places(dialogue(cast, "ANNA", "BERT"), german), ["local-language a"]);
    assert.deepEqual(places(script("voice: tessa\n  language: en"), german), []);
    assert.deepEqual(places(script("speed: 1.1"), german), []);
  });
});
