import assert from "node:assert/strict";
import fc from "fast-check";
import { markedSpans } from "../../../src/script/markedSpans.ts";
import { scanScript } from "../../../src/script/scan.ts";
import type { ScriptLanguage, Span } from "../../../src/script/script.ts";
import { anyDocument, anyLanguage } from "./arbitraries.ts";

const cast = ["ANNA", "Dr. Bell"];

/** What is marked of a text, in a part of it. */
function marked(text: string, language: ScriptLanguage = "markdown", part?: Span) {
  const scan = scanScript(text, { language });
  const found = markedSpans({ text, language, scan }, part ?? { start: 0, end: text.length }, cast);
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

  it("finds the cast's names where paragraphs begin", () => {
    const text =
      "ANNA: one\nANNA: no\n\n**Dr. Bell:** two\n\n**Dr. Bell** : three\n\nBOB: no\n\nanna: no\n\n<flush/>\nANNA : four\n\n<flush/>ANNA: five ANNA: no\n\n```\n\nANNA: no\n```";
    assert.deepEqual(marked(text).speakers, [
      "ANNA:",
      "**Dr. Bell:**",
      "**Dr. Bell** :",
      "ANNA :",
      "ANNA:",
    ]);
    assert.deepEqual(marked("ANNA: a\n\n**ANNA:** b", "plaintext").speakers, ["ANNA:"]);
  });

  it("takes no name for a marker where a segment begins with it", () => {
    const text = "ANNA: a\n\nDr. Bell: b";
    const scan = scanScript(text, { language: "markdown", speakers: cast });
    assert.equal(scan.markers.length, 1);
    const part = { start: 0, end: text.length };
    const found = markedSpans({ text, language: "markdown", scan }, part, cast);
    assert.deepEqual(found.markers, []);
    assert.deepEqual(
      found.speakers.map(({ start, end }) => text.slice(start, end)),
      ["ANNA:", "Dr. Bell:"],
    );
  });

  it("looks at a part of a script alone", () => {
    const text = "a <flush/>\nb [laughter] <flush/>\n\nANNA: c <flush/>\n";
    assert.deepEqual(marked(text, "markdown", { start: 11, end: 35 }), {
      markers: ["<flush/>"],
      tags: ["[laughter]"],
      speakers: [],
    });
  });

  it("finds in parts, line by line, no more than in the whole", () => {
    fc.assert(
      fc.property(anyDocument, anyLanguage, fc.nat({ max: 20 }), (text, language, at) => {
        const scan = scanScript(text, { language });
        const whole = markedSpans({ text, language, scan }, { start: 0, end: text.length }, cast);
        const lines = [...text.matchAll(/[^\n]*(?:\n|$)/g)];
        const { index: start = 0, 0: line = "" } = lines[at % lines.length] ?? {};
        const part = { start, end: start + line.length };
        const { markers } = markedSpans({ text, language, scan }, part, cast);
        assert.deepEqual(
          markers,
          whole.markers.filter(
            (marker) =>
              marker.start < part.end && marker.end > Math.max(start, scan.frontMatter?.end ?? 0),
          ),
        );
        for (const span of [...whole.tags, ...whole.speakers]) {
          assert.ok(span.start >= 0 && span.end > span.start && span.end <= text.length);
        }
      }),
      { numRuns: 1000 },
    );
  }).timeout(60_000);
});
