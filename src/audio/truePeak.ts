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

/** Seconds in which the limiter goes down before a peak. */
const attack = 0.005;
/** Seconds in which it comes back by two thirds. */
const release = 0.08;

/**
 * Keeps the true peaks of a sound that comes in parts below a ceiling: it looks ahead, goes down smoothly before a peak and
 * comes back slowly behind it. What is below the ceiling and far from what is not stays as it is.
 */
export class Limiter {
  readonly #ceiling: number;
  readonly #window: number;
  readonly #recovery: number;
  readonly #finder = new PeakFinder();
  /** The samples that wait. */
  readonly #waiting: Float64Array;
  /** The gains that the sound needs at most, of the window ahead: those that no later one is below, in order. */
  readonly #least: { readonly at: number; readonly gain: number }[] = [];
  /** The gains of a window past, whose mean is the gain. */
  readonly #gains: Float64Array;
  #sum: number;
  #gain = 1;
  #taken = 0;
  #lowest = 1;

  /** @param ceiling the largest amplitude; 1 is full scale */
  constructor(sampleRate: number, ceiling: number) {
    this.#ceiling = ceiling;
    this.#window = Math.max(1, Math.round(attack * sampleRate));
    this.#recovery = 1 - Math.exp(-1 / (release * sampleRate));
    this.#waiting = new Float64Array(this.#window + PeakFinder.delay + 1);
    this.#gains = new Float64Array(this.#window + 1).fill(1);
    this.#sum = this.#gains.length;
  }

  /** The lowest gain that it has had. */
  get lowest(): number {
    return this.#lowest;
  }

  /** Takes the next part. @returns the samples that are done */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    const output = new Float32Array(samples.length);
    let count = 0;
    for (const sample of samples) {
      const done = this.#next(sample);
      if (this.#taken > this.#waiting.length - 1) output[count++] = done;
    }
    return output.subarray(0, count);
  }

  /** The samples that are left. */
  end(): Float32Array<ArrayBuffer> {
    return this.push(new Float32Array(this.#waiting.length - 1));
  }

  /** @returns the sample that came `#waiting.length - 1` samples ago, at its gain */
  #next(sample: number): number {
    const at = this.#taken++;
    const size = this.#waiting.length;
    this.#waiting[at % size] = sample;
    const peak = this.#finder.next(sample, this.#ceiling);
    const needed = peak > this.#ceiling ? this.#ceiling / peak : 1;
    while (this.#least.length > 0 && this.#least.at(-1)!.gain >= needed) this.#least.pop();
    this.#least.push({ at, gain: needed });
    // A peak may lie behind the sample that it is told of, so the window has one more.
    if (this.#least[0]!.at < at - this.#window - 1) this.#least.shift();
    const recovered = this.#gain + (1 - this.#gain) * this.#recovery;
    this.#gain = Math.min(recovered, this.#least[0]!.gain);
    const place = at % this.#gains.length;
    this.#sum += this.#gain - this.#gains[place]!;
    this.#gains[place] = this.#gain;
    const gain = Math.min(1, this.#sum / this.#gains.length);
    if (gain < this.#lowest) this.#lowest = gain;
    return this.#waiting[(at + 1) % size]! * gain;
  }
}
