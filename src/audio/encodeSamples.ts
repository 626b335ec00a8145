import { bytesPerSample } from "./pcm.ts";
import type { Encoding } from "./pcm.ts";

/**
 * Writes samples as headerless bytes, mono and little-endian.
 *
 * @param samples full scale is -1 to 1. `pcm_f32le` keeps what lies beyond; the others clip it, and take NaN for silence.
 * `pcm_s16le` rounds to the nearest step, µ-law and A-law decide as G.711's tables do.
 */
export function encodeSamples(samples: Float32Array, encoding: Encoding): Uint8Array<ArrayBuffer> {
  const width = bytesPerSample(encoding);
  const bytes = new Uint8Array(samples.length * width);
  const write = sampleWriter(new DataView(bytes.buffer), encoding);
  samples.forEach((sample, index) => write(index * width, sample));
  return bytes;
}

function sampleWriter(view: DataView, encoding: Encoding): (at: number, sample: number) => void {
  switch (encoding) {
    case "pcm_f32le":
      return (at, sample) => view.setFloat32(at, sample, true);
    case "pcm_s16le":
      return (at, sample) => view.setInt16(at, toInt16(sample), true);
    case "pcm_mulaw":
      return (at, sample) => view.setUint8(at, encodeMuLaw(sample * 32768 || 0));
    case "pcm_alaw":
      return (at, sample) => view.setUint8(at, encodeALaw(sample * 32768 || 0));
  }
}

/** -1 becomes -32768, and what would become 32768 becomes 32767. */
function toInt16(sample: number): number {
  if (Number.isNaN(sample)) return 0;
  return Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
}

/**
 * A number of 16-bit scale as a µ-law byte. With the bias added, each segment begins at a power of two.
 * Source: ITU-T G.711, table 2, scaled from 14 to 16 bits.
 */
function encodeMuLaw(sample: number): number {
  const biased = Math.min(Math.trunc(Math.abs(sample)), 0x7fff - 0x84) + 0x84;
  const exponent = 24 - Math.clz32(biased); // 0x80 has 24 leading zeros
  const code = (exponent << 4) | ((biased >> (exponent + 3)) & 15);
  return ~(sample < 0 ? code | 0x80 : code) & 0xff;
}

/**
 * A number of 16-bit scale as an A-law byte; its even bits are inverted. A negative number that is exactly a decision
 * value goes to the smaller step, as in ITU-T's own program (G.191).
 * Source: ITU-T G.711, table 1, scaled from 13 to 16 bits.
 */
function encodeALaw(sample: number): number {
  const size = Math.min(sample < 0 ? Math.ceil(-sample) - 1 : Math.trunc(sample), 0x7fff);
  const exponent = Math.max(0, 24 - Math.clz32(size)); // the two lowest segments have the same steps
  const step = exponent === 0 ? size >> 4 : size >> (exponent + 3);
  const code = (exponent << 4) | (step & 15);
  return (sample < 0 ? code : code | 0x80) ^ 0x55;
}
