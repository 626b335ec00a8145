import type { Encoding } from "../../audio/pcm.ts";
import type { Interval } from "./alignWords.ts";
import type { Phone } from "./flite.ts";
import type { FliteVoice } from "./ownVoices.ts";

/** What the worker is to say: one utterance, and the silence after it. */
export interface SpeechJob {
  /** Printable ASCII; "" for silence alone. */
  readonly text: string;
  readonly voice: FliteVoice;
  /** 1 is the voice's own speed. */
  readonly speed: number;
  /** A factor of the voice's own pitch, 1 where it is missing; it leaves the speed alone. */
  readonly tone?: number;
  /** A factor of the amplitude; what it drives beyond full scale is bent, not clipped. */
  readonly gain: number;
  /** Seconds of silence after the speech. */
  readonly pauseSeconds: number;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
}

/** What came of a `SpeechJob`. */
export interface Speech {
  /** Headerless samples. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The sounds in them, without pauses, in seconds from their start; none lies outside. */
  readonly phones: readonly Phone[];
}

/** What the worker is to find: when each word of an utterance was said. */
export interface AlignmentJob {
  /** As in the utterance's text. */
  readonly words: readonly string[];
  readonly phones: readonly Phone[];
}

/** What came of an `AlignmentJob`: for each word, in seconds on the clock of its phones. */
export type Alignment = readonly Interval[];

/** What the worker is asked. */
export type WorkerJob =
  | { readonly kind: "speak"; readonly job: SpeechJob }
  | { readonly kind: "align"; readonly job: AlignmentJob };

/** The worker's answer, or why there is none. Answers come in the order of the jobs. */
export type WorkerAnswer = { readonly result: Speech | Alignment } | { readonly failure: string };

/** What the worker is started with. */
export interface WorkerOptions {
  /** The file of the synthesiser's program. */
  readonly wasmPath: string;
}
