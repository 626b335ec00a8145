/**
 * The sample encodings of the speech service, all mono and little-endian.
 * Source: Cartesia's TTS WebSocket reference, `output_format.encoding`.
 */
export const encodings = ["pcm_f32le", "pcm_s16le", "pcm_mulaw", "pcm_alaw"] as const;
export type Encoding = (typeof encodings)[number];

/** Sample rates of the speech service in Hz. Source: as above, `output_format.sample_rate`. */
export const sampleRates = [8000, 16000, 22050, 24000, 44100, 48000] as const;
export type SampleRate = (typeof sampleRates)[number];

/** How headerless mono samples are to be read. */
export interface PcmFormat {
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
}

/** Bytes of one sample. */
export function bytesPerSample(encoding: Encoding): number {
  switch (encoding) {
    case "pcm_f32le":
      return 4;
    case "pcm_s16le":
      return 2;
    case "pcm_mulaw":
    case "pcm_alaw":
      return 1;
  }
}

/** The length in seconds of `byteLength` bytes of samples; a trailing part of a sample does not count. */
export function secondsOf(byteLength: number, format: PcmFormat): number {
  return Math.floor(byteLength / bytesPerSample(format.encoding)) / format.sampleRate;
}
