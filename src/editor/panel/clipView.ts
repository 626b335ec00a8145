import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Clip } from "../../clips/model/clip.ts";
import type { ClipTiming, ClipView, Cost, TakeView } from "../../panel/messages.ts";
import type { SegmentView } from "../../preview/scriptPreview.ts";
import type { RunRequest } from "../../preview/plan/plan.ts";
import { inertName, inertText } from "../../session/connection/inertText.ts";

/** What a panel shows of a segment that is not in its view. */
export interface ShownWith {
  /** Where the page finds a clip's file. */
  readonly source: (clip: Clip) => string;
  /** The name of the voice that a clip was said with. */
  readonly nameOf: (clip: Clip) => string;
  /** The id of the voice that the script asks for: of a speaker, or where nobody in particular speaks. */
  readonly voiceOf: (speaker: string | undefined) => string | undefined;
  /** How many characters a press would send. */
  readonly sends: (request: RunRequest) => number;
  /** What Preview Script would send. */
  readonly cost: Cost;
}

/** As many takes of a text as a user can want to be kept, and the one of an undone edit: a stranger's folder may have any number. */
const mostTakes = 51;

/** A segment as its panel shows it. */
export function clipViewOf(view: SegmentView, shown: ShownWith): ClipView {
  const { id, index, transcript, speaker, state, reason, clip, words, locked } = view;
  const takes = view.takes.slice(0, mostTakes);
  return {
    segment: id,
    index,
    transcript,
    ...(speaker !== undefined && { speaker: inertName(speaker) }),
    state,
    ...(reason !== undefined && { reason: inertText(reason) }),
    ...(clip && { seconds: clip.seconds, src: shown.source(clip), timing: timingOf(clip) }),
    ...(clip?.audible && { audible: clip.audible }),
    ...(clip && clip.voice !== shown.voiceOf(speaker) && { voice: shown.nameOf(clip) }),
    ...(words.length > 0 && { words }),
    ...(locked && { locked }),
    ...(takes.length > 0 && { takes: takes.map((take) => takeViewOf(take, shown)) }),
    ...shownSending(sendingOf({ index, hasClip: clip !== undefined, takes }, shown)),
  };
}

/** What presses for a segment would send, in characters: those that its row offers. */
type Sending = Required<Pick<ClipView, "toSend" | "again" | "inContext">>;

function sendingOf(
  row: { readonly index: number; readonly hasClip: boolean; readonly takes: readonly unknown[] },
  { sends }: ShownWith,
): Sending {
  const request = { kind: "segment", segment: row.index } as const;
  return {
    toSend: sends(request),
    again: row.hasClip ? sends({ ...request, again: true }) : 0,
    inContext: row.takes.length > 0 ? sends({ ...request, again: true, inContext: true }) : 0,
  };
}

/** As a view has it: without what is nothing. */
function shownSending({ toSend, again, inContext }: Sending): Partial<Sending> {
  return {
    ...(toSend > 0 && { toSend }),
    ...(again > 0 && { again }),
    ...(inContext > 0 && { inContext }),
  };
}

/** A view with what presses would send now; the very same where they would send what they did. */
export function withSending(view: ClipView, shown: ShownWith): ClipView {
  const { index, src, takes = [], toSend = 0, again = 0, inContext = 0 } = view;
  const now = sendingOf({ index, hasClip: src !== undefined, takes }, shown);
  const isSame = toSend === now.toSend && again === now.again && inContext === now.inContext;
  if (isSame) return view;
  const others: { -readonly [Key in keyof ClipView]: ClipView[Key] } = { ...view };
  delete others.toSend;
  delete others.again;
  delete others.inContext;
  return { ...others, ...shownSending(now) };
}

/** Whether two views of a segment show the same; what else they hold comes from the clip, and that from its address. */
export function isSameView(one: ClipView, other: ClipView): boolean {
  return (
    one.segment === other.segment &&
    one.index === other.index &&
    one.transcript === other.transcript &&
    one.speaker === other.speaker &&
    one.state === other.state &&
    one.reason === other.reason &&
    one.src === other.src &&
    one.locked === other.locked &&
    one.voice === other.voice &&
    one.toSend === other.toSend &&
    one.again === other.again &&
    one.inContext === other.inContext &&
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
