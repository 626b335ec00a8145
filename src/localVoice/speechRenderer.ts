import { encodeSamples } from "../audio/encodeSamples.ts";
import { Resampler } from "../audio/resample.ts";
import type { Flite, FliteSpeech } from "./flite.ts";
import type { SpeechJob } from "./speechJob.ts";

/** Seconds kept of the silence that Flite puts around an utterance: a word's last sound runs on into it. */
const keptLead = 0.01;
const keptTail = 0.05;

/** Seconds over which the cut edges are faded. */
const fadeIn = 0.005;
const fadeOut = 0.02;

/** The amplitude, of 1, from which on loud samples are bent. */
const knee = 0.8;

/** Makes a job's bytes: says it, trims it, brings it to the asked rate and level, adds the pause, encodes it. */
export class SpeechRenderer {
  readonly #flite: Flite;
  /** Kept because they are costly to make; by their rates. */
  readonly #resamplers = new Map<string, Resampler>();

  constructor(flite: Flite) {
    this.#flite = flite;
  }

  /** @throws Error where the synthesiser fails */
  render(job: SpeechJob): Uint8Array<ArrayBuffer> {
    const speech = job.text === "" ? new Float32Array(0) : this.#say(job);
    const pause = Math.round(job.pauseSeconds * job.sampleRate);
    const samples = new Float32Array(speech.length + pause);
    speech.forEach((sample, index) => (samples[index] = limit(sample * job.gain)));
    return encodeSamples(samples, job.encoding);
  }

  #say(job: SpeechJob): Float32Array {
    const speech = this.#flite.speak(job.text, job);
    return this.#resampler(speech.sampleRate, job.sampleRate).resample(trim(speech));
  }

  #resampler(fromRate: number, toRate: number): Resampler {
    const rates = `${fromRate} ${toRate}`;
    let resampler = this.#resamplers.get(rates);
    if (!resampler) this.#resamplers.set(rates, (resampler = new Resampler(fromRate, toRate)));
    return resampler;
  }
}

/** The spoken part of `speech` without the pauses at its ends; empty where nothing was said. */
function trim({ samples, sampleRate, phones }: FliteSpeech): Float32Array {
  const spoken = phones.filter((phone) => phone.name !== "pau");
  const first = spoken[0];
  const last = spoken.at(-1);
  if (!first || !last) return new Float32Array(0);
  const start = Math.max(0, Math.round((first.start - keptLead) * sampleRate));
  const kept = samples.slice(start, Math.round((last.end + keptTail) * sampleRate));
  fadeEdges(kept, fadeIn * sampleRate, fadeOut * sampleRate);
  return kept;
}

/** Fades the first and the last samples linearly from and to silence, so that a cut does not click. */
function fadeEdges(samples: Float32Array, lengthIn: number, lengthOut: number): void {
  samples.forEach((sample, index) => {
    const gain = Math.min(1, index / lengthIn, (samples.length - 1 - index) / lengthOut);
    samples[index] = sample * gain;
  });
}

/** Leaves samples below the knee alone and bends those above it smoothly towards, but never beyond, full scale. */
function limit(sample: number): number {
  const size = Math.abs(sample);
  if (size <= knee) return sample;
  const room = 1 - knee;
  return Math.sign(sample) * (knee + room * Math.tanh((size - knee) / room));
}
