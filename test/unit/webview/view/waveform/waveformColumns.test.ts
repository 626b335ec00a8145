import assert from "node:assert/strict";
import fc from "fast-check";
import { PeakMeter } from "../../../../../src/audio/peaks.ts";
import type { Peaks } from "../../../../../src/audio/peaks.ts";
import { columnsOf } from "../../../../../src/webview/view/waveform/waveformColumns.ts";

const sampleRate = 8000;

function measure(samples: Float32Array): Peaks {
  const meter = new PeakMeter({ encoding: "pcm_f32le", sampleRate });
  meter.append(samples);
  return meter.peaks;
}

describe("columnsOf", () => {
  it("fills the width with what it stands for, and loses no peak", () => {
    const sizes = fc.record({
      length: fc.integer({ min: 1, max: 20_000 }),
      loud: fc.nat(),
      width: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(sizes, ({ length, loud, width }) => {
        const samples = new Float32Array(length).fill(0.1);
        samples[loud % length] = 1;
        const columns = columnsOf(measure(samples), width, length / sampleRate);
        assert.ok(Math.abs(columns.length - width) <= 1);
        assert.ok(columns.some(({ high, clipped }) => high === 1 && clipped));
      }),
    );
  });

  it("leaves room for what is still to come", () => {
    assert.equal(columnsOf(measure(new Float32Array(8000).fill(0.5)), 100, 4).length, 25);
  });

  it("tells where silence is", () => {
    const samples = new Float32Array(8000).fill(0.5);
    samples.fill(0, 4000);
    const silent = columnsOf(measure(samples), 10, 1).map((column) => column.silent);
    assert.deepEqual(silent, [...Array<boolean>(5).fill(false), ...Array<boolean>(5).fill(true)]);
  });

  it("has nothing to lay out where there is no audio", () => {
    assert.deepEqual(columnsOf(measure(new Float32Array(0)), 100, 0), []);
    assert.deepEqual(columnsOf(measure(new Float32Array(0)), 100, 3), []);
  });
});
