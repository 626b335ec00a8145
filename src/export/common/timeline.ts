import { bytesPerSample } from "../../audio/pcm.ts";
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

/** Lays segments behind one another, each as many samples as its clip has at the common rate, with the same gap between any two. */
export function layOut(segments: readonly SpokenSegment[], options: TimelineOptions): Timeline {
  const sampleRate = options.sampleRate ?? commonRate(segments);
  const gap = Math.max(0, Math.round(options.gapSeconds * sampleRate) || 0);
  let start = 0;
  const pieces = segments.map((segment) => {
    const piece = { segment, start, length: lengthAt(segment, sampleRate) };
    start += piece.length + gap;
    return piece;
  });
  return { sampleRate, gap, pieces, length: Math.max(0, start - gap) };
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

/** As many samples as `Resampler` gives. */
function lengthAt({ clip }: SpokenSegment, sampleRate: number): number {
  const { format, bytes } = clip;
  const samples = Math.floor(bytes / bytesPerSample(format.encoding));
  return Math.round((samples * sampleRate) / format.sampleRate);
}
