import type { Clip } from "../model/clip.ts";

/** What the clip of a segment would have to be. */
export interface WantedClip {
  /** As `clipIdentity` gives it. */
  readonly identity: string;
  /** The segment's, without the white space at its seams. */
  readonly transcript: string;
}

/**
 * How a clip fits the segment that it is paired with: it has just that sound (`same`); it says that text with another sound,
 * and is locked (`locked`); or it is not that segment's sound any more (`former`), locked or not.
 */
export type Fit = "same" | "locked" | "former";

/** What pairing needs to know of a clip. */
export type PairableClip = Pick<
  Clip,
  "identity" | "transcript" | "segment" | "locked" | "spokenAt" | "chosen"
>;

/** A segment's clip. */
export interface PairedClip<C extends PairableClip = Clip> {
  readonly clip: C;
  readonly fit: Fit;
  /** Whether the clip is another segment's, of whose sound this one wants a copy. */
  readonly copy?: true;
}
