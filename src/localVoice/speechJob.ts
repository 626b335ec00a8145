import type { EncodableEncoding } from "../audio/encodeSamples.ts";
import type { FliteVoice } from "./flite.ts";

/** What the worker is to say: one utterance, and the silence after it. */
export interface SpeechJob {
  /** Printable ASCII; "" for silence alone. */
  readonly text: string;
  readonly voice: FliteVoice;
  /** 1 is the voice's own speed. */
  readonly speed: number;
  /** A factor of the amplitude; what it drives beyond full scale is bent, not clipped. */
  readonly gain: number;
  /** Seconds of silence after the speech. */
  readonly pauseSeconds: number;
  readonly encoding: EncodableEncoding;
  /** Samples per second. */
  readonly sampleRate: number;
}

/** What the worker is started with. */
export interface WorkerOptions {
  /** The file of the synthesiser's program. */
  readonly wasmPath: string;
}

/** The worker's answer to a job: headerless samples, or why there are none. Answers come in the order of the jobs. */
export type SpeechResult =
  { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly failure: string };
