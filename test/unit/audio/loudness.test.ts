import assert from "node:assert/strict";
import { decibels, LoudnessMeter, ratioOf } from "../../../src/audio/loudness.ts";
import { Limiter } from "../../../src/audio/limiter.ts";
import { PeakMeter } from "../../../src/audio/truePeak.ts";

function loudnessOf(samples: Float32Array, rate: number): number {
  const meter = new LoudnessMeter(rate);
  meter.push(samples);
  return meter.integrated();
}

function peakOf(samples: Float32Array): number {
  const meter = new PeakMeter();
  meter.push(samples);
  return decibels(meter.peak());
}

/** Tones one after the other: each of so many seconds, at a level of so many dBFS. */
function tones(
  rate: number,
  parts: readonly (readonly [seconds: number, level: number])[],
): Float32Array {
  const lengths = parts.map(([seconds]) => Math.round(seconds * rate));
  const sound = new Float32Array(lengths.reduce((sum, length) => sum + length, 0));
  let start = 0;
  for (const [at, [, level]] of parts.entries()) {
    const amplitude = ratioOf(level);
    for (let k = 0; k < lengths[at]!; k++) {
      sound[start + k] = amplitude * Math.sin((2 * Math.PI * 997 * k) / rate);
    }
    start += lengths[at]!;
  }
  return sound;
}

/** Twelve seconds of tones that come and go, loud and soft, with silence between. */
function speechLike(rate: number): Float32Array {
  const partials = [130, 390, 910, 1820, 2730, 3510];
  return Float32Array.from({ length: 12 * rate }, (_, k) => {
    const t = k / rate;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 2.5 * t)) ** 0.5;
    const level = t % 4 < 1 ? 0 : t < 6 ? 0.35 : 0.08;
    const wave = (f: number, at: number): number => Math.sin(2 * Math.PI * f * t + at) / (at + 1);
    return level * syllable * partials.reduce((sum, f, at) => sum + wave(f, at), 0);
  });
}

const near = (actual: number, expected: number, by: number): void =>
  assert.ok(Math.abs(actual - expected) <= by, `${actual} is not ${expected}`);

describe("LoudnessMeter", () => {
  it("measures a full-scale sine of 997 Hz as -3.01 LUFS (BS.1770-4)", () => {
    for (const rate of [44100, 48000]) near(loudnessOf(tones(rate, [[5, 0]]), rate), -3.01, 0.03);
  });

  it("lets no part count that is 10 LU below the rest, or silent (after EBU Tech 3341)", () => {
    const alone = loudnessOf(tones(48000, [[20, -20]]), 48000);
    near(
      loudnessOf(
        tones(48000, [
          [10, -33],
          [20, -20],
          [10, -33],
        ]),
        48000,
      ),
      alone,
      0.1,
    );
    near(
      loudnessOf(
        tones(48000, [
          [10, -72],
          [10, -33],
          [20, -20],
          [10, -33],
          [10, -72],
        ]),
        48000,
      ),
      alone,
      0.1,
    );
    near(
      loudnessOf(
        tones(48000, [
          [20, -26],
          [20.1, -20],
          [20, -26],
        ]),
        48000,
      ),
      alone - 3,
      0.2,
    );
  });

  // Of the same samples ffmpeg 5.1 says so: ebur128=peak=true.
  for (const [rate, loudness, peak] of [
    [8000, -19.2, -4.1],
    [22050, -19.3, -4.1],
    [44100, -19.4, -4.1],
    [48000, -19.4, -4.1],
  ] as const) {
    it(`measures what ffmpeg does, at ${rate} Hz`, () => {
      const sound = speechLike(rate);
      near(loudnessOf(sound, rate), loudness, 0.06);
      near(peakOf(sound), peak, 0.1);
    });
  }

  it("makes no difference of how the sound was cut, and takes what is short as a whole", () => {
    const sound = speechLike(8000);
    const meter = new LoudnessMeter(8000);
    for (let at = 0; at < sound.length; at += 777) meter.push(sound.subarray(at, at + 777));
    assert.equal(meter.integrated(), loudnessOf(sound, 8000));
    near(loudnessOf(tones(48000, [[0.2, -20]]), 48000), -23, 0.3);
    assert.equal(loudnessOf(new Float32Array(48000), 48000), -Infinity);
    assert.equal(loudnessOf(new Float32Array(0), 48000), -Infinity);
  });
});

describe("PeakMeter", () => {
  it("finds peaks between samples", () => {
    // A quarter of the rate, sampled off its peaks: the samples are 3 dB below them.
    const sine = Float32Array.from({ length: 4800 }, (_, k) =>
      Math.sin((Math.PI / 2) * k + Math.PI / 4),
    );
    near(peakOf(sine.subarray(800, 4000)), 0, 0.3);
    assert.equal(peakOf(Float32Array.of(0, 0, 0, -1, 0, 0)), 0);
    assert.equal(peakOf(new Float32Array(9)), -Infinity);
  });
});

describe("Limiter", () => {
  const limited = (sound: Float32Array, cut = sound.length || 1): Float32Array => {
    const limiter = new Limiter(48000, ratioOf(-1.1));
    const parts: number[] = [];
    for (let at = 0; at < sound.length; at += cut) {
      parts.push(...limiter.push(sound.subarray(at, at + cut)));
    }
    return Float32Array.from([...parts, ...limiter.end()]);
  };

  it("keeps true peaks below its ceiling, wherever they are", () => {
    const sound = tones(48000, [
      [0.1, -30],
      [0.05, 9],
      [0.1, -2],
      [0.02, 20],
    ]);
    const between = Float32Array.from(
      { length: 500 },
      (_, k) => 1.3 * Math.sin((Math.PI / 2) * k + Math.PI / 4),
    );
    for (const loud of [sound, between, Float32Array.of(3), Float32Array.of(0, -5, 0)]) {
      const output = limited(loud);
      assert.equal(output.length, loud.length);
      assert.ok(peakOf(output) <= -1, `${peakOf(output)} dBTP`);
    }
  });

  it("leaves what is below it to the bit, however it was cut", () => {
    const sound = tones(48000, [[0.5, -3]]);
    for (const cut of [1, 100, sound.length]) assert.deepEqual(limited(sound, cut), sound);
    assert.equal(limited(new Float32Array(0)).length, 0);
  });

  it("comes back when the peak is past", () => {
    const output = limited(
      tones(48000, [
        [0.2, -20],
        [0.01, 6],
        [1, -20],
      ]),
    );
    const end = output.subarray(-4800).reduce((most, sample) => Math.max(most, sample), 0);
    near(decibels(end), -20, 0.01);
  });
});
