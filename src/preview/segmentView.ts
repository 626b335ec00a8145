import type { Clip } from "../clips/clip.ts";
import type { PairedClip } from "../clips/pairClips.ts";
import type { Segment, Span } from "../script/script.ts";
import { placedWords, type PlacedWord } from "./placedWords.ts";
import type { RunState } from "./previewRun.ts";
import { heardClip } from "./segmentClips.ts";

/** What a segment's clip is, in words. */
export type SegmentState =
  RunState["state"] | "not spoken" | "ready" | "changed" | "nothing to say";

/** A segment and what is known of its clip. */
export interface SegmentView extends Span {
  readonly index: number;
  readonly transcript: string;
  /** Who says it, where the script names one. */
  readonly speaker: string | undefined;
  readonly state: SegmentState;
  /** Why it failed or is incomplete: one sentence. */
  readonly reason: string | undefined;
  /** The clip that is heard for it, where there is a whole one: of just its sound, or locked. */
  readonly clip: Clip | undefined;
  /** Whether its clip is kept as it is: it is not spoken until it is unlocked. */
  readonly locked: boolean;
  /** Whether it has a clip in place, if only that of a former text. */
  readonly placed: boolean;
  /** Other clips of its transcript, newest first. */
  readonly takes: readonly Clip[];
  /** The words of its clip that have a place in the transcript, by their starts. */
  readonly words: readonly PlacedWord[];
}

/** What a segment's state is decided by. */
export interface SegmentFacts {
  readonly pair: PairedClip | undefined;
  readonly takes: readonly Clip[];
  /** What the run that is on, or the last one, says of it. */
  readonly told: RunState | undefined;
}

/** A segment as it is now: what was known of it before, if that still holds in all. */
export function viewSegment(
  { index, start, end, transcript, speakable, speaker }: Segment,
  { pair, takes, told }: SegmentFacts,
  known?: SegmentView,
): SegmentView {
  const state: SegmentState = speakable ? (told?.state ?? stateOf(pair)) : "nothing to say";
  const clip = heardClip(pair);
  const locked = pair?.clip.locked ?? false;
  const placed = pair?.clip.segment !== undefined;
  const { reason } = told ?? {};
  const place = { index, start, end };
  const view = { ...place, transcript, speaker, state, reason, clip, locked, placed, takes };
  if (!known || !showsTheSame(view, known)) {
    return { ...view, words: clip ? wordsOf(clip, transcript) : [] };
  }
  const isUnmoved = known.index === index && known.start === start && known.end === end;
  return isUnmoved ? known : { ...view, words: known.words };
}

/** Whether two views show the same, wherever their segments stand in the document. */
export function showsTheSame(
  one: Omit<SegmentView, "words">,
  other: Omit<SegmentView, "words">,
): boolean {
  return (
    one.transcript === other.transcript &&
    one.speaker === other.speaker &&
    one.state === other.state &&
    one.reason === other.reason &&
    one.clip === other.clip &&
    one.locked === other.locked &&
    one.placed === other.placed &&
    one.takes.length === other.takes.length &&
    one.takes.every((take, at) => take === other.takes[at])
  );
}

function stateOf(pair: PairedClip | undefined): "not spoken" | "changed" | "ready" {
  if (!pair) return "not spoken";
  return pair.fit === "former" ? "changed" : "ready";
}

/** The words of clips, placed once for each. */
const placed = new WeakMap<Clip, readonly PlacedWord[]>();

/** The words of a segment's clip that have a place in its transcript, by their starts. */
export function wordsOf(clip: Clip, transcript: string): readonly PlacedWord[] {
  const words = placed.get(clip) ?? placedWords(transcript, clip.words);
  placed.set(clip, words);
  return words;
}
