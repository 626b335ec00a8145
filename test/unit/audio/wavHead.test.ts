import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesPerSample, encodings } from "../../../src/audio/pcm.ts";
import { chunksOf, readId, viewOf } from "../../../src/audio/riff.ts";
import { encodeWav } from "../../../src/audio/wav.ts";
import { encodeWavHead } from "../../../src/audio/wavHead.ts";
import { encodeWavNotes } from "../../../src/audio/wavNotes.ts";

describe("encodeWavHead", () => {
  it("is what stands before the samples of a WAV file made at once", () => {
    const info = { title: "A talk" };
    fc.assert(
      fc.property(fc.constantFrom(...encodings), fc.nat(50), (encoding, count) => {
        const format = { encoding, sampleRate: 8000 };
        const samples = new Uint8Array(count * bytesPerSample(encoding));
        const whole = encodeWav({ format, samples, info });
        const head = encodeWavHead(format, count, encodeWavNotes({ info, cues: [] }, count).length);
        assert.deepEqual(whole.subarray(0, head.length), head);
        assert.equal(readId(head, head.length - 8), "data");
      }),
    );
  });

  it("stays a WAV head up to the last size that 32 bits say", () => {
    const format = { encoding: "pcm_s16le", sampleRate: 48000 } as const;
    const most = (0xffffffff - 1 - 36) / 2;
    assert.equal(readId(encodeWavHead(format, most), 0), "RIFF");
    assert.equal(readId(encodeWavHead(format, most + 1), 0), "RF64");
    assert.equal(readId(encodeWavHead(format, most, 2), 0), "RF64");
  });

  it("says in 64 bits what 32 can't, as RF64 has it", () => {
    const format = { encoding: "pcm_f32le", sampleRate: 48000 } as const;
    const count = 2 * 2 ** 32 + 17;
    const notes = 40;
    const head = encodeWavHead(format, count, notes);
    assert.equal(readId(head, 0), "RF64");
    assert.equal(viewOf(head).getUint32(4, true), 0xffffffff);
    assert.equal(readId(head, 8), "WAVE");
    const chunks = [...chunksOf(head, 12)];
    assert.deepEqual(
      chunks.map(({ id }) => id),
      ["ds64", "fmt ", "fact", "data"],
    );
    const ds64 = viewOf(head.subarray(chunks[0]!.start, chunks[0]!.end));
    const dataBytes = BigInt(count) * 4n;
    assert.equal(ds64.getBigUint64(0, true), BigInt(head.length) + dataBytes + BigInt(notes) - 8n);
    assert.equal(ds64.getBigUint64(8, true), dataBytes);
    assert.equal(ds64.getBigUint64(16, true), BigInt(count));
    assert.equal(ds64.getUint32(24, true), 0);
    assert.equal(viewOf(head).getUint32(head.length - 4, true), 0xffffffff);
  });

  it("refuses what is no sample rate", () => {
    assert.throws(() => encodeWavHead({ encoding: "pcm_s16le", sampleRate: 0 }, 1), {
      name: "WavError",
    });
  });
});
