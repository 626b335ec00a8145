import assert from "node:assert/strict";
import fc from "fast-check";
import { makeCaptions } from "../../../../src/export/captions/captions.ts";
import { captionTokens } from "../../../../src/export/captions/captionTokens.ts";
import { captionLimits } from "../../../../src/export/captions/captionLimits.ts";
import type { SpokenSegment } from "../../../../src/export/common/exportScript.ts";
import { layOut } from "../../../../src/export/common/timeline.ts";
import { withoutServiceTags } from "../../../../src/script/model/serviceTags.ts";
import { captionsOf, gaps, rate, said, script, spoken } from "../spokenScript.ts";

const textsOf = (segments: readonly SpokenSegment[]): string[] =>
  captionsOf(segments).map(({ lines }) => lines.join(" | "));

const lettersIn = new Intl.Segmenter();
const lengthOf = (line: string): number => [...lettersIn.segment(line)].length;
const squeeze = (text: string): string => text.replace(/\s+/g, "");

describe("makeCaptions", () => {
  it("never overlaps, is in order, and ends with the sound at the latest", () => {
    fc.assert(
      fc.property(script, gaps, (segments, gapSeconds) => {
        const { length, sampleRate } = layOut(segments, { gapSeconds });
        let before = 0;
        for (const { start, end } of captionsOf(segments, gapSeconds)) {
          assert.ok(Number.isInteger(start) && Number.isInteger(end));
          assert.ok(start >= before && end > start, `${before} ${start} ${end}`);
          before = end;
        }
        assert.ok(before <= (length / sampleRate) * 1000);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps to lines, to their length and to the longest time, whatever is said", () => {
    fc.assert(
      fc.property(script, (segments) => {
        const lineLength = Math.max(
          ...segments.map(({ transcript: text }) => captionLimits(text).lineLength),
        );
        for (const { start, end, lines } of captionsOf(segments)) {
          assert.ok(lines.length === 1 || lines.length === 2);
          for (const line of lines) {
            assert.ok(lengthOf(line) <= lineLength, line);
            assert.equal(line, line.trim());
            assert.notEqual(line, "");
          }
          assert.ok(end - start <= 7000);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("shows every letter of the transcripts once, in order, without the service's tags", () => {
    fc.assert(
      fc.property(script, (segments) => {
        const shown = captionsOf(segments).map(({ lines }) => lines.join(""));
        const all = segments.map(({ transcript: text }) => withoutServiceTags(text));
        assert.equal(squeeze(shown.join("")), squeeze(all.join("")));
      }),
      { numRuns: 300 },
    );
  });

  it("shows each for a second at least, and parts it from the next by two frames, where there is room", () => {
    fc.assert(
      fc.property(script, gaps, (segments, gapSeconds) => {
        const captions = captionsOf(segments, gapSeconds);
        captions.forEach(({ start, end }, at) => {
          const next = captions[at + 1];
          if (!next) return;
          const room = next.start - start;
          if (room >= 1084) assert.ok(end - start >= 1000, `${end - start} of ${room}`);
          if (room >= 200) assert.ok(next.start - end >= 83, `${next.start - end} of ${room}`);
        });
      }),
      { numRuns: 300 },
    );
  });

  it("is in step with the sound: a caption begins when its first word does, gaps included", () => {
    const segments = [
      said(0, "One two three."),
      said(1, "Four five six."),
      said(2, "Seven eight."),
    ];
    const timeline = layOut(segments, { gapSeconds: 1.00001 });
    const captions = makeCaptions(timeline);
    assert.deepEqual(
      captions.map(({ start }) => start),
      timeline.pieces.map(({ start }) => Math.floor((start / rate + 0.1) * 1000)),
    );
    assert.equal(timeline.gap, 24000);
  });

  it("breaks behind sentences first, then behind pauses, then before words that begin a clause", () => {
    assert.deepEqual(
      textsOf([
        said(
          0,
          "Good morning. I would like to speak about the weather today, which has been quite remarkable, and about what it does to people who live by the sea because they cannot leave it.",
        ),
      ]),
      [
        "Good morning.",
        "I would like to speak about the weather | today, which has been quite remarkable,",
        "and about what it does to people who live | by the sea because they cannot leave it.",
      ],
    );
  });

  it("takes a short form for no sentence's end", () => {
    assert.deepEqual(
      textsOf([said(0, "We would like you to come and meet Dr. Smith, J. Doe and Mrs. Wu.")]),
      ["We would like you to come | and meet Dr. Smith, J. Doe and Mrs. Wu."],
    );
  });

  it("begins no second sentence that goes on in the next caption, where it can be helped", () => {
    assert.deepEqual(
      textsOf([
        said(
          0,
          "Vielen Dank für Ihren Anruf. Leider sind im Augenblick alle Leitungen besetzt, weil sehr viele Kunden gleichzeitig anrufen.",
        ),
      ]),
      [
        "Vielen Dank für Ihren Anruf.",
        "Leider sind im Augenblick | alle Leitungen besetzt,",
        "weil sehr viele Kunden | gleichzeitig anrufen.",
      ],
    );
  });

  it("does not go over a segment's end, unless a segment is too short to be read", () => {
    assert.deepEqual(
      textsOf([said(0, "This is the first one"), said(1, "and this is the other")]),
      ["This is the first one", "and this is the other"],
    );
    assert.deepEqual(textsOf([said(0, "And then we go,"), said(1, "no?", 0.04)]), [
      "And then we go, no?",
    ]);
    assert.deepEqual(textsOf([said(0, "你好，", 0.1), said(1, "世界。", 0.1)]), ["你好，世界。"]);
  });

  it("spreads what has no times over what is audible of its clip", () => {
    const text =
      "Hello there, this is a sentence of some length. And here is the second one of them.";
    const captions = captionsOf([spoken(0, text, 12, [], { start: 2, end: 8 })]);
    assert.deepEqual(
      captions.map(({ lines }) => lines.join(" ")),
      ["Hello there, this is a sentence of some length.", "And here is the second one of them."],
    );
    assert.equal(captions[0]!.start, 2000);
    assert.ok(Math.abs(captions[1]!.start - 5450) < 150, `${captions[1]!.start}`);
  });

  it("puts what has no times between its neighbours that have", () => {
    const transcriptOf = "Alpha beta gamma delta. Epsilon.";
    const words = [
      { from: 0, to: 5, start: 2, end: 3 },
      { from: 24, to: 31, start: 8, end: 9.5 },
    ];
    const captions = captionsOf([spoken(0, transcriptOf, 11, words)]);
    const last = captions.at(-1)!;
    assert.deepEqual([last.lines, last.start], [["Epsilon."], 8000]);
    assert.equal(captions[0]!.start, 2000);
  });

  it("breaks writings without spaces between words, in shorter lines", () => {
    const chinese =
      "今天天气很好，我们一起去公园散步吧。因为明天可能会下雨，所以我们最好今天就出发。";
    const japanese =
      "今日は天気がいいので、公園まで散歩に行きましょう。明日は雨が降るかもしれません。";
    const thai = "วันนี้อากาศดีมากเราไปเดินเล่นที่สวนสาธารณะกันเถอะเพราะพรุ่งนี้อาจจะมีฝนตก";
    for (const [text, most] of [
      [chinese, 16],
      [japanese, 13],
      [thai, 35],
    ] as const) {
      const lines = captionsOf([spoken(0, text, text.length * 0.25)]).flatMap((each) => each.lines);
      assert.ok(lines.length > 2);
      for (const line of lines) {
        assert.ok(lengthOf(line) <= most, line);
        assert.doesNotMatch(line, /^[，。、]/);
      }
      assert.equal(lines.join(""), text);
    }
  });

  it("has none for what shows nothing", () => {
    assert.deepEqual(captionsOf([spoken(0, "[laughter]", 2)]), []);
  });
});

describe("The words of one long segment in captions", () => {
  it("cost in proportion to its words", () => {
    const leastMs = (count: number): number => {
      const segment = longSegment(count);
      let least = Infinity;
      for (let time = 0; time < 5; time++) {
        const before = process.cpuUsage();
        captionTokens(segment, 0, 42);
        const { user, system } = process.cpuUsage(before);
        least = Math.min(least, (user + system) / 1000);
      }
      return least;
    };
    const [few, many] = [leastMs(4000), leastMs(16_000)];
    assert.ok(many < few * 9 + 20, `four times as many took ${few} and ${many} ms`);
  });
});

function longSegment(count: number): SpokenSegment {
  const words = Array.from({ length: count }, (_, at) => {
    return { from: at * 5, to: at * 5 + 4, start: at * 0.4, end: at * 0.4 + 0.3 };
  });
  return spoken(0, "word ".repeat(count), count * 0.4, words);
}
