import type { Encoding } from "./pcm.ts";

/** The encodings that `encodeSamples` writes. */
export const encodableEncodings = ["pcm_f32le", "pcm_s16le"] as const satisfies readonly Encoding[];
export type EncodableEncoding = (typeof encodableEncodings)[number];

/**
 * Writes samples as headerless bytes, mono and little-endian.
 *
 * @param samples full scale is -1 to 1. `pcm_f32le` keeps what lies beyond; `pcm_s16le` clips it, rounds to the nearest
 * step, and takes NaN for silence.
 */
export function encodeSamples(
  samples: Float32Array,
  encoding: EncodableEncoding,
): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case "pcm_f32le":
      return encodeEach(samples, 4, (view, at, sample) => view.setFloat32(at, sample, true));
    case "pcm_s16le":
      return encodeEach(samples, 2, (view, at, sample) => view.setInt16(at, toInt16(sample), true));
  }
}

function encodeEach(
  samples: Float32Array,
  width: number,
  write: (view: DataView, at: number, sample: number) => void,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * width);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, index) => write(view, index * width, sample));
  return bytes;
}

/** -1 becomes -32768, and what would become 32768 becomes 32767. */
function toInt16(sample: number): number {
  if (Number.isNaN(sample)) return 0;
  return Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
}
