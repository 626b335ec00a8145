import assert from "node:assert/strict";
import { applyFix } from "../../../../src/language/problems/problem.ts";
import { ScriptLinter, type LintOptions } from "../../../../src/language/problems/scriptLinter.ts";
import type { ScriptLanguage } from "../../../../src/script/model/script.ts";

/** Directions in a text, as they are written, and the text after each of their fixes. */
function found(text: string, options: LintOptions = { language: "markdown" }) {
  const linter = new ScriptLinter();
  return linter
    .lint(text, options)
    .filter(({ code }) => code === "direction" || code === "unknown-sound")
    .map((problem) => {
      const fixed = linter.fixesFor(text, problem, options).map((fix) => applyFix(text, fix));
      return [text.slice(problem.start, problem.end), ...fixed];
    });
}

const languages: readonly ScriptLanguage[] = ["markdown", "plaintext"];

/** A direction in a sentence, and what the service has for it. */
const REPLACED: readonly (readonly [direction: string, tag: string])[] = [
  ["[0.5s]", '<break time="0.5s"/>'],
  ["[1,5 s]", '<break time="1.5s"/>'],
  ["[pause 2s]", '<break time="2s"/>'],
  ["[pause - 2 seconds]", '<break time="2s"/>'],
  ["[2 sec pause]", '<break time="2s"/>'],
  ["[pause: 500ms]", '<break time="500ms"/>'],
  ["[pause for three seconds]", '<break time="3s"/>'],
  ["[PAUSE=800]", '<break time="800ms"/>'],
  ["[Pause 2 Sekunden]", '<break time="2s"/>'],
  ["{silence: 1s}", '<break time="1s"/>'],
  ["{pause}", '<break time="1s"/>'],
  ["(beat)", '<break time="1s"/>'],
  ["(pause)", '<break time="1s"/>'],
  ["(Pause.)", '<break time="1s"/>'],
  ["[long pause]", '<break time="2s"/>'],
  ["(kurze Pause)", '<break time="500ms"/>'],
  ["（停顿）", '<break time="1s"/>'],
  ["[[pause 2s]]", '<break time="2s"/>'],
  ["[[2s]]", '<break time="2s"/>'],
  ["[[slnc 500]]", '<break time="500ms"/>'],
  ["<#0.5#>", '<break time="0.5s"/>'],
  ["[excited]", '<emotion value="excited"/>'],
  ["(sadly)", '<emotion value="sad"/>'],
  ["[traurig]", '<emotion value="sad"/>'],
  ["[emotion: angry]", '<emotion value="angry"/>'],
  ["[slowly]", '<speed ratio="0.8"/>'],
  ["(softly)", '<volume ratio="0.6"/>'],
  ["(laughs)", "[laughter]"],
  ["*chuckles*", "[laughter]"],
  ["（笑）", "[laughter]"],
  ["[lacht leise]", "[laughter]"],
];

/** Directions that no tag of the service stands for. */
const SILENCED = [
  "[music]",
  "[upbeat music plays]",
  "[SFX: waves]",
  "[door slams]",
  "[door opens]",
  "[inaudible]",
  "[Aside]",
  "[Enter Mariners]",
  "[_Exit Ariel._]",
  "[To Prospero]",
  "[BGM: a light pulse, under the narration]",
  "[WIDE SHOT: A lab. Twelve robots, all of the same kind, power on at the same time.]",
  "（小声）",
  "(เสียงดนตรี)",
  "[Fade to dark background]",
  "[mischievously]",
  "[strong French accent]",
  "(in a low voice)",
  "[frustrated sigh]",
  "[starts laughing]",
  "[Intro]",
  "(music fades)",
  "(V.O.)",
  "(clears throat)",
  "[sighs deeply]",
  "*seufzt*",
  "[Geräusch: Wind]",
  "[Applaus]",
  "[next slide]",
  "[♪]",
];

