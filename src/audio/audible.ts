import { decodeSamples } from "./decodeSamples.ts";
import type { PcmFormat } from "./pcm.ts";

/** −50 dBFS: below it a listener in a quiet room hears silence. */
const audibleLevel = 10 ** (-50 / 20);

/** Where the first audible sample lies, in seconds from the start; `undefined` where all is silence. */
export function firstAudibleSecond(samples: Uint8Array, format: PcmFormat): number | undefined {
  const at = decodeSamples(samples, format.encoding).findIndex(
    (sample) => Math.abs(sample) >= audibleLevel,
  );
  return at < 0 ? undefined : at / format.sampleRate;
}
