import assert from "node:assert/strict";
import fc from "fast-check";
import { markedSpans } from "../../../../src/script/outline/markedSpans.ts";
import { scanScript } from "../../../../src/script/scanner/scan.ts";
import type { ScriptLanguage, Span } from "../../../../src/script/model/script.ts";
import { anyDocument, anyLanguage } from "../arbitraries.ts";

const cast = ["ANNA", "Dr. Bell"];

/** What is marked of a text, in a part of it. */
function marked(text: string, language: ScriptLanguage = "markdown", part?: Span) {
  const scan = scanScript(text, { language, speakers: cast });
  const found = markedSpans(text, scan, part ?? { start: 0, end: text.length });
  const texts = (spans: readonly Span[]): string[] =>
    spans.map(({ start, end }) => text.slice(start, end));
  return {
    markers: texts(found.markers),
    tags: texts(found.tags),
    speakers: texts(found.speakers),
  };
}

describe("markedSpans", () => {
  it("finds markers and tags, but none in code, comments and front matter", () => {
    const text =
      '---\na: <break time="1s"/>\n---\n<break time="2s"/> a [laughter] <flush/> <spell>A <speed ratio="1"/></spell>\n\n```\n[laughter]\n```\n\n\\<break time="3s"/> <!-- [laughter] --> <!-- flush -->';
    assert.deepEqual(marked(text), {
      markers: ["<flush/>", "<!-- flush -->"],
      tags: ['<break time="2s"/>', "[laughter]", '<spell>A <speed ratio="1"/></spell>'],
      speakers: [],
    });
  });

  it("finds the names of speakers, whether a segment begins with them or not, and takes none for a marker", () => {
    const text =
      "ANNA: one\nANNA: more\n\n**Dr. Bell:** two\n\n**Dr. Bell** : three\n\nBOB: no\n\nannas: no\n\n<flush/>\nANNA : four\n\n<flush/>ANNA: five ANNA: no\n\n- ANNA: no\n\n```\n\nANNA: no\n```";
    assert.deepEqual(marked(text), {
      markers: ["<flush/>", "<flush/>"],
      tags: [],
      speakers: ["ANNA:", "ANNA:", "**Dr. Bell:**", "**Dr. Bell** :", "ANNA :", "ANNA:"],
    });
    assert.deepEqual(marked("ANNA: a\n\n**ANNA:** b", "plaintext").speakers, ["ANNA:"]);
  });

  it("looks at a part of a script alone", () => {
    const text = "a <flush/>\nb [laughter] <flush/>\n\nANNA: c <flush/>\n";
    assert.deepEqual(marked(text, "markdown", { start: 11, end: 34 }), {
      markers: ["<flush/>"],
      tags: ["[laughter]"],
      speakers: [],
    });
  });

  it("finds in parts, line by line, no more than in the whole", () => {
    fc.assert(
      fc.property(anyDocument, anyLanguage, fc.nat({ max: 20 }), (text, language, at) => {
        const scan = scanScript(text, { language, speakers: cast });
        const whole = markedSpans(text, scan, { start: 0, end: text.length });
        const lines = [...text.matchAll(/[^\n]*(?:\n|$)/g)];
        const { index: start = 0, 0: line = "" } = lines[at % lines.length] ?? {};
        const part = { start, end: start + line.length };
        const { markers, speakers } = markedSpans(text, scan, part);
        const front = scan.frontMatter?.end ?? 0;
        const inPart = (span: Span): boolean =>
          span.start < part.end && span.end > Math.max(start, front);
        assert.deepEqual(markers, whole.markers.filter(inPart));
        assert.deepEqual(speakers, whole.speakers.filter(inPart));
        for (const span of [...whole.tags, ...whole.speakers]) {
          assert.ok(span.start >= 0 && span.end > span.start && span.end <= text.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
