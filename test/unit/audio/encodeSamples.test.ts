import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeSamples } from "../../../src/audio/encodeSamples.ts";

const floats = fc.float32Array({ maxLength: 100 });

describe("encodeSamples", () => {
  it("writes pcm_f32le bit by bit, little-endian", () => {
    fc.assert(
      fc.property(floats, (samples) => {
        const bytes = encodeSamples(samples, "pcm_f32le");
        const view = new DataView(bytes.buffer);
        assert.equal(bytes.length, 4 * samples.length);
        samples.forEach((sample, k) => assert.ok(Object.is(view.getFloat32(4 * k, true), sample)));
      }),
    );
  });

  it("writes pcm_s16le rounded to the nearest step, little-endian", () => {
    const bytes = encodeSamples(
      Float32Array.of(0, 0.5, -0.5, 1 / 32768, -1.4 / 32768),
      "pcm_s16le",
    );
    assert.deepEqual([...bytes], [0, 0, 0, 0x40, 0, 0xc0, 1, 0, 0xff, 0xff]);
  });

  it("clips pcm_s16le at full scale, and takes NaN for silence", () => {
    const samples = Float32Array.of(1, -1, 3, -3, Infinity, -Infinity, NaN);
    const view = new DataView(encodeSamples(samples, "pcm_s16le").buffer);
    const written = Array.from(samples, (_, k) => view.getInt16(2 * k, true));
    assert.deepEqual(written, [32767, -32768, 32767, -32768, 32767, -32768, 0]);
  });

  it("encodes exactly the samples of a view, into a buffer of their own", () => {
    const view = Float32Array.of(0.1, 0.2, 0.3, 0.4).subarray(1, 3);
    const bytes = encodeSamples(view, "pcm_f32le");
    assert.equal(bytes.buffer.byteLength, 8);
    assert.deepEqual(new Float32Array(bytes.buffer), Float32Array.of(0.2, 0.3));
  });
});
