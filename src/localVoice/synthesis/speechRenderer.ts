import { encodeSamples } from "../../audio/encodeSamples.ts";
import { Resampler } from "../../audio/resample.ts";
import { isSound } from "./flite.ts";
import type { Flite, FliteSpeech, Phone } from "./flite.ts";
import type { Speech, SpeechJob } from "./speechJob.ts";

/** Seconds kept of the silence that Flite puts around an utterance: a word's last sound runs on into it. */
const keptLead = 0.01;
const keptTail = 0.05;

/** Seconds over which the cut edges are faded. */
const fadeIn = 0.005;
const fadeOut = 0.02;

/** The amplitude, of 1, from which on loud samples are bent. */
const knee = 0.8;

const nothing: FliteSpeech = { samples: new Float32Array(0), sampleRate: 1, phones: [] };

/** Makes a job's bytes: says it, trims it, brings it to the asked rate and level, adds the pause, encodes it. */
export class SpeechRenderer {
  readonly #flite: Flite;
  /** Kept because they are costly to make; by their rates. */
  readonly #resamplers = new Map<string, Resampler>();

  constructor(flite: Flite) {
    this.#flite = flite;
  }

  /** @throws Error where the synthesiser fails */
  render(job: SpeechJob): Speech {
    const speech = job.text === "" ? nothing : trim(this.#speak(job));
    const said = this.#resample(speech, job.sampleRate);
    const pause = Math.round(job.pauseSeconds * job.sampleRate);
    const samples = new Float32Array(said.length + pause);
    said.forEach((sample, index) => (samples[index] = limit(sample * job.gain)));
    return { bytes: encodeSamples(samples, job.encoding), phones: speech.phones };
  }

  /** Says it slower or faster, and takes the samples for so much faster or slower ones: one of the voices heeds no other way. */
  #speak({ text, voice, speed, tone = 1 }: SpeechJob): FliteSpeech {
    const said = this.#flite.speak(text, { voice, speed: speed / tone });
    if (tone === 1) return said;
    const sampleRate = Math.round(said.sampleRate * tone);
    const factor = said.sampleRate / sampleRate;
    const phones = said.phones.map(({ name, start, end }) => {
      return { name, start: start * factor, end: end * factor };
    });
    return { samples: said.samples, sampleRate, phones };
  }

  #resample({ samples, sampleRate }: FliteSpeech, toRate: number): Float32Array {
    return samples.length === 0 ? samples : this.#resampler(sampleRate, toRate).resample(samples);
  }

  #resampler(fromRate: number, toRate: number): Resampler {
    const rates = `${fromRate} ${toRate}`;
    let resampler = this.#resamplers.get(rates);
    if (!resampler) this.#resamplers.set(rates, (resampler = new Resampler(fromRate, toRate)));
    return resampler;
  }
}

/** The spoken part of `speech` without its pauses: their sound at its ends, their phones everywhere. */
function trim({ samples, sampleRate, phones }: FliteSpeech): FliteSpeech {
  const spoken = phones.filter(({ name }) => isSound(name));
  const first = spoken[0];
  const last = spoken.at(-1);
  if (!first || !last) return nothing;
  const start = Math.max(0, Math.round((first.start - keptLead) * sampleRate));
  const kept = samples.slice(start, Math.round((last.end + keptTail) * sampleRate));
  fadeEdges(kept, fadeIn * sampleRate, fadeOut * sampleRate);
  const shifted = spoken.map((phone) =>
    shift(phone, -start / sampleRate, kept.length / sampleRate),
  );
  return { samples: kept, sampleRate, phones: shifted };
}

/** A phone moved by some seconds, and kept within a sound of `length` seconds. */
function shift({ name, start, end }: Phone, by: number, length: number): Phone {
  const within = (time: number): number => Math.max(0, Math.min(length, time + by));
  return { name, start: within(start), end: within(end) };
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
