import assert from "node:assert/strict";
import fc from "fast-check";
import { parseScript } from "../../../src/script/reader/parseScript.ts";
import { plainLetter } from "../../../src/script/transcript/characters.ts";
import { scanScript } from "../../../src/script/scanner/scan.ts";
import { mayName } from "../../../src/script/scanner/speakerNames.ts";
import type { Segment } from "../../../src/script/model/script.ts";
import { seamBetween } from "../../../src/script/transcript/seam.ts";
import { withoutServiceTags } from "../../../src/script/model/serviceTags.ts";
import { anyLanguage, anyMarkers, anyParts, anyScript, anySpeakers } from "./arbitraries.ts";

/** Runs a check on any script; a failure shows the script. */
function always(check: (text: string, segments: readonly Segment[]) => void): void {
  fc.assert(
    fc.property(
      anyScript,
      anyLanguage,
      anyMarkers,
      anySpeakers,
      anyParts,
      (text, language, markers, speakers, parts) => {
        check(text, parseScript(text, { language, markers, speakers, ...parts }).segments);
      },
    ),
    { numRuns: 1000 },
  );
}

describe("any script", () => {
  it("is covered by front matter, segments and markers, without gap or overlap", () => {
    fc.assert(
      fc.property(anyScript, anyLanguage, anyMarkers, anySpeakers, anyParts, (text, ...options) => {
        const [language, markers, speakers, { only = [] }] = options;
        const scan = scanScript(text, { language, markers, speakers, only });
        assert.equal(scan.segments.length, scan.markers.length + 1);
        let from = scan.frontMatter?.end ?? 0;
        for (const [index, segment] of scan.segments.entries()) {
          assert.equal(segment.start, from);
          assert.ok(segment.end >= segment.start);
          const marker = scan.markers[index];
          if (marker) {
            assert.equal(marker.start, segment.end);
            const mayBeEmpty = marker.kind === "speaker" || marker.kind === "slide";
            assert.ok(marker.end > marker.start || mayBeEmpty);
          }
          from = marker?.end ?? segment.end;
        }
        assert.equal(from, text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("has a document offset for every character it says, in its own segment, in order", () => {
    always((_, segments) => {
      for (const { transcript, offsets, start, end } of segments) {
        assert.equal(offsets.length, transcript.length);
        let last = start;
        for (const offset of offsets.map((from) => start + from)) {
          assert.ok(offset >= last && offset < end, `${offset} in ${start}–${end}, after ${last}`);
          last = offset;
        }
      }
    });
  });

  it("says the document's own characters, but for what was added, decoded, or is white space", () => {
    always((text, segments) => {
      for (const { transcript, offsets, start, written = [] } of segments) {
        const instead = new Set(written.map((place) => start + place.start));
        for (let i = 0; i < transcript.length; i++) {
          const offset = start + (offsets[i] ?? NaN);
          if (instead.has(offset)) continue;
          const added = i > 0 && offsets[i - 1] === offsets[i];
          const decoded = text[offset] === "&";
          const letter = String.fromCodePoint(text.codePointAt(offset) ?? 0);
          const plain = letter !== transcript[i] && plainLetter(letter) === transcript[i];
          if (added || decoded || plain) continue;
          const white = /\s/.test(transcript[i] ?? "") && /\s/.test(text[offset] ?? "");
          assert.ok(white || transcript[i] === text[offset], `${transcript} at ${i}`);
        }
      }
    });
  });

  it("can be sent: transcripts are well-formed, without control characters, unless empty with words", () => {
    always((_, segments) => {
      for (const { transcript, speakable } of segments) {
        assert.doesNotMatch(transcript, /\p{Cs}/u);
        assert.doesNotMatch(transcript, /(?![\t-\r])\p{Cc}/u);
        assert.equal(transcript, transcript.trim());
        assert.equal(speakable, transcript !== "");
      }
    });
  });

  it("never glues two words nor doubles a space at a seam", () => {
    always((_, segments) => {
      const spoken = segments.filter(({ speakable }) => speakable);
      for (const [index, left] of spoken.entries()) {
        const right = spoken[index + 1];
        assert.equal(left.seam, right ? seamBetween(left.transcript, right.transcript) : "");
        if (!right) continue;
        const before = withoutServiceTags(left.transcript);
        const after = withoutServiceTags(right.transcript);
        const space = `${/\s*$/.exec(before)?.[0]}${left.seam}${/^\s*/.exec(after)?.[0]}`;
        const unspaced = /\p{sc=Han}|\p{sc=Kana}|\p{sc=Thai}|\p{sc=Khmr}|[。、「」\u3000-\u30FF]/u;
        if (/\s/.test(`${before.at(-1)}${after.at(0)}`)) assert.equal(left.seam, "");
        else if (unspaced.test(before) && unspaced.test(after)) continue;
        else assert.equal(space, " ");
      }
    });
  });

  it("is numbered from 0, and its unspeakable segments have no seam", () => {
    always((_, segments) => {
      for (const [index, segment] of segments.entries()) {
        assert.equal(segment.index, index);
        if (!segment.speakable) assert.equal(segment.seam, "");
      }
    });
  });

  it("is read the same with CRLF line endings", () => {
    fc.assert(
      fc.property(anyScript, anyLanguage, anyMarkers, anySpeakers, (script, ...options) => {
        const [language, markers, speakers] = options;
        const text = script.replaceAll("\r", "");
        const said = (source: string): unknown =>
          parseScript(source, { language, markers, speakers }).segments.map(
            ({ transcript, seam, speaker }) => [transcript, seam, speaker],
          );
        assert.deepEqual(said(text.replaceAll("\n", "\r\n")), said(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("has a name that nobody declared only in a segment that may have one", () => {
    fc.assert(
      fc.property(anyScript, anyLanguage, anyMarkers, anyParts, (text, ...options) => {
        const [language, markers, { only = [] }] = options;
        const scan = scanScript(text, { language, markers, only });
        const { turns } = scanScript(text, { language, markers, only, anyName: true });
        fc.pre(turns.length > 0);
        assert.ok(scan.segments.some(({ start, end }) => mayName(text.slice(start, end))));
      }),
      { numRuns: 1000 },
    );
  });

  it("of plain text says the same whatever segments follow", () => {
    fc.assert(
      fc.property(anyScript, anyScript, (text, more) => {
        const options = { language: "plaintext" } as const;
        const before = parseScript(text, options).segments;
        const after = parseScript(`${text}\n\n<flush/>\n${more}`, options).segments;
        // An open front matter or spell element may swallow the marker.
        fc.pre(!/^\uFEFF?---|<spell>/i.test(text));
        assert.deepEqual(
          after.slice(0, before.length).map(({ transcript }) => transcript),
          before.map(({ transcript }) => transcript),
        );
      }),
    );
  });
});
