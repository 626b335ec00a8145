import { decodeSamples } from "./decodeSamples.ts";
import { bytesPerSample, type PcmFormat } from "./pcm.ts";

/** −50 dBFS: below it a listener in a quiet room hears silence. */
const audibleLevel = 10 ** (-50 / 20);

/** How many samples are decoded at a time: of long audio, only its silent ends need to be. */
const blockSamples = 4096;

/** A stretch of audio, in seconds from its start. */
export interface AudibleSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Between which seconds there is something to hear: from the first audible sample to behind the last one; `undefined` where
 * all is silence. A trailing part of a sample does not count.
 * @param samples headerless, in this format.
 */
export function audibleSpan(samples: Uint8Array, format: PcmFormat): AudibleSpan | undefined {
  const { encoding, sampleRate } = format;
  const blockBytes = blockSamples * bytesPerSample(encoding);
  const blocks = Math.ceil(samples.length / blockBytes);
  const decode = (block: number): Float32Array =>
    decodeSamples(samples.subarray(block * blockBytes, (block + 1) * blockBytes), encoding);
  for (let from = 0; from < blocks; from++) {
    const first = decode(from).findIndex(isAudible);
    if (first < 0) continue;
    for (let to = blocks - 1; ; to--) {
      const fromBehind = decode(to).reverse();
      const last = fromBehind.findIndex(isAudible);
      if (last < 0) continue;
      return {
        start: (from * blockSamples + first) / sampleRate,
        end: (to * blockSamples + fromBehind.length - last) / sampleRate,
      };
    }
  }
  return undefined;
}

/** Whether a sample, of full scale 1, is loud enough to be heard. */
export function isAudible(sample: number): boolean {
  return Math.abs(sample) >= audibleLevel;
}
