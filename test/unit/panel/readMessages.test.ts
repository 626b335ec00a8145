import assert from "node:assert/strict";
import fc from "fast-check";
import { clipStates } from "../../../src/panel/messages.ts";
import type { FromPanel, ToPanel } from "../../../src/panel/messages.ts";
import { readFromPanel, readToPanel } from "../../../src/panel/readMessages.ts";

const format = { encoding: "pcm_f32le", sampleRate: 44100 } as const;
const clip = {
  segment: 2,
  index: 2,
  transcript: "Hello",
  speaker: "ROSALIND",
  state: "ready",
  seconds: 3.4,
  src: "a.wav",
  words: [{ from: 0, to: 5, start: 0.1, end: 0.4 }],
  timing: { firstByteMs: 120, firstAudibleMs: 180.5, speed: 28 },
  audible: { start: 0.1, end: 3.2 },
  locked: true,
  takes: [
    {
      id: "../a take",
      src: "b.wav",
      seconds: 3,
      spokenAt: "2026-07-01T12:00:00.000Z",
      voice: "Katie",
    },
  ],
  toSend: 0,
  again: 5,
  inContext: 17,
  voice: "Katie",
} as const;

const fromPanel: readonly FromPanel[] = [
  { type: "ready" },
  { type: "previewSegment", segment: 0 },
  { type: "previewScript" },
  { type: "stop" },
  { type: "goTo", segment: 3 },
  { type: "saveBeside" },
  { type: "insertMarkers", at: "paragraphs" },
  { type: "insertMarkers", at: "headings" },
  { type: "previewAgain", segment: 0, inContext: false },
  { type: "previewAgain", segment: 1, inContext: true },
  { type: "sayWithVoice", segment: 1 },
  { type: "restoreTake", segment: 1, take: "../a take" },
  { type: "deleteTake", segment: 1, take: "" },
  { type: "lock", segment: 0, locked: true },
  { type: "lock", segment: 0, locked: false },
  { type: "ping" },
  { type: "heard", segment: 1, sounds: true, begun: 1 },
  { type: "heard", segment: 1, sounds: true, begun: 2, turn: 7, run: 3 },
  { type: "heard", segment: undefined, sounds: true, begun: 3 },
  { type: "heard", segment: undefined, sounds: false, begun: 3, turn: 8 },
  { type: "heard", segment: 1, sounds: true, begun: 4, word: { from: 6, to: 12 } },
  { type: "setApiKey" },
  { type: "sound", speed: 1.5, volume: 0 },
  { type: "playbackFailed", segment: 1, reason: "No device." },
  { type: "unread", what: "timing.speed" },
];

const toPanel: readonly ToPanel[] = [
  {
    type: "show",
    title: "talk.md",
    service: "Local voice",
    clips: clipStates.map((state, segment) => ({
      segment,
      index: segment,
      transcript: "Hello",
      state,
    })),
    cost: { characters: 12 },
    running: false,
    unmarked: true,
    keyless: true,
  },
  {
    type: "show",
    title: "talk.md",
    service: "Local voice",
    clips: [],
    cost: { characters: 0, credits: 0 },
    running: true,
    unmarked: false,
    keyless: false,
    storedIn: "/storage",
    document: "file:///talk.md",
  },
  { type: "clip", clip },
  { type: "clip", clip: { segment: 0, index: 0, transcript: "", state: "failed", reason: "Why." } },
  { type: "cost", characters: 1234, credits: 1230.5 },
  { type: "cost", characters: 0 },
  { type: "runStarted", run: 7, format, segments: [0, 2, 1] },
  { type: "runStarted", run: 8, format, segments: [], turn: 4 },
  { type: "audio", run: 7, segment: 0, bytes: Uint8Array.of(1, 2, 3) },
  { type: "audioEnded", run: 7, segment: 0 },
  { type: "audioVoid", run: 7, segment: 0 },
  { type: "runEnded", run: 7 },
  { type: "play", segments: [0], seconds: 1.25 },
  { type: "play", segments: [1], seconds: 0, turn: 5 },
  { type: "words", run: 7, segment: 0, words: [{ from: 0, to: 5, start: 0.1, end: 0.4 }] },
  { type: "sound", speed: 0.5, volume: 1 },
  { type: "stop" },
  { type: "giveWay", turn: 6, begun: 3 },
  { type: "pong" },
];