describe("a direction in a script", () => {
  for (const [direction, tag] of REPLACED) {
    for (const language of languages) {
      it(`becomes what the service has for it, ${language}: ${direction}`, () => {
        const text = `Well. ${direction} And so it is.`;
        const [only, ...others] = found(text, { language });
        assert.deepEqual(others, []);
        assert.deepEqual(only?.slice(0, 2), [direction, `Well. ${tag} And so it is.`]);
      });
    }
  }
  for (const direction of [...REPLACED.map(([written]) => written), ...SILENCED]) {
    it(`can be silenced: ${direction}`, () => {
      const text = `Well. ${direction} And so it is.`;
      assert.equal(found(text)[0]?.at(-1), `Well. <!-- ${direction} --> And so it is.`);
      assert.equal(found(text, { language: "plaintext" })[0]?.at(-1), "Well. And so it is.");
    });
  }

  it("is silenced without a change to what stands around it", () => {
    const rows: readonly (readonly [string, string, ScriptLanguage?])[] = [
      ["[music]\n\nHello.", "<!-- [music] -->\n\nHello."],
      ["[music] Hello *you*.", "Hello *you*."],
      ["> (gasps)\n> Hello.", "> <!-- (gasps) -->\n> Hello."],
      ["- [applause] Thanks.", "- <!-- [applause] --> Thanks."],
      ["**[sighs]** Hello.", "Hello."],
      ["He *[sighs]* goes.", "He <!-- *[sighs]* --> goes."],
      ["SFX: waves -- and wind\nHello.", "Hello."],
      ["CUT TO:\n\nHello.", "<!-- CUT TO: -->\n\nHello."],
      ["MUSIC: soft\n\nHello.", "<!-- MUSIC: soft -->\n\nHello."],
      ["One.\n[music]\nTwo.", "One.\nTwo.", "plaintext"],
    ];
    for (const [text, fixed, language = "markdown"] of rows) {
      assert.equal(found(text, { language })[0]?.at(-1), fixed);
    }
  });

  it("gets no tag where that would be refused: in a segment without words, or of an emotion in another language", () => {
    assert.deepEqual(found("[pause 2s]"), [["[pause 2s]", "<!-- [pause 2s] -->"]]);
    assert.deepEqual(found("Ach. [traurig] Ja.", { language: "markdown", spoken: "de" }), [
      ["[traurig]", "Ach. <!-- [traurig] --> Ja."],
    ]);
  });

  it("is nothing that prose, code and Markdown have in brackets", () => {
    const texts = [
      "A [1], a [link], a [x], (see below), {id}, {{pause}}, ${pause}, {slide} and {music}.",
      "A [pause](a.md), [music][a], ![sighs](b.png), [pause] and `[pause]`.\n\n[a]: b\n[pause]: c",
      "You must *pause* here, for *music* is long (2 seconds), and call pause(music), wait(beat).",
      "*Pause* is what he said. He was (sad) then, and [content] [trust] are words.",
      "\\[pause\\] and \\(beat\\) are escaped. <!-- [pause] -->\n\n```\n[pause]\n```",
      "*Warmly,* Anna. Press *Exit.* It is fast. *Gently* mix it.",
      "She *cries* and *laughs*, and he *sighs* a lot. Her (gunshot) way [of her voice] [his accent].",
      "He went [to the] shop [to buy], [entered], (to Rome) and back. Press [Enter] [enter key].",
      "See [[Music]], [[Anna]] and [[a|2s]], or ![[pause]] and \\[[pause]].",
      "My passion (music) is old. [Back to top] [TODO] [OK] [Your Name] [YOUR NAME] [sic] [...]",
      "In [brackets with a pause in the middle of a longer sentence that goes on] it is text.",
    ];
    for (const text of texts) assert.deepEqual(found(text), [], text);
  });

  it("is found where a variable has no value, too", () => {
    assert.deepEqual(found("Hello {{name}}. [pause 2s] Well.")[0]?.[0], "[pause 2s]");
  });
});
