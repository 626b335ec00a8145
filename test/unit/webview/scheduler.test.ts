import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeSamples } from "../../../src/audio/decodeSamples.ts";
import { encodings, sampleRates } from "../../../src/audio/pcm.ts";
import type { PcmFormat } from "../../../src/audio/pcm.ts";
import { Scheduler } from "../../../src/webview/scheduler.ts";
import { FakeAudio } from "./fakeAudio.ts";
import type { FakeContext } from "./fakeAudio.ts";

const format: PcmFormat = { encoding: "pcm_f32le", sampleRate: 16000 };

describe("Scheduler", () => {
  let audio: FakeAudio;
  let scheduler: Scheduler;
  let failures: string[];
  let heard: (number | undefined)[];

  beforeEach(() => {
    audio = new FakeAudio();
    failures = [];
    heard = [];
    scheduler = new Scheduler({
      createContext: audio.createContext,
      setTimer: audio.setTimer,
      progress: () => {
        if (heard.at(-1) !== scheduler.heardPart) heard.push(scheduler.heardPart);
      },
      failed: (reason) => failures.push(reason),
    });
  });

  /** A part of this many seconds, all of it at once. */
  function schedulePart(id: number, seconds: number, sampleRate = format.sampleRate): void {
    scheduler.begin(id, { encoding: "pcm_f32le", sampleRate });
    scheduler.append(ramp(Math.round(seconds * sampleRate)));
    scheduler.end();
  }

  it("sets every sample on the frame behind the one before it, however the bytes were cut", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...encodings),
        fc.constantFrom(...sampleRates),
        fc.uint8Array({ minLength: 1, maxLength: 9000 }),
        fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 8 }),
        (encoding, sampleRate, bytes, sizes) => {
          scheduler.stop();
          const first = audio.contexts.length;
          scheduler.begin(1, { encoding, sampleRate });
          for (const chunk of cut(bytes, sizes)) scheduler.append(chunk);
          scheduler.end();
          const context = audio.contexts[first] ?? audio.context;
          const expected = decodeSamples(bytes, encoding);
          assert.deepEqual(samplesOf(context).slice(-expected.length || Infinity), [...expected]);
          audio.advance(10_000);
        },
      ),
      { numRuns: 40 },
    );
    for (const context of audio.contexts) assertNoOverlap(context);
  });

  it("leaves no gap within a part or between two", () => {
    schedulePart(1, 0.1);
    schedulePart(2, 2.5);
    schedulePart(3, 0.03);
    assertGapless(audio.context);
    assert.equal(samplesOf(audio.context).length, 16000 * 2.63);
  });

  it("lets the first sound out at once, however short the chunk", () => {
    scheduler.begin(1, format);
    scheduler.append(ramp(1));
    assert.equal(audio.context.scheduled[0]?.frame, 0.05 * 16000);
  });

  it("merges small chunks to buffers of 20 ms", () => {
    scheduler.begin(1, format);
    for (const chunk of cut(ramp(16000), [7])) scheduler.append(chunk);
    scheduler.end();
    const lengths = audio.context.scheduled.slice(1, -1).map(({ samples }) => samples.length);
    assert.ok(lengths.every((length) => length >= 320));
    assertGapless(audio.context);
  });

  it("does not let small chunks run dry while it merges", () => {
    scheduler.begin(1, format);
    scheduler.append(ramp(100));
    audio.advance(40);
    scheduler.append(ramp(10));
    assert.equal(audio.context.scheduled.length, 2);
    assertGapless(audio.context);
  });

  it("begins anew with a small lead after it ran dry, and overlaps nothing", () => {
    scheduler.begin(1, format);
    scheduler.append(ramp(1600));
    audio.advance(500);
    assert.ok(scheduler.dry);
    assert.equal(scheduler.heardPart, 1);
    scheduler.append(ramp(1600));
    assert.ok(!scheduler.dry);
    assert.equal(audio.context.scheduled.at(-1)?.frame, 0.55 * 16000);
    assertNoOverlap(audio.context);
  });

  it("tells by the audio clock which part is heard", () => {
    schedulePart(1, 0.2);
    schedulePart(2, 0.3);
    assert.equal(scheduler.heardPart, undefined);
    audio.advance(60);
    assert.equal(scheduler.heardPart, 1);
    audio.advance(200);
    assert.equal(scheduler.heardPart, 2);
    audio.advance(300);
    assert.equal(scheduler.heardPart, undefined);
    assert.ok(scheduler.empty);
    assert.deepEqual(heard, [1, 2, undefined]);
  });

  it("passes over a part without a sample", () => {
    schedulePart(1, 0);
    audio.advance(2);
    assert.ok(scheduler.empty);
  });

  it("fades out within 15 ms when stopped, and then schedules from the start", () => {
    schedulePart(1, 5);
    audio.advance(1000);
    scheduler.stop();
    const bus = audio.context.buses[0]!;
    assert.deepEqual(
      bus.ramps.map(({ value }) => value),
      [1, 0],
    );
    assert.ok(bus.ramps[1]!.time <= audio.context.currentTime + 0.015);
    const latest = Math.max(...audio.context.scheduled.slice(1).map(({ stopTime }) => stopTime));
    assert.ok(latest <= audio.context.currentTime + 0.015);
    assert.ok(scheduler.empty);
    assert.equal(scheduler.heardPart, undefined);
    schedulePart(2, 1);
    assert.equal(audio.context.buses.length, 2);
  });

  it("is cut off at once when stopped while it is paused", () => {
    schedulePart(1, 5);
    audio.advance(1000);
    scheduler.pause();
    audio.advance(1);
    scheduler.stop();
    assert.ok(audio.context.buses[0]?.disconnected);
  });

  it("keeps its position in a pause", () => {
    schedulePart(1, 1);
    audio.advance(500);
    scheduler.pause();
    audio.advance(60_000);
    assert.equal(scheduler.heardPart, 1);
    const { secondsAhead } = scheduler;
    scheduler.append(ramp(10));
    scheduler.resume();
    audio.advance(400);
    assert.equal(scheduler.heardPart, 1);
    assert.ok(Math.abs(secondsAhead - 0.4 - scheduler.secondsAhead) < 0.002);
  });

  it("takes back what has not begun, and leaves what sounds", () => {
    schedulePart(1, 1);
    schedulePart(2, 1);
    audio.advance(500);
    assert.ok(scheduler.takeBack(2));
    schedulePart(3, 1);
    assert.equal(audio.context.scheduled[2]?.frame, audio.context.scheduled[1]?.frame);
    assert.deepEqual(audio.context.buses[0]?.ramps, []);
    audio.advance(700);
    assert.equal(scheduler.heardPart, 3);
  });

  it("silences the part that sounds when it is taken back", () => {
    schedulePart(1, 1);
    audio.advance(500);
    assert.ok(scheduler.takeBack(1));
    assert.equal(audio.context.buses[0]?.ramps.at(-1)?.value, 0);
    assert.equal(scheduler.heardPart, undefined);
  });

  it("does not take back what has been heard", () => {
    schedulePart(1, 0.1);
    audio.advance(500);
    assert.ok(!scheduler.takeBack(1));
  });

  it("opens a context of the rate, and another only when nothing is left to hear", () => {
    schedulePart(1, 0.2, 44100);
    assert.ok(scheduler.accepts(44100));
    assert.ok(!scheduler.accepts(22050));
    audio.advance(300);
    assert.ok(scheduler.accepts(22050));
    schedulePart(2, 0.2, 22050);
    audio.advance(1);
    assert.deepEqual(
      audio.contexts.map(({ sampleRate, state }) => [sampleRate, state]),
      [
        [44100, "closed"],
        [22050, "running"],
      ],
    );
  });

  it("says when the browser refuses sound, and then plays from the start", () => {
    audio.permitted = false;
    schedulePart(1, 0.5);
    assert.ok(!scheduler.refused);
    audio.advance(1000);
    assert.ok(scheduler.refused);
    assert.equal(scheduler.heardPart, undefined);
    audio.context.permitted = true;
    scheduler.permit();
    audio.advance(100);
    assert.ok(!scheduler.refused);
    assert.equal(scheduler.heardPart, 1);
    assert.equal(audio.context.scheduled[0]?.ended, false);
  });

  it("does not call sound refused when nothing is to sound any more", () => {
    audio.permitted = false;
    schedulePart(1, 0.5);
    audio.advance(1000);
    scheduler.stop();
    assert.ok(!scheduler.refused);
  });

  it("fails in words when the device does not start after a click", () => {
    audio.permitted = false;
    schedulePart(1, 0.5);
    audio.advance(1000);
    scheduler.permit();
    audio.advance(5000);
    assert.equal(failures.length, 1);
  });

  it("asks for sound before there is any, so that a click permits what comes much later", () => {
    audio.permitted = false;
    scheduler.prepare(16000);
    audio.advance(1000);
    assert.ok(scheduler.refused);
    audio.context.permitted = true;
    scheduler.permit();
    audio.advance(20_000);
    schedulePart(1, 1);
    audio.advance(500);
    assert.equal(audio.contexts.length, 1);
    assert.equal(scheduler.heardPart, 1);
  });

  it("gives the sound device back when it has been silent for a while", () => {
    schedulePart(1, 0.5);
    audio.advance(2000);
    assert.equal(audio.context.state, "running");
    audio.advance(5000);
    assert.equal(audio.context.state, "suspended");
    schedulePart(2, 0.5);
    audio.advance(1);
    assert.equal(audio.context.state, "running");
  });
});

/** Float samples that all differ. */
function ramp(length: number): Uint8Array {
  return new Uint8Array(Float32Array.from({ length }, (_, index) => index / length).buffer);
}

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.slice(at, at + size);
    at += size;
  }
}

function samplesOf(context: FakeContext): number[] {
  return context.scheduled.flatMap(({ samples }) => [...samples]);
}

function assertGapless({ scheduled }: FakeContext): void {
  for (const [index, { frame, samples }] of scheduled.entries()) {
    const next = scheduled[index + 1];
    if (next) assert.equal(next.frame, frame + samples.length);
  }
}

function assertNoOverlap({ scheduled }: FakeContext): void {
  for (const [index, { frame, samples }] of scheduled.entries()) {
    const next = scheduled[index + 1];
    if (next) assert.ok(next.frame >= frame + samples.length);
  }
}