/** Whether a message says its thing without this field; `segment` may be missing where nothing is heard. */
function mayBeMissing({ type }: FromPanel | ToPanel, field: string): boolean {
  if (field === "turn") return type !== "giveWay";
  if (type === "heard") return ["segment", "run", "word"].includes(field);
  return ["document", "storedIn", "credits"].includes(field);
}

function wrongFor(field: string): unknown[] {
  const fraction = ["seconds", "speed", "credits"].includes(field) ? [] : [1.5];
  return [null, Symbol("wrong"), { wrong: 1 }, NaN, -1, ...fraction];
}

for (const { read, messages } of [
  { read: readFromPanel, messages: fromPanel },
  { read: readToPanel, messages: toPanel },
]) {
  describe(read.name, () => {
    for (const message of messages) {
      it(`reads ${JSON.stringify(message)}`, () => assert.deepEqual(read(message), message));
    }

    it("leaves out what it does not know", () => {
      for (const message of messages) assert.deepEqual(read({ ...message, more: 1 }), message);
    });

    it("refuses a message of which a field is missing or of another type", () => {
      for (const message of messages) {
        for (const field of Object.keys(message)) {
          if (mayBeMissing(message, field)) continue;
          for (const wrong of [undefined, ...wrongFor(field)]) {
            assert.equal(
              read({ ...message, [field]: wrong }),
              undefined,
              `${message.type}.${field}`,
            );
          }
        }
      }
    });

    it("leaves out what may be missing where it is of another type, and tells of it", () => {
      for (const message of messages) {
        for (const field of Object.keys(message)) {
          if (!mayBeMissing(message, field) || field === "segment") continue;
          const rest = Object.fromEntries(
            Object.entries(message).filter(([name]) => name !== field),
          );
          assert.deepEqual(read(rest), rest);
          for (const wrong of wrongFor(field)) {
            const dropped: string[] = [];
            const posted = { ...message, [field]: wrong };
            assert.deepEqual(
              read(posted, (name) => dropped.push(name)),
              rest,
            );
            assert.deepEqual(dropped, [field]);
          }
        }
      }
    });

    it("never throws, and believes nothing by chance", () => {
      fc.assert(fc.property(fc.anything({ withSparseArray: true }), (value) => !read(value)));
      const type = fc.constantFrom(...messages.map((message) => message.type));
      fc.assert(
        fc.property(type, fc.dictionary(fc.string(), fc.anything()), (of, fields) => {
          read({ ...fields, type: of });
        }),
      );
    });
  });
}

describe("readFromPanel", () => {
  it("takes a segment lost on the way for none", () => {
    const told = { type: "heard", sounds: false, begun: 1 };
    const none = { ...told, segment: undefined };
    assert.deepEqual(readFromPanel(told), none);
    assert.deepEqual(readFromPanel({ ...told, segment: null }), none);
    assert.equal(readFromPanel({ ...told, segment: "1" }), undefined);
  });
});

describe("What the page says", () => {
  it("is cut where it has no end", () => {
    const long = "x".repeat(1 << 20);
    for (const message of [
      { type: "playbackFailed", segment: 0, reason: long },
      { type: "unread", what: long },
      { type: "restoreTake", segment: 0, take: long },
    ]) {
      assert.ok((JSON.stringify(readFromPanel(message)) ?? "").length < 2000);
    }
  });
});

describe("A wish of how to hear", () => {
  it("is refused outside what a page can do", () => {
    for (const wrong of [{ speed: 0.4 }, { speed: 2.1 }, { volume: -0.1 }, { volume: 1.1 }]) {
      const wish = { type: "sound", speed: 1, volume: 1, ...wrong };
      assert.equal(readToPanel(wish), undefined);
      assert.equal(readFromPanel(wish), undefined);
    }
  });
});

