import { PeakFinder } from "./truePeak.ts";

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
