import { isAudible } from "./audible.ts";
import type { Encoding, PcmFormat } from "./pcm.ts";

/** A stretch of audio, in seconds from its start. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is drawn of a clip, whatever its length: a few kilobytes. */
export interface Peaks {
  /** How much audio was measured. */
  readonly seconds: number;
  /** How much audio one peak stands for; the last one may stand for less. */
  readonly secondsPerPeak: number;
  /** The least and the greatest sample of each peak, in 127ths of full scale. */
  readonly lows: Int8Array;
  readonly highs: Int8Array;
  /** 1 where a sample of the peak is at full scale or beyond, otherwise 0. */
  readonly clipped: Uint8Array;
  /** Where nothing is audible for more than 150 ms, in order. */
  readonly silences: readonly Stretch[];
}

/** Peaks at most: about as many as a waveform is wide, in device pixels. Even. */
const most = 2048;
/** The finest resolution, for short clips. */
const peaksPerSecond = 400;
const leastSilenceSeconds = 0.15;
/** The scale of `lows` and `highs`. */
const fullPeak = 127;

/** Measures audio as it comes; how it was cut makes no difference. */
export class PeakMeter {
  readonly #sampleRate: number;
  readonly #fullScale: number;
  readonly #lows = new Int8Array(most);
  readonly #highs = new Int8Array(most);
  readonly #clipped = new Uint8Array(most);
  readonly #silences: Stretch[] = [];
  #samplesPerPeak: number;
  /** Whole peaks. */
  #count = 0;
  /** Samples measured. */
  #length = 0;
  #open = newPeak();
  /** The sample with which the silence began that lasts until now. */
  #quietFrom = 0;

  constructor({ encoding, sampleRate }: PcmFormat) {
    this.#sampleRate = sampleRate;
    this.#fullScale = greatestSample(encoding);
    this.#samplesPerPeak = Math.max(1, Math.round(sampleRate / peaksPerSecond));
  }

  /** Takes the next samples, of full scale 1. What is no number is silence. */
  append(samples: Float32Array): void {
    for (const sample of samples) this.#take(sample);
  }

  /** What has been measured so far; later samples don't change it. */
  get peaks(): Peaks {
    const isOpen = this.#open.length > 0;
    if (isOpen) this.#write(this.#count);
    const count = this.#count + (isOpen ? 1 : 0);
    const silence = this.#silenceUntil(this.#length);
    return {
      seconds: this.#length / this.#sampleRate,
      secondsPerPeak: this.#samplesPerPeak / this.#sampleRate,
      lows: this.#lows.slice(0, count),
      highs: this.#highs.slice(0, count),
      clipped: this.#clipped.slice(0, count),
      silences: silence ? [...this.#silences, silence] : [...this.#silences],
    };
  }

  #take(sample: number): void {
    const open = this.#open;
    if (sample < open.low) open.low = sample;
    if (sample > open.high) open.high = sample;
    if (Math.abs(sample) >= this.#fullScale) open.clipped = true;
    if (isAudible(sample)) {
      const silence = this.#silenceUntil(this.#length);
      if (silence) this.#silences.push(silence);
      this.#quietFrom = this.#length + 1;
    }
    this.#length++;
    if (++open.length === this.#samplesPerPeak) this.#close();
  }

  #silenceUntil(sample: number): Stretch | undefined {
    const from = this.#quietFrom / this.#sampleRate;
    const to = sample / this.#sampleRate;
    const isLong = sample - this.#quietFrom > leastSilenceSeconds * this.#sampleRate;
    return isLong ? { from, to } : undefined;
  }

  #close(): void {
    this.#write(this.#count);
    this.#count++;
    this.#open = newPeak();
    if (this.#count === most) this.#halve();
  }

  #write(at: number): void {
    const { low, high, clipped } = this.#open;
    const isKnown = low <= high;
    this.#lows[at] = isKnown ? toPeak(low) : 0;
    this.#highs[at] = isKnown ? toPeak(high) : 0;
    this.#clipped[at] = clipped ? 1 : 0;
  }

  /** Two peaks become one. */
  #halve(): void {
    this.#count /= 2;
    this.#samplesPerPeak *= 2;
    for (let at = 0; at < this.#count; at++) {
      const [one, other] = [2 * at, 2 * at + 1];
      this.#lows[at] = Math.min(this.#lows[one]!, this.#lows[other]!);
      this.#highs[at] = Math.max(this.#highs[one]!, this.#highs[other]!);
      this.#clipped[at] = Math.max(this.#clipped[one]!, this.#clipped[other]!);
    }
  }
}

interface OpenPeak {
  low: number;
  high: number;
  clipped: boolean;
  /** In samples. */
  length: number;
}

function newPeak(): OpenPeak {
  return { low: Infinity, high: -Infinity, clipped: false, length: 0 };
}

function toPeak(sample: number): number {
  return Math.round(Math.max(-1, Math.min(1, sample)) * fullPeak);
}

/** The greatest positive sample; in floating point that of 16 bits, from which most such audio was made. Source: ITU-T G.711. */
function greatestSample(encoding: Encoding): number {
  switch (encoding) {
    case "pcm_f32le":
    case "pcm_s16le":
      return 32767 / 32768;
    case "pcm_mulaw":
      return 32124 / 32768;
    case "pcm_alaw":
      return 32256 / 32768;
  }
}
