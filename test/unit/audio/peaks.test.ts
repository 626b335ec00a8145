import assert from "node:assert/strict";
import fc from "fast-check";
import { PeakMeter } from "../../../src/audio/peaks.ts";
import type { Peaks } from "../../../src/audio/peaks.ts";

const format = { encoding: "pcm_f32le", sampleRate: 8000 } as const;

function measure(samples: Float32Array, { encoding = "pcm_f32le", sampleRate = 8000 } = {}): Peaks {
  const meter = new PeakMeter({ encoding: encoding as typeof format.encoding, sampleRate });
  meter.append(samples);
  return meter.peaks;
}

function constant(seconds: number, value: number): Float32Array {
  return new Float32Array(Math.round(seconds * format.sampleRate)).fill(value);
}

function join(...parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

describe("PeakMeter", () => {
  it("measures the same however the samples are cut", () => {
    const samples = fc.float32Array({ minLength: 0, maxLength: 3000, noDefaultInfinity: true });
    const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 30 });
    fc.assert(
      fc.property(samples, cuts, (samples, cuts) => {
        const meter = new PeakMeter(format);
        let at = 0;
        for (const cut of cuts) {
          meter.append(samples.subarray(at, at + cut));
          void meter.peaks; // looking changes nothing
          at += cut;
        }
        meter.append(samples.subarray(at));
        assert.deepEqual(meter.peaks, measure(samples));
      }),
    );
  });

  it("finds the least and the greatest sample of each stretch", () => {
    const value = fc.float({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 500 }), (values) => {
        const { lows, highs, secondsPerPeak } = measure(Float32Array.from(values));
        const length = Math.round(secondsPerPeak * format.sampleRate);
        assert.equal(lows.length, Math.ceil(values.length / length));
        for (const [peak, low] of lows.entries()) {
          const part = values.slice(peak * length, (peak + 1) * length);
          assert.equal(low, Math.round(Math.fround(Math.min(...part)) * 127) + 0);
          assert.equal(highs[peak], Math.round(Math.fround(Math.max(...part)) * 127) + 0);
        }
      }),
    );
  });

  it("keeps the peaks of long audio few, and loses none of them", () => {
    const samples = constant(600, 0.1);
    samples[4_000_000] = 0.9;
    samples[4_100_000] = -0.8;
    const { lows, highs, clipped, seconds, secondsPerPeak } = measure(samples);
    assert.equal(seconds, 600);
    assert.ok(highs.length <= 2048 && highs.length >= 1024, `${highs.length} peaks`);
    assert.equal(lows.length, highs.length);
    assert.equal(clipped.length, highs.length);
    const peakOf = (sample: number): number => Math.floor(sample / 8000 / secondsPerPeak);
    assert.equal(highs[peakOf(4_000_000)], Math.round(0.9 * 127));
    assert.equal(lows[peakOf(4_100_000)], Math.round(-0.8 * 127));
    assert.equal(highs.filter((high) => high > 20).length, 1);
  });

  it("does not change what it has told before", () => {
    const meter = new PeakMeter(format);
    meter.append(constant(0.01, 0.5));
    const before = meter.peaks;
    meter.append(constant(60, 0.9));
    assert.deepEqual(before, measure(constant(0.01, 0.5)));
  });

  it("tells of nothing where there is nothing", () => {
    const { seconds, lows, silences } = measure(new Float32Array(0));
    assert.deepEqual(
      { seconds, peaks: lows.length, silences },
      { seconds: 0, peaks: 0, silences: [] },
    );
  });

  it("takes for silence what is no number, and draws what is infinite at full scale", () => {
    const { lows, highs, clipped } = measure(Float32Array.of(NaN, NaN, Infinity, -Infinity));
    assert.deepEqual([...lows, ...highs, ...clipped], [-127, 127, 1]);
    const silent = measure(constant(0.2, NaN));
    assert.ok(silent.highs.every((high) => high === 0));
    assert.deepEqual(silent.silences, [{ from: 0, to: 0.2 }]);
  });

  describe("clipping", () => {
    for (const { encoding, full, below } of [
      { encoding: "pcm_f32le", full: 1, below: 0.999 },
      { encoding: "pcm_f32le", full: -1.3, below: -0.999 },
      { encoding: "pcm_s16le", full: 32767 / 32768, below: 32766 / 32768 },
      { encoding: "pcm_s16le", full: -1, below: -32766 / 32768 },
      { encoding: "pcm_mulaw", full: 32124 / 32768, below: 31100 / 32768 },
      { encoding: "pcm_alaw", full: -32256 / 32768, below: -31232 / 32768 },
    ]) {
      it(`is a sample of ${full} in ${encoding}, not one of ${below}`, () => {
        const samples = constant(0.01, 0.1);
        samples[50] = full;
        const { clipped, secondsPerPeak } = measure(samples, { encoding });
        const peak = Math.floor(50 / 8000 / secondsPerPeak);
        assert.deepEqual(
          [...clipped].map((flag, at) => (flag === 1 ? at : -1)).filter((at) => at >= 0),
          [peak],
        );
        samples[50] = below;
        assert.ok(measure(samples, { encoding }).clipped.every((flag) => flag === 0));
      });
    }
  });

  describe("silence", () => {
    const loud = constant(0.1, 0.2);

    it("is what lasts for more than 150 ms, also at the start and the end", () => {
      const samples = join(constant(0.2, 0), loud, constant(0.3, 0.003), loud, constant(0.16, 0));
      assertStretches(measure(samples), [
        [0, 0.2],
        [0.3, 0.6],
        [0.7, 0.86],
      ]);
    });

    it("is not what lasts for 150 ms or less", () => {
      const samples = join(loud, constant(0.15, 0), loud, constant(0.1, 0));
      assert.deepEqual(measure(samples).silences, []);
    });

    it("is not what is as loud as −50 dBFS", () => {
      const level = 10 ** (-50 / 20);
      assert.deepEqual(measure(constant(0.5, level * 1.001)).silences, []);
      assertStretches(measure(constant(0.5, level * 0.999)), [[0, 0.5]]);
    });
  });
});

function assertStretches({ silences }: Peaks, expected: readonly (readonly [number, number])[]) {
  const rounded = silences.map(({ from, to }) => [+from.toFixed(6), +to.toFixed(6)]);
  assert.deepEqual(rounded, expected);
}
