import type { Clip } from "../../clips/model/clip.ts";
import type { PairedClip } from "../../clips/pairing/pairClips.ts";
import type { Segment, Span } from "../../script/model/script.ts";
import { reasonUnfilled } from "../../script/transcript/variables.ts";
import { placedWords, type PlacedWord } from "../plan/placedWords.ts";
import type { RunState } from "../run/previewRun.ts";
import { heardClip } from "./segmentClips.ts";

/** What a segment's clip is, in words. */
export type SegmentState =
  RunState["state"] | "not spoken" | "ready" | "changed" | "nothing to say";

/** A segment and what is known of its clip. */
export interface SegmentView extends Span {
  /** Names it, whatever is edited before it. */
  readonly id: number;
  /** Its place in the script, from 0. */
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
  /** Whether it has a clip, if only that of a former text: one in place, or that gets its place when the clips are settled. */
  readonly placed: boolean;
  /** Other clips of its transcript, newest first. */
  readonly takes: readonly Clip[];
  /** Whether it has something to say that is not known, for a variable has no value. */
  readonly unfilled: boolean;
  /** The words of its clip that have a place in the transcript, by their starts. */
  readonly words: readonly PlacedWord[];
}

/** What a segment's state is decided by. */
export interface SegmentFacts {
  readonly id: number;
  readonly pair: PairedClip | undefined;
  readonly takes: readonly Clip[];
  /** What the run that is on, or the last one, says of it. */
  readonly told: RunState | undefined;
}

/** What is known of each segment, as it was last looked at: what has not changed since is the very same object. */
export class SegmentViews {
  #views: SegmentView[] = [];

  /** These segments, or all, as they were last looked at. */
  known(indexes?: readonly number[]): readonly SegmentView[] {
    return indexes ? indexes.flatMap((index) => this.#views[index] ?? []) : this.#views;
  }

  /** A segment as it is now. */
  view(segment: Segment, facts: SegmentFacts): SegmentView {
    const known = this.#views[segment.index];
    const view = viewSegment(segment, facts, known);
    this.#views[segment.index] = view;
    return view;
  }

  /**
   * Looks at all segments again.
   * @returns those that show something else than before, wherever they stand in the document; `undefined` where segments
   *   have come or gone
   */
  update(
    segments: readonly Segment[],
    factsOf: (segment: Segment) => SegmentFacts,
  ): number[] | undefined {
    const before = this.#views;
    const changed: number[] = [];
    this.#views = segments.map((segment) => {
      const old = before[segment.index];
      const view = viewSegment(segment, factsOf(segment), old);
      if (view !== old && !(old && showsTheSame(view, old))) changed.push(segment.index);
      return view;
    });
    return before.length === segments.length ? changed : undefined;
  }
}

/** A segment as it is now: what was known of it before, if that still holds in all. */
export function viewSegment(
  { index, start, end, transcript, speakable, speaker, unfilled }: Segment,
  { id, pair, takes, told }: SegmentFacts,
  known?: SegmentView,
): SegmentView {
  const clip = heardClip(pair);
  // One object for each segment and keystroke, and no more: there may be ten thousand of them.
  const view: { -readonly [Key in keyof SegmentView]: SegmentView[Key] } = {
    id,
    index,
    start,
    end,
    transcript,
    speaker,
    state: unfilled ? "failed" : speakable ? (told?.state ?? stateOf(pair)) : "nothing to say",
    reason: unfilled ? reasonUnfilled(unfilled) : told?.reason,
    clip,
    locked: pair?.clip.locked ?? false,
    placed: pair !== undefined,
    takes,
    unfilled: unfilled !== undefined,
    words: noWords,
  };
  if (!known || !showsTheSame(view, known)) {
    if (clip) view.words = wordsOf(clip, transcript);
    return view;
  }
  const isThere = known.id === id && known.index === index;
  if (isThere && known.start === start && known.end === end) return known;
  view.words = known.words;
  return view;
}

const noWords: readonly PlacedWord[] = [];

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
    isSameList(one.takes, other.takes)
  );
}

function isSameList(one: readonly Clip[], other: readonly Clip[]): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((clip, at) => clip === other[at]);
}

function stateOf(pair: PairedClip | undefined): "not spoken" | "changed" | "ready" {
  if (!pair) return "not spoken";
  return pair.fit === "former" ? "changed" : "ready";
}

/** The words of clips, placed once for each, in the transcript that they were asked for last. */
const placedIn = new WeakMap<
  Clip,
  { readonly transcript: string; readonly words: readonly PlacedWord[] }
>();

/** The words of a segment's clip that have a place in its transcript, by their starts. A locked clip may be of another one. */
export function wordsOf(clip: Clip, transcript: string): readonly PlacedWord[] {
  const known = placedIn.get(clip);
  if (known?.transcript === transcript) return known.words;
  const words = placedWords(transcript, clip.words);
  placedIn.set(clip, { transcript, words });
  return words;
}
