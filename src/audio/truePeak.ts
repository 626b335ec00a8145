/** How many values the sound is looked at for each sample. */
const oversampling = 4;
/** Samples on each side of a place that its value is reckoned from. */
const reach = 8;

/** For each place between two samples the weights of those around it: a sinc in a cosine window, at unit gain. */
const phases = Array.from({ length: oversampling - 1 }, (_, at) => {
  const taps = Array.from({ length: 2 * reach }, (_, tap) => {
    const distance = tap - (reach - 1) - (at + 1) / oversampling;
    const window = Math.cos((Math.PI * distance) / (2 * reach + 1)) ** 2;
    return (window * Math.sin(Math.PI * distance)) / (Math.PI * distance);
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return Float64Array.from(taps, (tap) => tap / gain);
});
/** A value between samples is at most so many times as large as they are. */
const steepest = phases.reduce(
  (most, taps) =>
    Math.max(
      most,
      taps.reduce((sum, tap) => sum + Math.abs(tap), 0),
    ),
  1,
);

/**
 * Finds how far a sound goes between its samples, too, as a converter to analogue will make it.
 * Source: ITU-R BS.1770-4, Annex 2: four times the rate.
 */
export class PeakFinder {
  /** So many samples later a peak is known. */
  static readonly delay = reach;
  /** The last samples, twice, so that they always lie in one piece. */
  readonly #held = new Float64Array(4 * reach);
  #at = 0;
  #loud = 0;

  /**
   * Takes a sample. @returns the largest absolute value from the sample `delay` before to the one behind that; where it is not
   * beyond `floor`, perhaps less.
   */
  next(sample: number, floor: number): number {
    const size = 2 * reach;
    this.#held[this.#at] = this.#held[this.#at + size] = sample;
    this.#at = (this.#at + 1) % size;
    if (Math.abs(sample) * steepest > floor) this.#loud = size;
    if (this.#loud === 0) return 0;
    this.#loud--;
    let peak = Math.abs(this.#held[this.#at + reach - 1]!);
    for (const taps of phases) {
      let value = 0;
      for (let tap = 0; tap < size; tap++) value += taps[tap]! * this.#held[this.#at + tap]!;
      peak = Math.max(peak, Math.abs(value));
    }
    return peak;
  }
}

/** Measures the true peak of a sound that comes in parts. */
export class PeakMeter {
  readonly #finder = new PeakFinder();
  #peak = 0;

  push(samples: Float32Array): void {
    for (const sample of samples)
      this.#peak = Math.max(this.#peak, this.#finder.next(sample, this.#peak));
  }

  /** As an amplitude; 1 is full scale. */
  peak(): number {
    this.push(new Float32Array(2 * reach));
    return this.#peak;
  }
}
