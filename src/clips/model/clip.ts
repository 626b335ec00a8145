import type { AudibleSpan } from "../../audio/audible.ts";
import type { PcmFormat } from "../../audio/pcm.ts";

/** A word of a clip. Times are in seconds from the clip's start. */
export interface ClipWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * How a clip lies on disk: as a WAV file that says itself what it is, or as its samples alone, known by their manifest.
 */
export type Container = "wav" | "raw";

/** What is known of a clip wherever it lies: a WAV file says all of it, of a raw clip its manifest does. */
export interface ClipFacts {
  /** As `clipIdentity` gives it. */
  readonly identity: string;
  /** What was said. */
  readonly transcript: string;
  readonly format: PcmFormat;
  /** By their starts, to the nearest sample. */
  readonly words: readonly ClipWord[];
  /** What spoke, such as `cartesia` or `local`. */
  readonly service: string;
  readonly model: string;
  /** The voice's id. */
  readonly voice: string;
  /** Characters that were sent for it. */
  readonly characters: number;
  /** The flush ids of its audio as the service sent them, each once, `null` for a missing one. */
  readonly flushIds: readonly (number | null)[];
  /** From the request of this segment to its first audio; `null` where it was not measured. */
  readonly timeToFirstByteMs: number | null;
  /** From the request of this segment to its first audible sample; `null` where there is none. */
  readonly timeToFirstAudibleMs: number | null;
  /**
   * How long the service took to make its audio: from the request of this segment or, where it was later, from the last audio
   * of the segment before it in its context, to its last audio; `null` where it was not measured.
   */
  readonly synthesisMs: number | null;
  /** Between which seconds of it there is something to hear; `null` where there is nothing, or it was not measured. */
  readonly audible: AudibleSpan | null;
  /** When it was said: an ISO 8601 date. */
  readonly spokenAt: string;
}

/** A clip that is to be saved. */
export interface NewClip extends ClipFacts {
  /** The segment's index in the script, from 0. */
  readonly segment: number;
  /** Whole samples, headerless, in its format. */
  readonly samples: Uint8Array;
}

/** A clip on disk. */
export interface Clip extends ClipFacts {
  /** The index of the segment whose place it has; `undefined` for a take, which has none. */
  readonly segment: number | undefined;
  /** The absolute path of its file. */
  readonly path: string;
  readonly container: Container;
  /**
   * Whether its segment is to keep it, whatever its voice or settings are. A locked take waits for its text: the segment that
   * says it, or one like it, gets it back, locked.
   */
  readonly locked: boolean;
  /**
   * Which of the decisions on the folder's clips gave it its place, counted from 1: of the clips of its sound the one with the
   * highest is wanted. Clocks of several machines may differ, the order of decisions is one.
   */
  readonly chosen?: number;
  /** The length of its sound. */
  readonly seconds: number;
  /** The length of its samples, without what the file says beside them. */
  readonly bytes: number;
  /** Changes whenever the file does; has letters, digits, points and hyphens only. */
  readonly version: string;
  /** Of a raw clip, the SHA-256 of its file, by which its manifest knows it; a WAV file needs none. */
  readonly checksum?: string;
}
