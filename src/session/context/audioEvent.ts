import type { Word } from "../../protocol/serverMessage.ts";
import type { Witness } from "./proof.ts";

/** The audio of one segment, whole. */
export interface SpokenSegment {
  /** Headerless samples, to the byte as the service sent them. */
  readonly samples: Uint8Array<ArrayBuffer>;
  /** Seconds from the segment's start. */
  readonly words: readonly Word[];
  /** From whose start the service counted the words' times, as far as that shows; `undefined` without words. */
  readonly wordOrigin: "context" | "segment" | undefined;
  /** The flush ids as the service sent them, each once, `null` for a missing one. */
  readonly flushIds: readonly (number | null)[];
  /** When its first audio came, and its last, in milliseconds of the performance clock. */
  readonly heard: { readonly first: number; readonly last: number };
  /** When the last audio of the segment before it in its context came, likewise; `undefined` for the first one. */
  readonly previousHeard: number | undefined;
  /** What shows that it is this segment's, and all of it. */
  readonly provedBy: readonly Witness[];
}

/** What is learned of a context's audio. `position` counts the segments of the context from 0. */
export type AudioEvent =
  /** Audio came, for as much as is known for this segment. */
  | {
      readonly type: "audio";
      readonly position: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  /** The words of this segment as far as its audio has come, in seconds from its start; they replace those told before. */
  | { readonly type: "words"; readonly position: number; readonly words: readonly Word[] }
  /**
   * What was reported for these positions, spoken or not, was not their audio, nor were it their words. What is theirs
   * follows, if known.
   */
  | { readonly type: "void"; readonly positions: readonly number[] }
  /** All audio of this segment is there. */
  | { readonly type: "spoken"; readonly position: number; readonly segment: SpokenSegment }
  /**
   * The context is over. These positions have no audio that can be trusted, whatever was reported for them: they have
   * none, or nothing proves whose it is.
   */
  | { readonly type: "ended"; readonly unproved: readonly number[] };

/** How a context came to its end: by itself after all segments, by itself before, or by falling silent after all of them. */
export type ContextEnd = "complete" | "early" | "silent";
