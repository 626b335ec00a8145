import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesPerSample, encodings } from "../../../src/audio/pcm.ts";
import { encodeWav, readWav, readWavLayout, WavError } from "../../../src/audio/wav.ts";

const samples = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at % 251);
const format = { encoding: "pcm_s16le", sampleRate: 8000 } as const;
const plain = (): Uint8Array => encodeWav({ format, samples: samples(8) });
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset);
const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes).toString("latin1", from, to);

/** A WAV file of these chunks, as other programs might write it. */
function riff(...chunks: readonly (readonly [id: string, content: Uint8Array])[]): Uint8Array {
  const parts = chunks.map(([id, content]) => {
    const chunk = Buffer.alloc(8 + content.length + (content.length % 2));
    chunk.write(id, "latin1");
    chunk.writeUInt32LE(content.length, 4);
    chunk.set(content, 8);
    return chunk;
  });
  const head = Buffer.from("RIFF....WAVE", "latin1");
  head.writeUInt32LE(4 + Buffer.concat(parts).length, 4);
  return new Uint8Array(Buffer.concat([head, ...parts]));
}

/** The content of a `fmt ` chunk of 16 bytes. */
function fmt({ tag = 1, channels = 1, rate = 8000, bits = 16 }): Uint8Array {
  const content = Buffer.alloc(16);
  content.writeUInt16LE(tag, 0);
  content.writeUInt16LE(channels, 2);
  content.writeUInt32LE(rate, 4);
  content.writeUInt16LE(bits, 14);
  return content;
}

describe("encodeWav", () => {
  it("writes integer PCM with the shortest format", () => {
    const wav = plain();
    assert.equal(ascii(wav, 0, 4) + ascii(wav, 8, 16), "RIFFWAVEfmt ");
    assert.equal(view(wav).getUint32(4, true), wav.length - 8);
    assert.equal(view(wav).getUint32(16, true), 16);
    assert.deepEqual(
      [...wav.subarray(20, 36)],
      [1, 0, 1, 0, 64, 31, 0, 0, 128, 62, 0, 0, 2, 0, 16, 0],
    );
    assert.equal(ascii(wav, 36, 40), "data");
    assert.equal(view(wav).getUint32(40, true), 8);
    assert.deepEqual(wav.subarray(44), samples(8));
  });

  for (const [encoding, tag] of [
    ["pcm_f32le", 3],
    ["pcm_alaw", 6],
    ["pcm_mulaw", 7],
  ] as const) {
    it(`writes ${encoding} with the format's size of extension and a fact chunk`, () => {
      const bytes = bytesPerSample(encoding);
      const wav = encodeWav({
        format: { encoding, sampleRate: 44100 },
        samples: samples(6 * bytes),
      });
      assert.equal(view(wav).getUint32(16, true), 18);
      assert.equal(view(wav).getUint16(20, true), tag);
      assert.equal(view(wav).getUint32(28, true), 44100 * bytes);
      assert.equal(view(wav).getUint16(34, true), 8 * bytes);
      assert.equal(view(wav).getUint16(36, true), 0);
      assert.equal(ascii(wav, 38, 42), "fact");
      assert.equal(view(wav).getUint32(46, true), 6);
      assert.equal(ascii(wav, 50, 54), "data");
    });
  }

  it("puts everything it says beside the samples behind them", () => {
    const wav = encodeWav({
      format,
      samples: samples(8),
      info: { title: "Title", comment: "Comment", software: "Software" },
      cues: [{ sample: 1, length: 2, label: "word" }],
    });
    const text = ascii(wav, 0, wav.length);
    const order = ["data", "cue ", "adtl", "labl", "ltxt", "INFO", "INAM", "ICMT", "ISFT"];
    const places = order.map((id) => text.indexOf(id));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(!places.includes(-1));
  });

  it("leaves out a part of a sample at the end", () => {
    assert.equal(readWav(encodeWav({ format, samples: samples(7) })).samples.length, 6);
  });

  it("ends texts at their ends, not at a NUL inside", () => {
    const info = { title: "a\0b", comment: "" };
    assert.deepEqual(readWav(encodeWav({ format, samples: samples(2), info })).info, {
      title: "ab",
      comment: "",
    });
  });

  it("moves cues that lie outside the sound to its edge", () => {
    const cues = [
      { sample: -5, length: 7, label: "before" },
      { sample: 3, length: 100, label: "over" },
      { sample: 99, length: 1, label: "behind" },
    ];
    assert.deepEqual(readWav(encodeWav({ format, samples: samples(8), cues })).cues, [
      { sample: 0, length: 2, label: "before" },
      { sample: 3, length: 1, label: "over" },
      { sample: 4, length: 0, label: "behind" },
    ]);
  });

  it("refuses more than 4 GiB before it copies anything", () => {
    const length = 2 ** 32 - 20;
    const huge = { length, subarray: () => ({ length }) } as unknown as Uint8Array;
    assert.throws(() => encodeWav({ format, samples: huge }), {
      name: "WavError",
      message: /4 GiB/,
    });
  });

  it("refuses a sample rate that the format can't hold", () => {
    for (const sampleRate of [0, -1, NaN, 44100.5, 2 ** 32]) {
      const odd = { encoding: "pcm_s16le", sampleRate } as const;
      assert.throws(() => encodeWav({ format: odd, samples: samples(2) }), WavError);
    }
  });
});

