import assert from "node:assert/strict";
import fc from "fast-check";
import { completionsAt } from "../../../src/language/completionsAt.ts";
import { applyFix } from "../../../src/language/problem.ts";
import { lintScript } from "../../../src/language/scriptLinter.ts";
import { anyFaultyScript } from "./arbitraries.ts";

/** What is offered where `|` stands, and the text with it. */
function offered(marked: string): { readonly label: string; readonly text: string }[] {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return completionsAt(text, offset).map((completion) => {
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
    ["---\nspeech:\n  model:|\n---\n", "sonic-3", "---\nspeech:\n  model: sonic-3\n---\n"],
    ["---\nspeech:\n  model: |\n---\n", "sonic-3", "---\nspeech:\n  model: sonic-3\n---\n"],
    ["---\nspeech:\n  language: e|\n---\n", "de", "---\nspeech:\n  language: de\n---\n"],
    ["---\nspeech:\n  emotion: |\n---\n", "calm", "---\nspeech:\n  emotion: calm\n---\n"],
    ["---\nspeech:\n  volume: |\n---\n", "2", "---\nspeech:\n  volume: 2\n---\n"],
  ];
  for (const [at, label, text] of rows) {
    it(`${at.replaceAll("\n", "⏎")} ${label}`, () => {
      assert.equal(offered(at).find((one) => one.label === label)?.text, text);
    });
  }

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
    for (const at of ['He said: "|', "Note:|", "Hello|", "a < b|", "---\ntitle:\n  m|\n---\n"]) {
      assert.deepEqual(offered(at), [], at);
    }
  });

  it("lies around the place, whatever the text", () => {
    fc.assert(
      fc.property(anyFaultyScript, fc.nat(), (text, at) => {
        const offset = at % (text.length + 1);
        for (const { start, end } of completionsAt(text, offset)) {
          assert.ok(0 <= start && start <= offset && offset <= end && end <= text.length);
        }
      }),
    );
  });
});
