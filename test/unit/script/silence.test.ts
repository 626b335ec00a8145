import assert from "node:assert/strict";
import fc from "fast-check";
import { silentSpans, type SilentSpan } from "../../../src/script/model/silence.ts";
import { spokenSpans } from "../../../src/script/reader/findSilence.ts";
import type { Script, Span } from "../../../src/script/model/script.ts";
import { parseScript } from "../../../src/script/reader/parseScript.ts";
import type { ReadOptions } from "../../../src/script/reader/replaceWords.ts";
import {
  anyBlock,
  anyCast,
  anyLanguage,
  anyMarkers,
  anyParts,
  anyScript,
  anySpeakers,
  anyWords,
} from "./arbitraries.ts";

const runs = { numRuns: Number(process.env["RUNS"] ?? 1000) };

/** Each silent stretch of a text, as `reason: text`. */
function silenceOf(text: string, options: Partial<ReadOptions> = {}): string[] {
  const script = parseScript(text, { language: "markdown", ...options });
  return [...silentSpans(script)].map(
    ({ start, end, reason }) => `${reason}: ${text.slice(start, end)}`,
  );
}

/** How often each UTF-16 unit of a script is in a span. */
function coverage(length: number, spans: Iterable<Span>): number[] {
  const times = new Array<number>(length).fill(0);
  for (const { start, end } of spans) {
    for (let at = start; at < end; at++) times[at] = (times[at] ?? 0) + 1;
  }
  return times;
}

/** What is sent of a script, by where each of its units comes from. */
function sentSpans({ segments }: Script): Span[] {
  return segments.flatMap(({ start: base, offsets, written = [] }) =>
    spokenSpans({ offsets, written, references: [] }).map(({ start, end }) => ({
      start: base + start,
      end: base + end,
    })),
  );
}

/** Character references: `&amp;`. All that is said of one comes from its `&`. */
const REFERENCE = /(?<=&)#?[a-z\d]+;/gi;

describe("silence", () => {
  const anyDocument = fc.oneof(
    anyScript,
    fc
      .tuple(anyCast, fc.array(fc.tuple(anyBlock, fc.constantFrom("\n", "\n\n", " "))))
      .map(([front, blocks]) => front + blocks.flat().join("")),
  );

  it("has each letter of a document that is not spoken, with a reason, and none that is", () => {
    fc.assert(
      fc.property(
        anyDocument,
        anyLanguage,
        anyMarkers,
        anySpeakers,
        fc.tuple(anyWords, anyParts),
        (text, language, markers, speakers, [words, parts]) => {
          const options = { language, markers, speakers, ...words, ...parts };
          const script = parseScript(text, options);
          const silent = [...silentSpans(script)];
          const [unsaid, sent] = [
            coverage(text.length, silent),
            coverage(text.length, sentSpans(script)),
          ];
          const inReference = coverage(
            text.length,
            Array.from(text.matchAll(REFERENCE), ({ index, 0: name }) => ({
              start: index,
              end: index + name.length,
            })),
          );
          for (let at = 0; at < text.length; at++) {
            const both = `${sent[at]} sent, ${unsaid[at]} silent: ${text.slice(at, at + 20)}`;
            assert.ok((unsaid[at] ?? 0) + (sent[at] ? 1 : 0) <= 1, both);
            const isLetter = /[\p{L}\p{N}]/u.test(text.charAt(at));
            if (isLetter && !inReference[at]) assert.ok(unsaid[at] || sent[at], both);
          }
          silent.reduce((end, { start, ...span }) => {
            assert.ok(start >= end && span.end > start);
            return span.end;
          }, 0);
        },
      ),
      runs,
    );
  });

  it("gives the reason of each kind", () => {
    const text = [
      "---\ntitle: A\n---",
      "1985\\. was [good](https://a.b 'title'), <b class='x'>bold</b> <script>x()</script> https://c.de",
      "1. one\n- [x] two[^1]",
      "```\ncode\n```",
      "    indented",
      "<!-- note -->",
      "[a]: /b",
      "[^1]: A note.",
      "AT&amp;T <flush/> end",
    ].join("\n\n");
    assert.deepEqual(silenceOf(text), [
      "frontMatter: ---\ntitle: A\n---\n",
      "linkTarget: (https://a.b 'title')",
      "html: <b class='x'>",
      "html: </b>",
      "html: <script>x()</script>",
      "linkTarget: https://",
      "listNumber: 1",
      "checkbox: [x]",
      "footnote: [^1]",
      "code: ```\ncode\n```",
      "indentedCode: indented",
      "comment: <!-- note -->",
      "definition: [a]: /b",
      "footnote: [^1]: A note.",
      "marker: <flush/>",
    ]);
  });

  it("has the names of speakers, and markers, in plain text too", () => {
    const text = "ANN: One.\n\nBOB: Two.\n\nANN: Three.\n<flush/>\nANN: Four.";
    const named = ["speaker: ANN:", "speaker: BOB:", "speaker: ANN:", "marker: <flush/>"];
    for (const language of ["markdown", "plaintext"] as const) {
      const speakers = ["ANN", "BOB"];
      assert.deepEqual(silenceOf(text, { language, speakers }), [...named, "speaker: ANN:"]);
    }
  });

  it("has what is put as nothing, and all of a segment that is not sent", () => {
    assert.deepEqual(silenceOf("Dear {{a}} friend.", { values: { a: "" } }), ["value: {{a}}"]);
    assert.deepEqual(silenceOf("Dear {{a}} friend.", { values: { a: "old" } }), []);
    assert.deepEqual(silenceOf("Dear **{{a}}**, AT&amp;T.<flush/>And on."), [
      "notSent: Dear",
      "notSent: {{a}}",
      "notSent: , AT&amp;T.",
      "marker: <flush/>",
    ]);
  });

  it("counts from where a segment stands", () => {
    const { segments } = parseScript("One.<flush/> *Two* <!-- c -->.", { language: "markdown" });
    const silent: SilentSpan[] = [{ start: 7, end: 17, reason: "comment" }];
    assert.deepEqual(segments[1]?.silent, silent);
  });
});