describe("readWav", () => {
  it("reads back what was written, whatever it is", () => {
    const text = fc.string({ unit: "grapheme" }).map((said) => said.replaceAll("\0", ""));
    const cue = fc.record({ sample: fc.nat(40), length: fc.nat(40), label: text });
    const wav = fc.record({
      encoding: fc.constantFrom(...encodings),
      sampleRate: fc.integer({ min: 1, max: 192000 }),
      sound: fc.uint8Array({ maxLength: 200 }),
      info: fc.record(
        { title: text, comment: text, software: text },
        { requiredKeys: [], noNullPrototype: true },
      ),
      cues: fc.array(cue),
    });
    fc.assert(
      fc.property(wav, ({ encoding, sampleRate, sound, info, cues }) => {
        const file = encodeWav({ format: { encoding, sampleRate }, samples: sound, info, cues });
        const count = Math.floor(sound.length / bytesPerSample(encoding));
        const read = readWav(file);
        assert.equal(file.length % 2, 0);
        assert.deepEqual(read.format, { encoding, sampleRate });
        assert.deepEqual(read.samples, sound.subarray(0, count * bytesPerSample(encoding)));
        assert.deepEqual(read.info, info);
        const expected = cues.map(({ sample, length, label }) => {
          const at = Math.min(sample, count);
          return { sample: at, length: Math.min(sample + length, count) - at, label };
        });
        assert.deepEqual(
          read.cues,
          expected.sort((a, b) => a.sample - b.sample),
        );
        assert.equal(readWavLayout(file, file.length).whole, true);
      }),
    );
  });

  it("gives a view of the samples, also of a part of a buffer", () => {
    const file = new Uint8Array([9, 9, 9, ...plain()]).subarray(3);
    const read = readWav(file);
    assert.equal(read.samples.buffer, file.buffer);
    assert.deepEqual(read.samples, samples(8));
  });

  it("passes over chunks that it does not know, of odd lengths too", () => {
    const file = riff(
      ["JUNK", samples(3)],
      ["fmt ", fmt({})],
      ["bext", samples(5)],
      ["data", samples(4)],
    );
    assert.deepEqual(readWav(file).samples, samples(4));
  });

  it("reads texts that stand before the samples", () => {
    const list = riff(["INAM", Buffer.from("Title\0")]).subarray(12);
    const info = Buffer.concat([Buffer.from("INFO"), list]);
    const file = riff(["fmt ", fmt({})], ["LIST", info], ["data", samples(4)]);
    assert.deepEqual(readWav(file).info, { title: "Title" });
  });

  it("reads the extensible format", () => {
    const content = Buffer.alloc(40);
    content.set(fmt({ tag: 0xfffe, bits: 32 }));
    content.writeUInt16LE(3, 24);
    const file = riff(["fmt ", content], ["data", samples(8)]);
    assert.deepEqual(readWav(file).format, { encoding: "pcm_f32le", sampleRate: 8000 });
  });

  for (const [kind, size] of [
    ["no", 0],
    ["an unknown", 0xffffffff],
    ["too large a", 1000],
  ] as const) {
    it(`goes to the end of the file where the samples have ${kind} size`, () => {
      const file = plain();
      view(file).setUint32(40, size, true);
      assert.deepEqual(readWav(file).samples, samples(8));
      assert.equal(readWavLayout(file, file.length).whole, false);
    });
  }

  it("believes a file that says it has no samples and goes on with texts", () => {
    const file = encodeWav({ format, samples: samples(0), info: { title: "Silence" } });
    assert.deepEqual(readWav(file).info, { title: "Silence" });
    assert.equal(readWav(file).samples.length, 0);
  });

  it("knows a file that was cut off, wherever", () => {
    const file = encodeWav({ format, samples: samples(8), info: { title: "Title" } });
    for (let length = 44; length < file.length; length++) {
      assert.equal(readWavLayout(file.subarray(0, length), length).whole, false, `at ${length}`);
    }
  });

  const refused: readonly (readonly [what: string, file: Uint8Array, message: RegExp])[] = [
    ["nothing", new Uint8Array(), /not a WAV file/],
    ["another kind of file", Buffer.from("ID3 is the start of an MP3 file"), /not a WAV file/],
    ["a file without a format", riff(["data", samples(4)]), /does not say how/],
    ["a file without samples", riff(["fmt ", fmt({})]), /no samples/],
    ["a format that is cut off", riff(["fmt ", samples(8)], ["data", samples(4)]), /cut off/],
    ["stereo", riff(["fmt ", fmt({ channels: 2 })], ["data", samples(4)]), /2 channels/],
    ["a rate of 0", riff(["fmt ", fmt({ rate: 0 })], ["data", samples(4)]), /sample rate/],
    ["float64", riff(["fmt ", fmt({ tag: 3, bits: 64 })], ["data", samples(8)]), /64 bits/],
    ["24 bits", riff(["fmt ", fmt({ bits: 24 })], ["data", samples(6)]), /24 bits/],
    ["ADPCM", riff(["fmt ", fmt({ tag: 2, bits: 4 })], ["data", samples(6)]), /format 2/],
  ];
  for (const [what, file, message] of refused) {
    it(`refuses ${what} with a sentence`, () => {
      assert.throws(() => readWav(file), { name: "WavError", message });
    });
  }

  it("throws nothing but WavError, whatever the bytes", () => {
    const seed = encodeWav({
      format,
      samples: samples(8),
      info: { title: "Title", comment: "Comment" },
      cues: [{ sample: 1, length: 2, label: "word" }],
    });
    const damage = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 12 });
    const damaged = fc.tuple(damage, fc.nat(seed.length)).map(([edits, length]) => {
      const bytes = seed.slice();
      for (const [at, value] of edits) bytes[at] = value;
      return bytes.subarray(0, length);
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
        try {
          readWav(bytes);
        } catch (error) {
          assert.ok(error instanceof WavError, String(error));
        }
      }),
      { numRuns: 3000 },
    );
  });
});
