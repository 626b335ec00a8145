import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { clipIdentity } from "../../../src/clips/model/identity.ts";
import { ScriptPreview } from "../../../src/preview/scriptPreview.ts";
import { ScriptReading } from "../../../src/preview/segments/scriptReading.ts";
import { shapeOf, soundOf } from "../../../src/preview/plan/sound.ts";
import type { ScriptLanguage } from "../../../src/script/model/script.ts";
import { newClip } from "../clips/scratch.ts";
import { anyLanguage, anyScript } from "../script/arbitraries.ts";

const settings = {
  voice: "V",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 8000,
} as const;

const inputOf = (text: string, language: ScriptLanguage = "markdown") => ({
  text,
  language,
  markers: [],
  settings,
  service: "fake",
});

describe("Where a stretch of a transcript stands in the document", () => {
  /** What stands in the document for the `word` of the transcript, and what stands behind it. */
  function written(text: string, word: string): readonly [string, string] | undefined {
    const reading = new ScriptReading(inputOf(text));
    for (const { index, transcript } of reading.segments) {
      const from = transcript.indexOf(word);
      const span = from < 0 ? undefined : reading.spanOf(index, { from, to: from + word.length });
      if (span) return [text.slice(span.start, span.end), text.slice(span.end)];
    }
    return undefined;
  }

  const rows: readonly (readonly [string, string, string, string])[] = [
    ["a word", "Stay hungry, all.", "hungry", "hungry"],
    ["a word with emphasis within", "It is **un**believable.", "unbelievable", "un**believable"],
    ["a word with emphasis around it", "It is **so** good.", "so", "so"],
    ["a word behind a list's mark", "- one\n- two\n", "two", "two"],
    ["the last word of a heading, to which a stop is added", "# The End\n\nNow.", "End", "End"],
    ["the text of a link", "See [the docs](https://a.b/c) now.", "docs", "docs"],
    ["a character reference", "Q&amp;A is on.", "Q&", "Q&amp;"],
    ["a character reference at the end", "A &copy;", "©", "&copy;"],
    ["the letters of a reference in code", "Say `&amp;` now.", "&", "&"],
    ["an emoji", "So 😀 ok", "😀", "😀"],
    ["an emoji by its number", "So &#x1F600; ok", "😀", "&#x1F600;"],
    ["a word behind a marker", "One <flush/> two.", "two", "two"],
    ["a word behind front matter", "---\nspeech:\n  voice: V\n---\nHello you.", "you", "you"],
    ["words on two lines", "one\r\ntwo", "one", "one"],
  ];
  for (const [title, text, word, expected] of rows) {
    it(`is found for ${title}`, () => {
      const [found] = written(text, word) ?? [];
      assert.equal(found, expected);
    });
  }

  it("is nowhere where there is no such stretch", () => {
    const reading = new ScriptReading(inputOf("One.<flush/>…"));
    for (const [from, to] of [
      [0, 0],
      [2, 1],
      [-1, 2],
      [0, 5],
      [0.5, 1],
      [0, NaN],
    ] as const) {
      assert.equal(reading.spanOf(0, { from, to }), undefined);
    }
    assert.equal(reading.spanOf(1, { from: 0, to: 1 }), undefined);
    assert.equal(reading.spanOf(7, { from: 0, to: 1 }), undefined);
  });

  it("lies within its segment and is not empty, in any script", () => {
    fc.assert(
      fc.property(anyScript, anyLanguage, fc.nat(), fc.nat(), (text, language, one, other) => {
        const reading = new ScriptReading(inputOf(text, language));
        for (const { index, start, end, transcript } of reading.segments) {
          if (transcript === "") continue;
          const [from, last] = [one % transcript.length, other % transcript.length].sort(
            (a, b) => a - b,
          ) as [number, number];
          const span = reading.spanOf(index, { from, to: last + 1 });
          assert.ok(span && span.start >= start && span.end <= end && span.start < span.end);
        }
      }),
    );
  });
});

describe("From where to play what stands at a place in the document", () => {
  let home: string;
  let preview: ScriptPreview;

  const text =
    "---\nspeech: {}\n---\n# Stay hungry\n\n**one** two, $5 four  <flush/>\n\nNot spoken. <flush/> Silent words.";
  const words = [
    ["Stay", 0.001],
    ["hungry", 0.002],
    ["one", 0.003],
    ["two", 0.004],
    ["five", 0.005],
    ["dollars", 0.006],
    ["four", 0.007],
  ] as const;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "places-"));
    const store = await ClipStore.open({ folder: join(home, "clips"), documentName: "talk.md" });
    preview = new ScriptPreview(store, { report: () => {}, trace: () => {} });
    preview.read(inputOf(text));
    const [first, , third] = preview.segments();
    for (const [view, said] of [
      [first, words],
      [third, []],
    ] as const) {
      if (!view) continue;
      const shape = shapeOf(view.transcript, soundOf({}, settings), "fake");
      await store.save(
        newClip(view.index, clipIdentity(shape), {
          transcript: view.transcript,
          words: said.map(([word, start]) => ({ text: word, start, end: start + 0.001 })),
        }),
      );
    }
  });

  afterEach(() => rm(home, { recursive: true, force: true }));

  const at = (place: string, more = 0): number | undefined =>
    preview.secondsAt(text.indexOf(place) + more)?.seconds;

  it("is the start of the word there", () => {
    assert.equal(at("Stay"), 0.001);
    assert.equal(at("hungry", 3), 0.002);
    assert.equal(at("one"), 0.003);
    assert.equal(at("four", 3), 0.007);
  });

  it("is the start of the next word, in white space, markup and what is not said", () => {
    assert.equal(at("---"), 0.001);
    assert.equal(at("# Stay"), 0.001);
    assert.equal(at(" hungry"), 0.002);
    assert.equal(at("**one"), 0.003);
    assert.equal(at("** two"), 0.004);
    assert.equal(at(", $5"), 0.005);
  });

  it("is the start of the first of several words that are said of what stands there", () => {
    assert.equal(at("$5"), 0.005);
    assert.equal(at("5 four"), 0.005);
  });

  it("is the start of the last word, behind it", () => {
    assert.equal(at(" <flush/>"), 0.007);
  });

  it("is the clip's start where no words are known", () => {
    assert.deepEqual(preview.secondsAt(text.length), { segment: 2, seconds: 0 });
    assert.deepEqual(preview.secondsAt(text.indexOf("words")), { segment: 2, seconds: 0 });
  });

  it("is nowhere where the segment has no clip, and before a script is read", async () => {
    assert.equal(preview.secondsAt(text.indexOf("Not")), undefined);
    assert.equal(
      preview.secondsAt(text.indexOf("<flush/>") + 3),
      undefined,
      "a marker's next segment",
    );
    const store = await ClipStore.open({ folder: join(home, "none"), documentName: "none.md" });
    const unread = new ScriptPreview(store, { report: () => {}, trace: () => {} });
    assert.equal(unread.secondsAt(0), undefined);
    assert.equal(unread.spanOf(0, 0, 1), undefined);
  });

  it("is never outside the clip", () => {
    for (let offset = -2; offset <= text.length + 2; offset++) {
      const place = preview.secondsAt(offset);
      if (!place) continue;
      const seconds = preview.segments([place.segment])[0]?.clip?.seconds ?? 0;
      assert.ok(place.seconds >= 0 && place.seconds <= seconds);
    }
  });
});
