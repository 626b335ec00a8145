import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeSamples } from "../../../src/audio/decodeSamples.ts";
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

  // Source of the values: SoX's encoders. Both sides of each law's decision values, in 16-bit scale.
  for (const { encoding, codes } of [
    {
      encoding: "pcm_mulaw" as const,
      codes: [
        [0, 0xff],
        [3, 0xff],
        [4, 0xfe],
        [-4, 0x7e],
        [120, 0xf0],
        [124, 0xef],
        [-124, 0x6f],
        [1000, 0xce],
        [-1000, 0x4e],
        [32767, 0x80],
        [-32768, 0x00],
      ],
    },
    {
      encoding: "pcm_alaw" as const,
      codes: [
        [0, 0xd5],
        [8, 0xd5],
        [-8, 0x55],
        [16, 0xd4],
        [-16, 0x55],
        [-24, 0x54],
        [504, 0xca],
        [512, 0xf5],
        [-512, 0x4a],
        [1000, 0xfa],
        [-1000, 0x7a],
        [32767, 0xaa],
        [-32768, 0x2a],
      ],
    },
  ]) {
    it(`writes ${encoding} as G.711 says`, () => {
      const samples = Float32Array.from(codes, ([value = 0]) => value / 32768);
      const expected = codes.map(([, code]) => code);
      assert.deepEqual([...encodeSamples(samples, encoding)], expected);
    });

    it(`clips ${encoding} at full scale, and takes NaN for silence`, () => {
      const loud = encodeSamples(Float32Array.of(1, -1, NaN), encoding);
      const louder = encodeSamples(Float32Array.of(Infinity, -7, 0), encoding);
      assert.deepEqual([...louder], [...loud]);
    });

    it(`gives each code of ${encoding} for its own value`, () => {
      const every = Uint8Array.from({ length: 256 }, (_, code) => code);
      const back = encodeSamples(decodeSamples(every, encoding), encoding);
      if (encoding === "pcm_mulaw") every[0x7f] = 0xff; // it has two zeros
      assert.deepEqual(back, every);
    });

    it(`is off by half a step of ${encoding} at most, and never by more for a smaller sample`, () => {
      const samples = Float32Array.from({ length: 65_536 }, (_, k) => (k - 32_768) / 32_768);
      const heard = decodeSamples(encodeSamples(samples, encoding), encoding);
      samples.forEach((sample, k) => {
        const step = Math.max(
          16,
          2 ** (Math.floor(Math.log2(Math.abs(sample) * 32_768 + 132)) - 4),
        );
        const error = Math.abs((heard[k] ?? NaN) - sample) * 32_768;
        const clipped = encoding === "pcm_mulaw" && Math.abs(sample) * 32_768 > 32_635;
        assert.ok(error <= (clipped ? 644 : step / 2), `${sample * 32_768}: off by ${error}`);
      });
    });
  }

  it("encodes exactly the samples of a view, into a buffer of their own", () => {
    const view = Float32Array.of(0.1, 0.2, 0.3, 0.4).subarray(1, 3);
    const bytes = encodeSamples(view, "pcm_f32le");
    assert.equal(bytes.buffer.byteLength, 8);
    assert.deepEqual(new Float32Array(bytes.buffer), Float32Array.of(0.2, 0.3));
  });
});
