import { bytesPerSample } from "../../audio/pcm.ts";
import { resampledLength } from "../../audio/resample.ts";
import type { SpokenSegment } from "./exportScript.ts";

/** A segment's place in the exported sound. */
export interface Piece {
  readonly segment: SpokenSegment;
  /** Its first sample, at the timeline's rate. */
  readonly start: number;
  /** How many samples its clip has, at the timeline's rate. */
  readonly length: number;
}

/** Where each segment lies in the exported sound. Captions and sound are both made from it. */
export interface Timeline {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Samples of silence between two segments. */
  readonly gap: number;
  readonly pieces: readonly Piece[];
  /** Samples of the whole. */
  readonly length: number;
}

/** How segments are laid behind one another. */
export interface TimelineOptions {
  /** Silence between two segments. */
  readonly gapSeconds: number;
  /** Samples per second; where it is not given, the rate that most of the sound has. */
  readonly sampleRate?: number | undefined;
}

/**
 * Lays segments behind one another with the same gap between any two. Neighbours of one rate without a gap are one stretch of
 * sound, as long as it is when it is resampled as one: so each ends where the next one begins, to the sample.
 */
export function layOut(segments: readonly SpokenSegment[], options: TimelineOptions): Timeline {
  const sampleRate = options.sampleRate ?? commonRate(segments);
  const gap = Math.max(0, Math.round(options.gapSeconds * sampleRate) || 0);
  let start = 0;
  let stretch = { start, samples: 0 };
  const pieces = segments.map((segment, at) => {
    if (!goesOn(segments[at - 1], segment, gap)) stretch = { start, samples: 0 };
    stretch.samples += samplesOf(segment);
    const { sampleRate: from } = segment.clip.format;
    const end = stretch.start + resampledLength(stretch.samples, from, sampleRate);
    const piece = { segment, start, length: end - start };
    start = end + gap;
    return piece;
  });
  return { sampleRate, gap, pieces, length: Math.max(0, start - gap) };
}

/** Whether the sound of the one may go on in that of the other: they follow one another, and have one rate. */
export function goesOn(
  before: SpokenSegment | undefined,
  segment: SpokenSegment | undefined,
  gap: number,
): boolean {
  return gap === 0 && before?.clip.format.sampleRate === segment?.clip.format.sampleRate;
}

/** The timeline of one of its pieces alone. */
export function cutOut({ sampleRate }: Timeline, { segment, length }: Piece): Timeline {
  return { sampleRate, gap: 0, pieces: [{ segment, start: 0, length }], length };
}

/** The rate that most of the sound has; of two that have as much, the higher one. */
export function commonRate(segments: readonly SpokenSegment[]): number {
  const seconds = new Map<number, number>();
  for (const { clip } of segments) {
    const { sampleRate } = clip.format;
    seconds.set(sampleRate, (seconds.get(sampleRate) ?? 0) + clip.seconds);
  }
  const [most] = [...seconds].sort(([a, inA], [b, inB]) => inB - inA || b - a);
  return most?.[0] ?? 44100;
}

function samplesOf({ clip: { format, bytes } }: SpokenSegment): number {
  return Math.floor(bytes / bytesPerSample(format.encoding));
}
