import assert from "node:assert/strict";
import { createRequire } from "node:module";
import fc from "fast-check";
import * as mediaCaptions from "media-captions";
import { captionText } from "../../../../src/export/captions/captionText.ts";
import { captionsOf, gaps, script } from "../spokenScript.ts";

interface WebVttCue {
  readonly startTime: number;
  readonly endTime: number;
  readonly text: string;
}
/** The W3C's own reader, which tells every fault. */
const { WebVTTParser } = createRequire(import.meta.url)("webvtt-parser") as {
  readonly WebVTTParser: new () => {
    parse(
      text: string,
      kind: string,
    ): { readonly cues: readonly WebVttCue[]; readonly errors: readonly unknown[] };
  };
};

/** A player's reader; Node's way of resolving does not find its types. */
const { parseText } = mediaCaptions as unknown as {
  readonly parseText: (
    text: string,
    options: { readonly type: string; readonly strict: boolean; readonly errors: boolean },
  ) => Promise<{ readonly cues: readonly WebVttCue[]; readonly errors: readonly unknown[] }>;
};

describe("captionText", () => {
  it("is WebVTT without a fault, to the W3C's reader", () => {
    fc.assert(
      fc.property(script, gaps, (segments, gapSeconds) => {
        const captions = captionsOf(segments, gapSeconds);
        const { cues, errors } = new WebVTTParser().parse(captionText(captions, "vtt"), "captions");
        assert.deepEqual(errors, []);
        assert.deepEqual(
          cues.map(({ startTime, endTime }) =>
            [startTime, endTime].map((at) => Math.round(at * 1000)),
          ),
          captions.map(({ start, end }) => [start, end]),
        );
      }),
      { numRuns: 100 },
    );
  });

  for (const type of ["vtt", "srt"] as const) {
    it(`is read as it was meant by a player's reader of ${type}`, async () => {
      await fc.assert(
        fc.asyncProperty(script, async (segments) => {
          const captions = captionsOf(segments);
          const text = captionText(captions, type);
          const { cues, errors } = await parseText(text, { type, strict: true, errors: true });
          assert.deepEqual(errors, []);
          assert.deepEqual(
            cues.map((cue) => [cue.startTime, cue.endTime].map((at) => Math.round(at * 1000))),
            captions.map(({ start, end }) => [start, end]),
          );
          assert.deepEqual(
            cues.map((cue) => cue.text),
            captions.map(({ lines }) =>
              type === "srt"
                ? lines.join("\n").replaceAll("-->", "→").replaceAll("<b>", "‹b›")
                : lines
                    .join("\n")
                    .replaceAll("&", "&amp;")
                    .replaceAll("<", "&lt;")
                    .replaceAll(">", "&gt;"),
            ),
          );
        }),
        { numRuns: 100 },
      );
    });
  }

  it("writes times, numbers and lines as each format has them", () => {
    const captions = [
      { start: 0, end: 1500, lines: ["R&D <b> --> 1"], speakers: [undefined] },
      {
        start: 3_723_004,
        end: 3_724_000,
        lines: ["Two", "lines"],
        speakers: [undefined, undefined],
      },
    ];
    assert.equal(
      captionText(captions, "vtt"),
      "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nR&amp;D &lt;b&gt; --&gt; 1\n\n01:02:03.004 --> 01:02:04.000\nTwo\nlines\n",
    );
    assert.equal(
      captionText(captions, "srt"),
      "1\n00:00:00,000 --> 00:00:01,500\nR&D ‹b› → 1\n\n2\n01:02:03,004 --> 01:02:04,000\nTwo\nlines\n",
    );
  });

  const caption = (
    lines: string[],
    speakers: (string | undefined)[] = lines.map(() => undefined),
  ) => [{ start: 0, end: 1000, lines, speakers }];
  const textIn = (text: string): string => text.split("\n").slice(-3, -1).join("\n");

  it("keeps in SubRip what players would take for a tag, and not show", () => {
    const rows: [string, string][] = [
      ["A List<String>, </i> and <br/>.", "A List‹String›, ‹/i› and ‹br/›."],
      ["If a < b and c > d.", "If a ‹ b and c › d."],
      ["An <open one", "An ‹open one"],
      ["2 < 3", "2 < 3"],
      ["It is {\\an8} here.", "It is ❴\\an8} here."],
    ];
    for (const [line, shown] of rows) {
      assert.equal(
        textIn(captionText(caption([line]), "srt"))
          .split("\n")
          .at(-1),
        shown,
      );
    }
  });

  it("names the speakers of WebVTT where that is asked for, and each span is closed", () => {
    const lines = ["- Hello & so.", "- Hi."];
    assert.equal(
      textIn(captionText(caption(lines, ["A & <B>", undefined]), "vtt", true)),
      "<v A &amp; &lt;B&gt;>- Hello &amp; so.</v>\n- Hi.",
    );
    assert.equal(
      textIn(captionText(caption(["One", "two"], ["ANN", "ANN"]), "vtt", true)),
      "<v ANN>One\ntwo</v>",
    );
    assert.equal(textIn(captionText(caption(lines, ["A", "B"]), "srt", true)), lines.join("\n"));
    const text = captionText(caption(lines, ["A & B", "C"]), "vtt", true);
    assert.deepEqual(new WebVTTParser().parse(text, "captions").errors, []);
  });

  it("tells lines from right to left, by most of their letters", () => {
    const marked = (line: string): string => `\u200f\u202b${line}\u202c`;
    for (const format of ["vtt", "srt"] as const) {
      const text = (...given: Parameters<typeof caption>): string =>
        textIn(captionText(caption(...given), format));
      assert.equal(
        text(["Windows הוא", "שלום עולם!"]),
        `${marked("Windows הוא")}\n${marked("שלום עולם!")}`,
      );
      assert.equal(text(["- مرحبا", "- Hello."], ["A", "B"]), `${marked("- مرحبا")}\n- Hello.`);
      assert.equal(text(["The word שלום", "is Hebrew."]), "The word שלום\nis Hebrew.");
    }
  });
});
