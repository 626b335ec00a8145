import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { sampleRates } from "../../../../../src/audio/pcm.ts";
import { joinSamples } from "../../../../../src/webview/sound/output/sampleAssembler.ts";
import { openSonic } from "../../../../../src/webview/sound/output/sonicStretcher.ts";
import type { CreateStretcher } from "../../../../../src/webview/sound/output/stretcher.ts";

const speeds = [0.5, 0.75, 1.25, 1.5, 2];
/** How far what is heard may be from where it is said to be, in seconds. */
const tolerance = 0.03;

describe("The stretcher", () => {
  let create: CreateStretcher;

  before(async () => {
    create = await openSonic(await readFile("node_modules/@echogarden/sonic-wasm/sonic.wasm"));
  });

  function stretch(samples: Float32Array, rate: number, speed: number, chunk = 1000): Float32Array {
    const stretcher = create(rate, speed);
    const pieces: Float32Array<ArrayBuffer>[] = [];
    for (let at = 0; at < samples.length; at += chunk) {
      pieces.push(stretcher.stretch(samples.subarray(at, at + chunk)));
    }
    pieces.push(stretcher.finish());
    stretcher.close();
    return joinSamples(pieces);
  }

  for (const speed of speeds) {
    it(`puts each sound of a minute where it belongs at ${speed}×`, () => {
      const rate = 16000;
      const samples = tone(60, rate, (seconds) => (seconds % 0.5 < 0.2 ? 140 : 0));
      const onsets = findOnsets(stretch(samples, rate, speed), rate, 0.15);
      assert.equal(onsets.length, 120);
      for (const [index, seconds] of onsets.entries()) {
        assert.ok(Math.abs(seconds * speed - index * 0.5) < tolerance, `${index}: ${seconds}`);
      }
    });

    it(`lasts as long as it should at ${speed}×, and loses nothing at the end`, () => {
      for (const rate of sampleRates) {
        const samples = tone(1.237, rate, () => 180);
        // The last thing to be heard, up to the very last sample.
        for (let at = samples.length - 0.02 * rate; at < samples.length; at++) samples[at]! *= 2;
        const stretched = stretch(samples, rate, speed);
        assert.ok(Math.abs(stretched.length / rate - 1.237 / speed) < tolerance);
        const end = stretched.subarray(-Math.round(0.06 * rate));
        assert.ok(Math.max(...end) > 0.7, `the end is missing at ${rate} Hz`);
      }
    });

    it(`keeps the pitch at ${speed}×`, () => {
      for (const rate of sampleRates) {
        const stretched = stretch(
          tone(2, rate, () => 220),
          rate,
          speed,
        );
        const pitch = measurePitch(stretched.subarray(0, Math.floor(stretched.length * 0.9)), rate);
        assert.ok(Math.abs(pitch - 220) < 220 * 0.02, `${pitch} Hz at ${rate} Hz`);
      }
    });
  }

  it("puts out the same however the samples were cut", () => {
    const samples = tone(1, 8000, (seconds) => 100 + 100 * seconds);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), fc.constantFrom(...speeds), (chunk, speed) => {
        const { length } = stretch(samples, 8000, speed, chunk);
        assert.ok(Math.abs(length / 8000 - 1 / speed) < tolerance);
      }),
      { numRuns: 30 },
    );
  });

  it("gives the first sound when 40 ms have come", () => {
    for (const rate of sampleRates) {
      for (const speed of speeds) {
        const stretcher = create(rate, speed);
        assert.ok(stretcher.stretch(tone(0.04, rate, () => 150)).length > 0);
        stretcher.close();
      }
    }
  });

  it("survives samples that are too loud or none at all", () => {
    const stretched = stretch(Float32Array.of(...new Array<number>(4000).fill(7), NaN), 8000, 1.5);
    assert.ok(stretched.every((sample) => sample >= -1 && sample <= 1));
    assert.ok(Math.max(...stretched) > 0.99);
    assert.equal(stretch(new Float32Array(), 8000, 1.5).length, 0);
    assert.equal(stretch(Float32Array.of(0.5), 8000, 0.5).length > 0, true);
  });

  it("frees its memory when it is closed, also twice", () => {
    for (let turn = 0; turn < 3000; turn++) {
      const stretcher = create(48000, 1.5);
      stretcher.stretch(new Float32Array(4800));
      stretcher.close();
      stretcher.close();
    }
  });
});

/** A sine whose pitch is told by the second, in Hz; 0 is silence. */
function tone(seconds: number, rate: number, pitchAt: (seconds: number) => number): Float32Array {
  let phase = 0;
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, index) => {
    const pitch = pitchAt(index / rate);
    phase = pitch === 0 ? 0 : phase + (2 * Math.PI * pitch) / rate;
    return 0.45 * Math.sin(phase);
  });
}

/** Where it gets loud after a silence, in seconds. */
function findOnsets(samples: Float32Array, rate: number, silence: number): number[] {
  const onsets: number[] = [];
  let quiet = Infinity;
  for (const [at, sample] of samples.entries()) {
    if (Math.abs(sample) < 0.02) quiet++;
    else {
      if (quiet > (silence * rate) / 2) onsets.push(at / rate);
      quiet = 0;
    }
  }
  return onsets;
}

/** By the upward passages through zero, in Hz. */
function measurePitch(samples: Float32Array, rate: number): number {
  const passages: number[] = [];
  for (let at = 1; at < samples.length; at++) {
    if (samples[at - 1]! < 0 && samples[at]! >= 0) passages.push(at);
  }
  return ((passages.length - 1) * rate) / (passages.at(-1)! - passages[0]!);
}
