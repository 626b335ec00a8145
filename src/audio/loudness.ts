/** A filter of the second order: output from input and both as they were one and two samples before. */
interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/**
 * Measures the loudness of a sound that comes in parts, as EBU R 128 asks: K-weighted, in blocks of 400 ms that overlap by
 * 75 %, of which those below -70 LUFS, and then those 10 LU below the rest, do not count.
 * Source: ITU-R BS.1770-4, Annex 1; the filters for any rate as in libebur128.
 */
export class LoudnessMeter {
  readonly #filters: readonly Biquad[];
  /** The two last values within each filter. */
  readonly #state: Float64Array;
  /** Samples of 100 ms. */
  readonly #step: number;
  /** The mean square of each 100 ms. */
  readonly #steps: number[] = [];
  #sum = 0;
  #count = 0;
  #total = 0;
  #length = 0;

  /** @param sampleRate samples per second */
  constructor(sampleRate: number) {
    this.#filters = [shelf(sampleRate), highPass(sampleRate)];
    this.#state = new Float64Array(2 * this.#filters.length);
    this.#step = Math.round(sampleRate / 10);
  }

  push(samples: Float32Array): void {
    for (const weighed of this.#weigh(samples)) {
      const square = weighed * weighed;
      this.#sum += square;
      this.#total += square;
      if (++this.#count < this.#step) continue;
      this.#steps.push(this.#sum / this.#step);
      this.#sum = 0;
      this.#count = 0;
    }
    this.#length += samples.length;
  }

  /** In LUFS; `-Infinity` where nothing is loud enough to count. What is shorter than a block is one. */
  integrated(): number {
    const blocks = this.#steps.slice(3).map((_, at) => mean(this.#steps.slice(at, at + 4)));
    if (blocks.length === 0 && this.#length > 0) blocks.push(this.#total / this.#length);
    const audible = blocks.filter((block) => loudnessOf(block) > -70);
    const gate = loudnessOf(mean(audible)) - 10;
    return loudnessOf(mean(audible.filter((block) => loudnessOf(block) > gate)));
  }

  #weigh(samples: Float32Array): Float64Array {
    const values = Float64Array.from(samples);
    for (const [at, { b, a }] of this.#filters.entries()) {
      let [one, two] = [this.#state[2 * at]!, this.#state[2 * at + 1]!];
      for (let k = 0; k < values.length; k++) {
        const inner = values[k]! - a[0] * one - a[1] * two;
        values[k] = b[0] * inner + b[1] * one + b[2] * two;
        two = one;
        one = inner;
      }
      this.#state[2 * at] = one;
      this.#state[2 * at + 1] = two;
    }
    return values;
  }
}

/** Decibels of a ratio of amplitudes. */
export function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}

/** The ratio of amplitudes that is so many decibels. */
export function ratioOf(decibels: number): number {
  return 10 ** (decibels / 20);
}

function loudnessOf(meanSquare: number): number {
  return -0.691 + 10 * Math.log10(meanSquare);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What a head does to sound. */
function shelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

/** That deep sound is hardly heard. */
function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}
