import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClipStore } from "../../../src/clips/clipStore.ts";
import { ScriptPreview, type PreviewEvent } from "../../../src/preview/scriptPreview.ts";
import { ScriptReading, type PreviewInput } from "../../../src/preview/segments/scriptReading.ts";
import { clipsInPlace } from "../../support/fakes/clipsInPlace.ts";
import {
  anyCast,
  anyDocument,
  anyEdit,
  anyLanguage,
  anyWords,
  edited,
} from "../script/arbitraries.ts";

const settings = {
  voice: "V",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 8000,
} as const;

const inputOf = (text: string, more: Partial<PreviewInput> = {}): PreviewInput => ({
  text,
  language: "markdown",
  markers: [],
  settings,
  service: "fake",
  ...more,
});

describe("A reading that follows another", () => {
  it("is what it would be alone, whatever has changed", () => {
    const anyVoice = fc.constantFrom("V", "W");
    const steps = fc.array(fc.tuple(anyEdit, anyVoice, anyLanguage, anyCast, anyWords), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(anyDocument, steps, (document, steps) => {
        let text = document;
        let reading = new ScriptReading(inputOf(text));
        for (const [edit, voice, language, cast, words] of steps) {
          text = edited(text, edit);
          const manner = { language, settings: { ...settings, voice }, ...words };
          const input = inputOf(cast + text, manner);
          reading = new ScriptReading(input, reading);
          const alone = new ScriptReading(input);
          assert.deepEqual(reading.segments, alone.segments);
          assert.deepEqual(reading.runSegments(), alone.runSegments());
          assert.deepEqual(reading.wanted, alone.wanted);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("leaves the one before as it was, for one more that follows it", () => {
    const first = new ScriptReading(inputOf("One.<flush/>Two."));
    const said = JSON.stringify(first.runSegments());
    for (const text of ["One.<flush/>Two!<flush/>Three.", "Other.<flush/>Two."]) {
      const alone = new ScriptReading(inputOf(text)).runSegments();
      assert.deepEqual(new ScriptReading(inputOf(text), first).runSegments(), alone);
    }
    assert.equal(JSON.stringify(first.runSegments()), said);
  });

  it("finds the first segment of an identity, however often it is asked", () => {
    const reading = new ScriptReading(inputOf("a<flush/>b<flush/>".repeat(12)));
    const places = reading.runSegments().map(({ identity }) => reading.place(identity));
    assert.deepEqual(places, [...Array.from({ length: 24 }, (_, at) => at % 2), 24]);
    assert.equal(reading.place("none"), undefined);
    assert.equal(new ScriptReading(inputOf("a")).place("none"), undefined);
  });
});

describe("What a preview tells after an edit", () => {
  const text = ["One.", "Two.", "Three.", "Four."].join("\n\n<flush/>\n\n");
  let preview: ScriptPreview;
  let events: PreviewEvent[];

  /** A store in which the segments of a text have their clips. */
  const storeFor = (script: string): ClipStore =>
    clipsInPlace(new ScriptReading(inputOf(script)).runSegments());

  const told = (): unknown => {
    const [event, ...more] = events.splice(0);
    assert.ok(event?.type === "changed" && more.length === 0);
    return event.segments;
  };
  const states = (): string[] => preview.segments().map(({ state }) => state);

  beforeEach(() => {
    events = [];
    preview = new ScriptPreview(storeFor(text), {
      report: (event) => events.push(event),
      trace: () => {},
    });
    preview.read(inputOf(text));
    events = [];
  });

  it("is the segment whose text has changed, and again when that is undone", () => {
    preview.read(inputOf(text.replace("Two.", "Two!")));
    assert.deepEqual(told(), [1]);
    assert.deepEqual(states(), ["ready", "changed", "ready", "ready"]);
    preview.read(inputOf(text));
    assert.deepEqual(told(), [1]);
    assert.deepEqual(states(), ["ready", "ready", "ready", "ready"]);
  });

  it("is none where only places have changed, which are right all the same", () => {
    const before = preview.spanOf(2, 0, 1);
    preview.read(inputOf(`\n\n${text}`));
    assert.deepEqual(told(), []);
    const place = text.indexOf("Three") + 2;
    assert.deepEqual(before, { start: place - 2, end: place - 1 });
    assert.deepEqual(preview.spanOf(2, 0, 1), { start: place, end: place + 1 });
  });

  it("is another segment, too, where the edit gives it another state", () => {
    preview.read(inputOf(text.replace("Three.", "Two.")));
    assert.deepEqual(told(), [2]);
    preview.read(inputOf(text.replace("Two.", "Three.").replace("Four.", "Two.")));
    assert.deepEqual(told(), [1, 2, 3]);
  });

  it("is everything where segments come or go, or the script is to sound otherwise", () => {
    preview.read(inputOf(`${text}<flush/>Five.`));
    assert.equal(told(), undefined);
    preview.read(inputOf(text));
    assert.equal(told(), undefined);
    preview.read(inputOf(text, { service: "other" }));
    assert.equal(told(), undefined);
    preview.read(inputOf(`---\nspeech: { voice: W }\n---\n${text}`, { service: "other" }));
    assert.equal(told(), undefined);
  });

  it("leaves the views that nothing has changed as they were", () => {
    const before = preview.segments();
    preview.read(inputOf(text.replace("Three.", "Three and more.")));
    const now = preview.segments();
    assert.deepEqual(
      now.map((view, at) => view === before[at]),
      [true, true, false, false],
    );
    assert.equal(now[3]?.start, (before[3]?.start ?? 0) + " and more".length);
    assert.equal(preview.segments()[3], now[3]);
  });
});
