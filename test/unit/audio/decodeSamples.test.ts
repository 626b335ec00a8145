import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeSamples } from "../../../src/audio/decodeSamples.ts";
import { bytesPerSample, encodings } from "../../../src/audio/pcm.ts";
import type { Encoding } from "../../../src/audio/pcm.ts";

describe("decodeSamples", () => {
  it("keeps every float as it is, beyond full scale too", () => {
    const samples = Float32Array.of(0, 0.5, -1, 1.97, -3.25);
    assert.deepEqual(decodeSamples(new Uint8Array(samples.buffer), "pcm_f32le"), samples);
  });

  it("takes the most negative 16-bit sample for full scale", () => {
    const bytes = Uint8Array.of(0x00, 0x80, 0x00, 0x40, 0xff, 0x7f);
    assert.deepEqual([...decodeSamples(bytes, "pcm_s16le")], [-1, 0.5, 32767 / 32768]);
  });

  // Source of the values: ffmpeg's decoders, which give 16 bits.
  for (const { encoding, values } of [
    {
      encoding: "pcm_mulaw" as const,
      values: { 0x00: -32124, 0x01: -31100, 0x7f: 0, 0x80: 32124, 0xfe: 8, 0xff: 0 },
    },
    {
      encoding: "pcm_alaw" as const,
      values: { 0x00: -5504, 0x2a: -32256, 0xaa: 32256, 0x55: -8, 0xd5: 8, 0xd4: 24 },
    },
  ]) {
    it(`decodes ${encoding} as G.711 says`, () => {
      const bytes = Uint8Array.from(Object.keys(values), Number);
      const expected = Object.values(values).map((value) => value / 32768);
      assert.deepEqual([...decodeSamples(bytes, encoding)], expected);
    });

    it(`decodes each code of ${encoding} to a value of its own side`, () => {
      const decoded = decodeSamples(
        Uint8Array.from({ length: 256 }, (_, code) => code),
        encoding,
      );
      for (const [code, value] of decoded.slice(0, 128).entries()) {
        assert.ok(value <= 0);
        assert.equal(decoded[code + 128], 0 - value);
      }
    });
  }

  it("leaves a trailing part of a sample out, and reads from wherever the bytes lie", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Encoding>(...encodings),
        fc.uint8Array({ maxLength: 64 }),
        fc.nat(7),
        (encoding, bytes, offset) => {
          const moved = new Uint8Array(bytes.length + offset);
          moved.set(bytes, offset);
          const samples = decodeSamples(moved.subarray(offset), encoding);
          assert.equal(samples.length, Math.floor(bytes.length / bytesPerSample(encoding)));
          assert.deepEqual(samples, decodeSamples(bytes, encoding));
        },
      ),
    );
  });
});
