/** Makes one part's sound quicker or slower, and keeps its pitch. Samples in, samples out; mono. */
export interface Stretcher {
  /** Takes samples in, and answers with those that are ready: the last few wait for what comes behind them. */
  stretch(samples: Float32Array): Float32Array<ArrayBuffer>;
  /** What is left when all samples have been taken in. */
  finish(): Float32Array<ArrayBuffer>;
  /** Frees its memory. It is of no use after that; to close it again does nothing. */
  close(): void;
}

/** A stretcher for samples of this rate, in Hz. `speed`: seconds of sound in a second, 0.5 to 2. */
export type CreateStretcher = (sampleRate: number, speed: number) => Stretcher;
