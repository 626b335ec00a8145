import assert from "node:assert/strict";
import fc from "fast-check";
import { audibleSpan } from "../../../src/audio/audible.ts";
import { decodeSamples } from "../../../src/audio/decodeSamples.ts";
import { encodeSamples } from "../../../src/audio/encodeSamples.ts";
import { bytesPerSample, encodings } from "../../../src/audio/pcm.ts";

const format = { encoding: "pcm_f32le", sampleRate: 1000 } as const;
const bytesOf = (...samples: number[]): Uint8Array =>
  new Uint8Array(Float32Array.from(samples).buffer);

describe("Between which seconds there is something to hear", () => {
  it("is from the first audible sample to behind the last one", () => {
    assert.deepEqual(audibleSpan(bytesOf(0, 0, 0.5, 0, -0.5, 0), format), {
      start: 0.002,
      end: 0.005,
    });
  });

  it("counts what is louder than −50 dBFS, in either direction", () => {
    assert.equal(audibleSpan(bytesOf(0.00316, -0.00316), format), undefined);
    assert.deepEqual(audibleSpan(bytesOf(0, -0.00317, 0), format), { start: 0.001, end: 0.002 });
  });

  it("is nowhere in silence, in no audio, and in numbers that are none", () => {
    assert.equal(audibleSpan(bytesOf(), format), undefined);
    assert.equal(audibleSpan(bytesOf(0, NaN, 0), format), undefined);
    for (const encoding of encodings) {
      const silence = encodeSamples(new Float32Array(20_000), encoding);
      assert.equal(audibleSpan(silence, { encoding, sampleRate: 8000 }), undefined, encoding);
    }
  });

  it("leaves out a part of a sample at the end", () => {
    const bytes = bytesOf(1, 0, 1);
    assert.deepEqual(audibleSpan(bytes.subarray(0, 11), format), { start: 0, end: 0.001 });
  });

  it("is what a look at every sample finds, wherever the sound stands in long audio", () => {
    const sounds = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 20_000 }),
        level: fc.constantFrom(1, -0.5, 0.004, 0.003, 0.0001),
      }),
      { maxLength: 4 },
    );
    const length = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(sounds, length, fc.constantFrom(...encodings), (loud, count, encoding) => {
        const samples = new Float32Array(count);
        for (const { at, level } of loud) if (at < count) samples[at] = level;
        const bytes = encodeSamples(samples, encoding);
        const heard = [...decodeSamples(bytes, encoding)].map(
          (sample) => Math.abs(sample) >= 10 ** -2.5,
        );
        const first = heard.indexOf(true);
        const expected =
          first < 0
            ? undefined
            : { start: first / 8000, end: (heard.lastIndexOf(true) + 1) / 8000 };
        assert.deepEqual(audibleSpan(bytes, { encoding, sampleRate: 8000 }), expected);
        assert.equal(bytes.length, count * bytesPerSample(encoding));
      }),
      { numRuns: 60 },
    );
  });
});
