import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeSamples } from "../../../../../src/audio/decodeSamples.ts";
import { encodings, sampleRates } from "../../../../../src/audio/pcm.ts";
import type { PcmFormat } from "../../../../../src/audio/pcm.ts";
import { Scheduler } from "../../../../../src/webview/sound/output/scheduler.ts";
import { FakeAudio, findSounding } from "../fakeAudio.ts";
import type { FakeContext } from "../fakeAudio.ts";
import { FakeStretchers } from "../fakeStretcher.ts";

const format: PcmFormat = { encoding: "pcm_f32le", sampleRate: 16000 };

describe("Scheduler", () => {
  let audio: FakeAudio;
  let scheduler: Scheduler;
  let failures: string[];
  let stretchers: FakeStretchers;
  let heard: (number | undefined)[];

  beforeEach(() => {
    audio = new FakeAudio();
    failures = [];
    stretchers = new FakeStretchers();
    heard = [];
    scheduler = new Scheduler({
      createContext: audio.createContext,
      loadStretcher: () => Promise.resolve(stretchers.create),
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
    audio.advance(20);
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

  it("fades out within 15 ms before a pause, and back in after it", () => {
    schedulePart(1, 5);
    audio.advance(1000);
    scheduler.pause();
    const { currentTime } = audio.context;
    const ramps = audio.context.volumes[0]!.ramps;
    assert.deepEqual(
      ramps.map(({ value }) => value),
      [1, 0],
    );
    assert.ok(ramps[1]!.time <= currentTime + 0.015);
    audio.advance(15);
    assert.equal(audio.context.state, "running");
    audio.advance(5);
    assert.equal(audio.context.state, "suspended");
    scheduler.resume();
    assert.deepEqual(
      ramps.slice(2).map(({ value }) => value),
      [0, 1],
    );
  });

  it("tells how much of a part has been heard, across a gap, and keeps to it in a pause", () => {
    scheduler.begin(1, format);
    scheduler.append(ramp(1600));
    assert.equal(scheduler.secondsHeard, 0);
    audio.advance(100);
    assertNear(scheduler.secondsHeard, 0.05);
    audio.advance(400);
    assertNear(scheduler.secondsHeard, 0.1);
    scheduler.append(ramp(16000));
    assertNear(scheduler.secondsHeard, 0.1);
    audio.advance(550);
    assertNear(scheduler.secondsHeard, 0.6);
    scheduler.pause();
    const { secondsHeard } = scheduler;
    audio.advance(30_000);
    assert.equal(scheduler.secondsHeard, secondsHeard);
    scheduler.resume();
    audio.advance(200);
    assertNear(scheduler.secondsHeard, 0.8, 0.03);
  });

  it("tells what has come to the ear where the browser knows how late that is, but not from before the start", () => {
    schedulePart(1, 1);
    audio.context.outputLatency = 0.2;
    audio.advance(150);
    assert.equal(scheduler.heardPart, 1);
    assert.equal(scheduler.secondsHeard, 0);
    assertNear(scheduler.secondsPlayed, 0.1);
    audio.advance(400);
    assertNear(scheduler.secondsHeard, 0.3);
    audio.context.outputLatency = 0.25;
    assertNear(scheduler.secondsHeard, 0.3);
  });

  it("has heard nothing of what is begun at another rate in a pause", () => {
    schedulePart(1, 5, 44100);
    audio.advance(1000);
    scheduler.pause();
    scheduler.takeBack(1);
    schedulePart(2, 1, 22050);
    audio.advance(1000);
    assert.equal(audio.contexts.length, 2);
    assert.equal(scheduler.heardPart, undefined);
    scheduler.resume();
    audio.advance(300);
    assert.equal(scheduler.heardPart, 2);
  });

  it("changes the volume within 10 ms, and keeps it for the contexts to come", () => {
    scheduler.setVolume(0.5);
    schedulePart(1, 1, 44100);
    assert.equal(audio.context.volumes[0]?.gain.value, 0.5);
    assert.deepEqual(audio.context.volumes[0]?.ramps, []);
    audio.advance(200);
    const { currentTime } = audio.context;
    scheduler.setVolume(0.25);
    assert.deepEqual(audio.context.volumes[0]?.ramps, [
      { value: 0.5, time: currentTime },
      { value: 0.25, time: currentTime + 0.01 },
    ]);
    scheduler.stop();
    schedulePart(2, 1, 22050);
    assert.equal(audio.contexts.length, 2);
    assert.equal(audio.context.volumes[0]?.gain.value, 0.25);
  });

  it("leaves the volume alone in a pause, and takes it after", () => {
    schedulePart(1, 1);
    audio.advance(100);
    scheduler.pause();
    scheduler.setVolume(0.5);
    assert.equal(audio.context.volumes[0]?.gain.value, 0);
    scheduler.resume();
    assert.equal(audio.context.volumes[0]?.gain.value, 0.5);
  });

  it("fades in what begins in the middle of a clip, and nothing else", () => {
    scheduler.begin(1, format, true);
    scheduler.append(constant(30));
    scheduler.append(constant(1000));
    scheduler.end();
    schedulePart(2, 0.1);
    const samples = samplesOf(audio.context);
    assert.equal(samples[0], 0);
    for (let at = 1; at < 64; at++) assert.ok(samples[at]! > samples[at - 1]!);
    assert.ok(samples.slice(64, 1030).every((sample) => sample === 0.5));
    const second = decodeSamples(ramp(1600), "pcm_f32le");
    assert.deepEqual(samples.slice(1030), [...second]);
  });

  describe("at another speed", () => {
    it("needs no stretcher as long as the speed is 1", async () => {
      await scheduler.setSpeed(1);
      schedulePart(1, 1);
      assert.equal(stretchers.open, 0);
      assert.deepEqual(samplesOf(audio.context), [...decodeSamples(ramp(16000), "pcm_f32le")]);
    });

    it("stays at 1 while the stretcher is being loaded, and where there is none", async () => {
      let reject: ((error: Error) => void) | undefined;
      scheduler = new Scheduler({
        createContext: audio.createContext,
        loadStretcher: () => new Promise((_, no) => (reject = no)),
        setTimer: audio.setTimer,
        progress: () => {},
        failed: (reason) => failures.push(reason),
      });
      const set = scheduler.setSpeed(2);
      assert.equal(scheduler.speed, 1);
      schedulePart(1, 1);
      assert.equal(samplesOf(audio.context).length, 16000);
      reject!(new Error("There is none."));
      await assert.rejects(set, /There is none/);
      assert.equal(scheduler.speed, 1);
    });

    for (const speed of [0.5, 0.75, 1.5, 2]) {
      it(`lasts as long as it should, without a gap, and tells how much has been heard, at ${speed}×`, async () => {
        await scheduler.setSpeed(speed);
        schedulePart(1, 2);
        schedulePart(2, 1);
        assertGapless(audio.context);
        assertNear(samplesOf(audio.context).length, (3 * 16000) / speed, 2);
        audio.advance(50 + 600);
        assertNear(scheduler.secondsHeard, 0.6 * speed);
        audio.advance(2000 / speed - 600 + 100);
        assert.equal(scheduler.heardPart, 2);
        assertNear(scheduler.secondsHeard, 0.1 * speed);
      });
    }

    it("lets the first sound out in the moment that it is there", async () => {
      await scheduler.setSpeed(1.5);
      scheduler.begin(1, format);
      scheduler.append(ramp(400));
      assert.equal(audio.context.scheduled.length, 0);
      scheduler.append(ramp(200));
      assert.equal(audio.context.scheduled[0]?.frame, 0.05 * 16000);
    });

    it("lets go of every stretcher: at a part's end, when it is taken back and when it is stopped", async () => {
      await scheduler.setSpeed(1.5);
      schedulePart(1, 1);
      assert.equal(stretchers.open, 0);
      scheduler.begin(2, format);
      scheduler.append(ramp(8000));
      assert.equal(stretchers.open, 1);
      scheduler.takeBack(2);
      assert.equal(stretchers.open, 0);
      scheduler.begin(3, format);
      scheduler.append(ramp(8000));
      scheduler.stop();
      assert.equal(stretchers.open, 0);
    });
  });

  it("begins again without an overlap after what sounds has been taken back", () => {
    schedulePart(1, 5);
    audio.advance(500);
    scheduler.takeBack(1);
    schedulePart(2, 1);
    for (let passed = 0; passed < 1500; passed++) {
      audio.advance(1);
      findSounding(audio.context, Math.round(audio.context.currentTime * 16000));
    }
    assertNoOverlap({
      scheduled: audio.context.scheduled.slice(1).filter((one) => one.stopTime === Infinity),
    });
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
    audio.advance(60);
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

  it("says that the device failed, and opens it anew for the next sound", () => {
    schedulePart(1, 5);
    audio.advance(500);
    audio.context.dispatchEvent(new Event("error"));
    assert.deepEqual(failures, ["The sound device failed."]);
    scheduler.stop();
    schedulePart(2, 1);
    audio.advance(500);
    assert.equal(audio.contexts.length, 2);
    assert.equal(scheduler.heardPart, 2);
  });

  it("goes on where it was when the system took the device away for a while", () => {
    schedulePart(1, 5);
    audio.advance(500);
    audio.context.interrupt();
    audio.advance(1000);
    assert.ok(scheduler.refused, "it says that nothing sounds");
    assert.ok(scheduler.dry);
    const { secondsPlayed } = scheduler;
    audio.context.permitted = true;
    void audio.context.resume();
    audio.advance(100);
    assert.ok(!scheduler.refused);
    assertNear(scheduler.secondsPlayed, secondsPlayed + 0.1);
    assert.deepEqual(failures, []);
  });

  it("does not wait for ever for a clock that stands still", () => {
    schedulePart(1, 60);
    audio.advance(3000);
    audio.context.stands = true;
    audio.advance(7000);
    assert.deepEqual(failures, ["The sound device failed."]);
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

function constant(length: number): Uint8Array {
  return new Uint8Array(new Float32Array(length).fill(0.5).buffer);
}

function assertNear(value: number, expected: number, tolerance = 0.002): void {
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} instead of ${expected}`);
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

function assertNoOverlap({ scheduled }: Pick<FakeContext, "scheduled">): void {
  for (const [index, { frame, samples }] of scheduled.entries()) {
    const next = scheduled[index + 1];
    if (next) assert.ok(next.frame >= frame + samples.length);
  }
}
