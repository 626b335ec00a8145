/** Attenuation in dB of what lies beyond the band of the narrower rate: below the noise of 16-bit samples' speech. */
const stopBandAttenuation = 80;

/** Half the filter's length, in zero crossings of its sinc. With 80 dB the pass band ends at 92 % of the Nyquist rate. */
const zeroCrossings = 64;

/**
 * Changes the sample rate of whole pieces of sound: a band-limited interpolation by a Kaiser-windowed sinc, kept as one
 * short filter per output phase. The piece is taken to be silent before its start and after its end.
 *
 * Building one computes `toRate / gcd(fromRate, toRate)` filters, so keep it for all pieces of the same two rates.
 */
export class Resampler {
  readonly #fromRate: number;
  readonly #toRate: number;
  /** Output sample k lies at the input position k × #step / #phases.length. */
  readonly #step: number;
  readonly #phases: readonly Float32Array[];
  /** Input samples on each side of a position that its filter sees. */
  readonly #reach: number;

  /**
   * @param fromRate samples per second of what comes in
   * @param toRate samples per second of what goes out
   * @throws RangeError if a rate is not a positive integer
   */
  constructor(fromRate: number, toRate: number) {
    for (const rate of [fromRate, toRate]) {
      if (!Number.isInteger(rate) || rate <= 0) throw new RangeError(`no sample rate: ${rate}`);
    }
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.#fromRate = fromRate;
    this.#toRate = toRate;
    this.#step = fromRate / divisor;
    const narrowing = Math.min(1, toRate / fromRate);
    this.#reach = Math.ceil(zeroCrossings / narrowing);
    this.#phases =
      fromRate === toRate ? [] : designPhases(toRate / divisor, this.#reach, narrowing);
  }

  /** @returns `round(samples.length × toRate / fromRate)` new samples, at the same level */
  resample(samples: Float32Array): Float32Array<ArrayBuffer> {
    if (this.#phases.length === 0) return Float32Array.from(samples);
    const reach = this.#reach;
    const padded = new Float32Array(samples.length + 2 * reach + 1);
    padded.set(samples, reach);
    const output = new Float32Array(this.lengthOf(samples.length));
    let start = 1; // the filter's first sample in `padded`: input position − reach + 1, shifted by the padding
    let phase = 0;
    for (let index = 0; index < output.length; index++) {
      output[index] = dotProduct(this.#phases[phase] as Float32Array, padded, start);
      phase += this.#step;
      start += Math.floor(phase / this.#phases.length);
      phase %= this.#phases.length;
    }
    return output;
  }

  /** Resamples one piece that comes in parts. */
  stream(): ResampleStream {
    return new ResampleStream({
      phases: this.#phases,
      step: this.#step,
      reach: this.#reach,
      lengthOf: (samples) => this.lengthOf(samples),
    });
  }

  /** How many samples come out where so many go in. */
  lengthOf(samples: number): number {
    return resampledLength(samples, this.#fromRate, this.#toRate);
  }
}

/** How many samples a `Resampler` between these rates makes of so many. */
export function resampledLength(samples: number, fromRate: number, toRate: number): number {
  return Math.round((samples * toRate) / fromRate);
}

interface ResamplePlan {
  readonly phases: readonly Float32Array[];
  readonly step: number;
  readonly reach: number;
  readonly lengthOf: (samples: number) => number;
}

/** Resamples a piece of sound that comes in parts, to the samples that it would give as a whole. How it was cut makes no difference. */
export class ResampleStream {
  readonly #plan: ResamplePlan;
  /** What came in and is still seen by a filter, behind the silence before the start. */
  #held: Float32Array;
  /** The next filter's first sample in `#held`. */
  #start = 1;
  #phase = 0;
  #taken = 0;
  #given = 0;

  constructor(plan: ResamplePlan) {
    this.#plan = plan;
    this.#held = new Float32Array(plan.reach);
  }

  /** Takes the next part. @returns the samples that it is enough for */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    this.#taken += samples.length;
    if (this.#plan.phases.length === 0) return Float32Array.from(samples);
    return this.#take(samples);
  }

  /** The samples that are left. */
  end(): Float32Array<ArrayBuffer> {
    const { phases, reach, lengthOf } = this.#plan;
    if (phases.length === 0) return new Float32Array();
    const left = lengthOf(this.#taken) - this.#given;
    return this.#take(new Float32Array(2 * reach + 1)).subarray(0, left);
  }

  #take(samples: Float32Array): Float32Array<ArrayBuffer> {
    const { phases, step, reach } = this.#plan;
    const held = new Float32Array(this.#held.length + samples.length);
    held.set(this.#held);
    held.set(samples, this.#held.length);
    const most = Math.ceil((held.length * phases.length) / step) + 1;
    const output = new Float32Array(most);
    let count = 0;
    for (; this.#start + 2 * reach <= held.length; count++) {
      output[count] = dotProduct(phases[this.#phase] as Float32Array, held, this.#start);
      this.#phase += step;
      this.#start += Math.floor(this.#phase / phases.length);
      this.#phase %= phases.length;
    }
    const seen = Math.min(this.#start, held.length);
    this.#held = held.subarray(seen);
    this.#start -= seen;
    this.#given += count;
    return output.subarray(0, count);
  }
}

function dotProduct(filter: Float32Array, samples: Float32Array, start: number): number {
  let sum = 0;
  for (let tap = 0; tap < filter.length; tap++) {
    sum += (filter[tap] as number) * (samples[start + tap] as number);
  }
  return sum;
}

/** One filter of 2 × reach taps for each position between two input samples, each with unit gain at 0 Hz. */
function designPhases(count: number, reach: number, narrowing: number): Float32Array[] {
  const beta = 0.1102 * (stopBandAttenuation - 8.7);
  const transition = (stopBandAttenuation - 7.95) / (14.36 * (2 * zeroCrossings - 1));
  const cutoff = narrowing * (1 - transition); // in half cycles per input sample: the stop band begins at Nyquist
  return Array.from({ length: count }, (_, phase) => {
    const taps = Array.from({ length: 2 * reach }, (_, tap) => {
      const distance = tap - (reach - 1) - phase / count;
      return sinc(cutoff * distance) * kaiser((distance * narrowing) / zeroCrossings, beta);
    });
    const gain = taps.reduce((sum, tap) => sum + tap, 0);
    return Float32Array.from(taps, (tap) => tap / gain);
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The Kaiser window at `x`, where -1 and 1 are its ends. */
function kaiser(x: number, beta: number): number {
  return Math.abs(x) > 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta);
}

/** The modified Bessel function of the first kind and order zero, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
