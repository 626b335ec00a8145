import { decodeSamples } from "../../../audio/decodeSamples.ts";
import { bytesPerSample } from "../../../audio/pcm.ts";
import type { Encoding } from "../../../audio/pcm.ts";

/** Turns bytes that were cut anywhere into whole samples: the odd bytes of one chunk wait for the next. */
export class SampleAssembler {
  readonly #encoding: Encoding;
  readonly #chunks: Uint8Array[] = [];
  #byteLength = 0;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#byteLength += bytes.length;
  }

  /** Whole samples that `take` would give. */
  get length(): number {
    return Math.floor(this.#byteLength / bytesPerSample(this.#encoding));
  }

  /** Takes all whole samples out. */
  take(): Float32Array<ArrayBuffer> {
    const bytes = this.#join();
    const samples = decodeSamples(bytes, this.#encoding);
    this.#chunks.length = 0;
    this.#byteLength = 0;
    this.push(bytes.subarray(samples.length * bytesPerSample(this.#encoding)));
    return samples;
  }

  #join(): Uint8Array {
    const [first] = this.#chunks;
    if (first !== undefined && this.#chunks.length === 1) return first;
    const joined = new Uint8Array(this.#byteLength);
    let at = 0;
    for (const chunk of this.#chunks) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    return joined;
  }
}

/** All samples in one array; a single one is not copied. */
export function joinSamples(
  pieces: readonly Float32Array<ArrayBuffer>[],
): Float32Array<ArrayBuffer> {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const joined = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