describe("readToPanel", () => {
  it("refuses a clip of which nothing could be shown", () => {
    for (const wrong of [{ segment: -1 }, { transcript: 1 }, { state: "unheard of" }]) {
      assert.equal(readToPanel({ type: "clip", clip: { ...clip, ...wrong } }), undefined);
    }
  });

  it("leaves out what of a clip can't be, tells what it was, and shows the rest", () => {
    const [take] = clip.takes;
    const [word] = clip.words;
    const { firstByteMs, firstAudibleMs, speed } = clip.timing;
    const cases: readonly [
      field: keyof typeof clip,
      wrong: unknown,
      told: string,
      left?: unknown,
    ][] = [
      ["seconds", -1, "seconds"],
      ["seconds", Infinity, "seconds"],
      ["src", 1, "src"],
      ["reason" as never, {}, "reason"],
      ["words", {}, "words"],
      ["words", [{ from: 0, to: 5, start: 0.1 }, word], "words", [word]],
      ["words", [{ from: 0.5, to: 5, start: 0.1, end: 0.4 }], "words", []],
      ["words", [word, { ...word, start: -1 }], "words", [word]],
      ["timing", 3, "timing"],
      [
        "timing",
        { ...clip.timing, firstByteMs: -1 },
        "timing.firstByteMs",
        { firstAudibleMs, speed },
      ],
      ["timing", { ...clip.timing, speed: NaN }, "timing.speed", { firstByteMs, firstAudibleMs }],
      ["audible", { start: 1 }, "audible"],
      ["locked", 1, "locked"],
      ["toSend", 1.5, "toSend"],
      ["again", -1, "again"],
      ["inContext", "17", "inContext"],
      ["voice", 1, "voice"],
      ["speaker", 1, "speaker"],
      ["takes", {}, "takes"],
      ["takes", [undefined, take], "takes", [take]],
      ["takes", [{ ...take, src: undefined }, take], "takes", [take]],
    ];
    for (const [field, wrong, told, left] of cases) {
      const dropped: string[] = [];
      const posted = { type: "clip", clip: { ...clip, [field]: wrong } };
      const read = readToPanel(posted, (name) => dropped.push(name));
      const whole = Object.fromEntries(
        Object.entries({ ...clip, [field]: left }).filter(([, value]) => value !== undefined),
      );
      assert.deepEqual(read, { type: "clip", clip: whole }, field);
      assert.deepEqual(dropped, [`clip.${told}`]);
    }
  });

  it("shows a take of which nobody knows when it was said", () => {
    const undated = { ...clip.takes[0], spokenAt: "a while ago" };
    assert.deepEqual(readToPanel({ type: "clip", clip: { ...clip, takes: [undated] } }), {
      type: "clip",
      clip: { ...clip, takes: [{ ...undated, spokenAt: "" }] },
    });
  });

  it("shows the other clips where one can't be read", () => {
    const dropped: string[] = [];
    const odd = { ...clip, timing: { firstByteMs: -1 } };
    const posted = { ...toPanel[0], clips: [odd, { ...clip, state: 3 }, clip] };
    const read = readToPanel(posted, (name) => dropped.push(name));
    assert.deepEqual(read, { ...toPanel[0], clips: [{ ...clip, timing: {} }, clip] });
    assert.deepEqual(dropped, ["clips.timing.firstByteMs", "clips"]);
  });

  it("refuses a cost that can't be", () => {
    for (const cost of [undefined, 12, { characters: -1 }]) {
      assert.equal(readToPanel({ ...toPanel[0], cost }), undefined);
    }
  });

  it("refuses lists with anything else in them, or with holes", () => {
    for (const segments of [[0, "1"], [0, 1.5], new Array(2), { 0: 0, length: 1 }]) {
      assert.equal(readToPanel({ type: "play", segments, seconds: 0 }), undefined);
    }
    assert.equal(readToPanel({ ...toPanel[0], clips: { 0: clip, length: 1 } }), undefined);
  });

  it("refuses a format that can't be played", () => {
    for (const wrong of [{ encoding: "mp3" }, { sampleRate: 0 }, { sampleRate: -1 }]) {
      const started = { type: "runStarted", run: 1, format: { ...format, ...wrong }, segments: [] };
      assert.equal(readToPanel(started), undefined);
    }
  });

  it("refuses bytes that are shared or no bytes", () => {
    for (const bytes of [
      [1, 2],
      "AAEC",
      new Uint8Array(new SharedArrayBuffer(1)),
      new ArrayBuffer(2),
    ]) {
      assert.equal(readToPanel({ type: "audio", run: 1, segment: 0, bytes }), undefined);
    }
  });
});
