import assert from "node:assert/strict";
import fc from "fast-check";
import { sampleRates } from "../../../src/audio/pcm.ts";
import { Resampler } from "../../../src/audio/resample.ts";

/** One second of a sine. */
function sine(frequency: number, rate: number): Float32Array {
  return Float32Array.from({ length: rate }, (_, k) =>
    Math.sin((2 * Math.PI * frequency * k) / rate),
  );
}

/** A whole number of hertz of the sine's middle, where the edges do not tell: its amplitude, and all else, as rms. */
function analyse(samples: Float32Array, frequency: number, rate: number) {
  const middle = samples.slice(Math.round(rate * 0.25), Math.round(rate * 0.75));
  let real = 0;
  let imaginary = 0;
  middle.forEach((sample, k) => {
    real += (sample * Math.cos((2 * Math.PI * frequency * k) / rate) * 2) / middle.length;
    imaginary += (sample * Math.sin((2 * Math.PI * frequency * k) / rate) * 2) / middle.length;
  });
  let rest = 0;
  middle.forEach((sample, k) => {
    const angle = (2 * Math.PI * frequency * k) / rate;
    rest += (sample - real * Math.cos(angle) - imaginary * Math.sin(angle)) ** 2 / middle.length;
  });
  return { amplitude: Math.hypot(real, imaginary), rest: Math.sqrt(rest) };
}

const decibels = (ratio: number): number => 20 * Math.log10(ratio);

describe("Resampler", () => {
  for (const rate of sampleRates) {
    describe(`from 16000 to ${rate} Hz`, () => {
      const resampler = new Resampler(16000, rate);

      it("keeps a sine's frequency and its level within 0.1 dB, and adds nothing above -60 dB", () => {
        for (const frequency of [50, 440, 1000, 3500, 6000, 7200].filter((f) => f < rate * 0.45)) {
          const { amplitude, rest } = analyse(
            resampler.resample(sine(frequency, 16000)),
            frequency,
            rate,
          );
          assert.ok(
            Math.abs(decibels(amplitude)) < 0.1,
            `${frequency} Hz: ${decibels(amplitude)} dB`,
          );
          assert.ok(decibels(rest) < -60, `${frequency} Hz: ${decibels(rest)} dB beside it`);
        }
      });

      it("lets through what does not change, at unit gain", () => {
        const output = resampler.resample(new Float32Array(8000).fill(0.5));
        const middle = output.slice(output.length / 4, output.length / 2);
        assert.ok(middle.every((sample) => Math.abs(sample - 0.5) < 1e-6));
      });
    });
  }

  it("removes by 60 dB what the narrower rate can't hold, instead of folding it back", () => {
    const resampler = new Resampler(16000, 8000);
    for (const frequency of [4050, 4500, 5000, 6500, 7900]) {
      const { rest } = analyse(resampler.resample(sine(frequency, 16000)), 0, 8000);
      assert.ok(decibels(rest) < -60, `${frequency} Hz: ${decibels(rest)} dB`);
    }
  });

  it("gives round(n × out / in) samples, for any length and any rates", () => {
    const rate = fc.constantFrom(8000, 11025, 16000, 22050, 24000, 44100, 48000);
    fc.assert(
      fc.property(rate, rate, fc.nat(3000), (from, to, length) => {
        const output = new Resampler(from, to).resample(new Float32Array(length).fill(0.1));
        assert.equal(output.length, Math.round((length * to) / from));
        assert.ok(output.every(Number.isFinite));
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same samples where a piece comes in parts, however it was cut", () => {
    const rate = fc.constantFrom(8000, 11025, 16000, 22050, 44100, 48000);
    const parts = fc.array(fc.nat(900), { maxLength: 6 });
    fc.assert(
      fc.property(rate, rate, parts, (from, to, lengths) => {
        const resampler = new Resampler(from, to);
        const whole = Float32Array.from({ length: lengths.reduce((a, b) => a + b, 0) }, (_, k) =>
          Math.sin(k * k),
        );
        const stream = resampler.stream();
        let at = 0;
        const output = lengths.flatMap((length) => {
          at += length;
          return [...stream.push(whole.subarray(at - length, at))];
        });
        output.push(...stream.end());
        assert.deepEqual(Float32Array.from(output), resampler.resample(whole));
        assert.equal(output.length, resampler.lengthOf(whole.length));
      }),
      { numRuns: 60 },
    );
  });

  it("keeps events in their places", () => {
    const input = new Float32Array(1600);
    input[800] = 1;
    const output = new Resampler(16000, 48000).resample(input);
    assert.equal(output.indexOf(Math.max(...output)), 2400);
  });

  it("is linear", () => {
    const resampler = new Resampler(16000, 22050);
    const samples = fc.float32Array({ min: -1, max: 1, minLength: 1, maxLength: 400, noNaN: true });
    fc.assert(
      fc.property(samples, fc.double({ min: -2, max: 2, noNaN: true }), (input, factor) => {
        const scaled = resampler.resample(input.map((sample) => sample * factor));
        resampler
          .resample(input)
          .forEach((sample, k) => assert.ok(Math.abs(sample * factor - (scaled[k] ?? NaN)) < 1e-5));
      }),
    );
  });

  it("copies where the rates are the same, and never writes into its input", () => {
    const input = Float32Array.of(0.1, -0.2, 0.3);
    const output = new Resampler(16000, 16000).resample(input);
    assert.deepEqual(output, input);
    output[0] = 1;
    assert.equal(input[0], Math.fround(0.1));
  });

  it("refuses what is no sample rate", () => {
    for (const rate of [0, -1, 1.5, NaN, Infinity]) {
      assert.throws(() => new Resampler(rate, 16000), RangeError);
      assert.throws(() => new Resampler(16000, rate), RangeError);
    }
  });
});
