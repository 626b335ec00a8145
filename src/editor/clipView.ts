import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Clip } from "../clips/clip.ts";
import type { ClipTiming, ClipView, Cost, TakeView } from "../panel/messages.ts";
import type { SegmentView } from "../preview/scriptPreview.ts";

/** What a panel shows of a segment that is not in its view. */
export interface ShownWith {
  /** Where the page finds a clip's file. */
  readonly source: (clip: Clip) => string;
  /** The name of the voice that a clip was said with. */
  readonly nameOf: (clip: Clip) => string;
  /** The id of the voice that the script asks for: of a speaker, or where nobody in particular speaks. */
  readonly voiceOf: (speaker: string | undefined) => string | undefined;
  /** How many characters a press for this segment alone would send. */
  readonly toSend: (segment: number) => number;
  /** What Preview Script would send. */
  readonly cost: Cost;
}

/** A segment as its panel shows it. */
export function clipViewOf(view: SegmentView, shown: ShownWith): ClipView {
  const { index, transcript, speaker, state, reason, clip, words, locked, takes } = view;
  const toSend = shown.toSend(index);
  return {
    segment: index,
    transcript,
    ...(speaker !== undefined && { speaker }),
    state,
    ...(reason !== undefined && { reason }),
    ...(clip && { seconds: clip.seconds, src: shown.source(clip), timing: timingOf(clip) }),
    ...(clip?.audible && { audible: clip.audible }),
    ...(clip && clip.voice !== shown.voiceOf(speaker) && { voice: shown.nameOf(clip) }),
    ...(words.length > 0 && { words }),
    ...(locked && { locked }),
    ...(takes.length > 0 && { takes: takes.map((take) => takeViewOf(take, shown)) }),
    ...(toSend > 0 && { toSend }),
  };
}

/** Whether two views of a segment show the same; what else they hold comes from the clip, and that from its address. */
export function isSameView(one: ClipView, other: ClipView): boolean {
  return (
    one.transcript === other.transcript &&
    one.speaker === other.speaker &&
    one.state === other.state &&
    one.reason === other.reason &&
    one.src === other.src &&
    one.locked === other.locked &&
    one.voice === other.voice &&
    one.toSend === other.toSend &&
    isDeepStrictEqual(one.takes, other.takes)
  );
}

function takeViewOf(take: Clip, { source, nameOf }: ShownWith): TakeView {
  const { path, seconds, spokenAt } = take;
  return { id: basename(path), src: source(take), seconds, spokenAt, voice: nameOf(take) };
}

function timingOf({
  timeToFirstByteMs,
  timeToFirstAudibleMs,
  synthesisMs,
  seconds,
}: Clip): ClipTiming {
  return {
    ...(timeToFirstByteMs !== null && { firstByteMs: timeToFirstByteMs }),
    ...(timeToFirstAudibleMs !== null && { firstAudibleMs: timeToFirstAudibleMs }),
    ...(synthesisMs !== null && synthesisMs > 0 && { speed: seconds / (synthesisMs / 1000) }),
  };
}
