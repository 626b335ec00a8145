import type { Clip } from "../clips/clip.ts";
import type { Segment, Span } from "../script/script.ts";
import { placedWords, type PlacedWord } from "./placedWords.ts";
import type { RunState } from "./previewRun.ts";

/** What a segment's clip is, in words. */
export type SegmentState =
  RunState["state"] | "not spoken" | "ready" | "changed" | "nothing to say";

/** A segment and what is known of its clip. */
export interface SegmentView extends Span {
  readonly index: number;
  readonly transcript: string;
  readonly state: SegmentState;
  /** Why it failed or is incomplete: one sentence. */
  readonly reason: string | undefined;
  /** Its clip, where there is a whole one of just this sound. */
  readonly clip: Clip | undefined;
  /** The words of its clip that have a place in the transcript, by their starts. */
  readonly words: readonly PlacedWord[];
}

/** What a segment's state is decided by. */
export interface SegmentFacts {
  readonly clip: Clip | undefined;
  /** What the run that is on, or the last one, says of it. */
  readonly told: RunState | undefined;
  /** Whether another text was spoken in its place. */
  readonly wasSpoken: boolean;
}

/** A segment as it is now: what was known of it before, if that still holds in all. */
export function viewSegment(
  { index, start, end, transcript, speakable }: Segment,
  { clip, told, wasSpoken }: SegmentFacts,
  known?: SegmentView,
): SegmentView {
  const state = !speakable
    ? "nothing to say"
    : (told?.state ?? (clip ? "ready" : wasSpoken ? "changed" : "not spoken"));
  const reason = told?.reason;
  const isKnown =
    known?.state === state &&
    known.transcript === transcript &&
    known.clip === clip &&
    known.reason === reason &&
    known.index === index;
  if (isKnown && known.start === start && known.end === end) return known;
  const words = isKnown ? known.words : clip ? wordsOf(clip, transcript) : [];
  return { index, start, end, transcript, state, reason, clip, words };
}

/** The words of clips, placed once for each. */
const placed = new WeakMap<Clip, readonly PlacedWord[]>();

/** The words of a segment's clip that have a place in its transcript, by their starts. */
export function wordsOf(clip: Clip, transcript: string): readonly PlacedWord[] {
  const words = placed.get(clip) ?? placedWords(transcript, clip.words);
  placed.set(clip, words);
  return words;
}
