import { estimateCredits } from "./estimateCredits.ts";
import { mostLeadIns, type PlannableSegment, type RunCost, type SoundOf } from "./plan.ts";

/** What the presses that a script offers would send, as `planRun` plans them. */
export interface SendCosts {
  /** For each segment, a press for it alone. */
  readonly own: readonly RunCost[];
  /** For each segment, a press for all from it on. */
  readonly fromHere: readonly RunCost[];
  /** A press for the whole script. */
  readonly script: RunCost;
  /** A press to say a segment again; in characters. */
  readonly again: (segment: number) => number;
  /** A press to say a segment again in context; in characters. */
  readonly againInContext: (segment: number) => number;
}

const nothing: RunCost = { characters: 0, credits: 0 };

/**
 * What each press would send, in one pass over the script: it is asked for whenever something has changed.
 * @param needsSpeech whether a segment is not ready, and not locked.
 * @param inContext whether what stands before a group is said first.
 * @param soundOf how speakers sound.
 */
export function sendCosts(
  segments: readonly PlannableSegment[],
  needsSpeech: (segment: number) => boolean,
  inContext: boolean,
  soundOf: SoundOf = () => undefined,
): SendCosts {
  const own = segments.map(() => nothing);
  const fromHere = segments.map(() => nothing);
  const speakable = segments.filter((segment) => segment.speakable);
  /** All from here on, but for what is said before a group that begins here. */
  let following = nothing;
  let leadIn = nothing;
  let next: { readonly sound: ReturnType<SoundOf> } | undefined; // where the next one needs speech
  for (let at = speakable.length - 1; at >= 0; at--) {
    const segment = speakable[at];
    if (!segment) continue;
    const needs = needsSpeech(segment.index);
    const sound = soundOf(segment.speaker);
    const joins = needs && next !== undefined && next.sound === sound;
    if (!joins) following = sum(following, leadIn); // a group begins behind it
    leadIn = nothing;
    if (needs) {
      following = sum(costOf(segment, joins), following);
      if (inContext) leadIn = costOfLeadIn(speakable, at, soundOf);
      own[segment.index] = sum(costOf(segment, false), leadIn);
    }
    fromHere[segment.index] = sum(following, leadIn);
    next = needs ? { sound } : undefined;
  }
  spread(fromHere, segments);
  let withContext: readonly number[] | undefined;
  const againInContext = (): readonly number[] =>
    (withContext ??= charactersInContext(segments, soundOf));
  return {
    own,
    fromHere,
    script: fromHere[0] ?? nothing,
    again: (at) => (inContext ? againInContext()[at] : charactersOf(segments[at])) ?? 0,
    againInContext: (at) => againInContext()[at] ?? 0,
  };
}

/** For each segment its characters, and those of what is said before it in the same way. */
function charactersInContext(segments: readonly PlannableSegment[], soundOf: SoundOf): number[] {
  let before: number[] = []; // of the last ones that can be said, as far as they sound alike
  let last: ReturnType<SoundOf>;
  return segments.map((segment) => {
    if (!segment.speakable) return 0;
    const own = charactersOf(segment);
    const sound = soundOf(segment.speaker);
    if (sound !== last) before = [];
    last = sound;
    const all = before.reduce((total, characters) => total + characters, own);
    before.push(own + segment.seam.length);
    if (before.length > mostLeadIns) before.shift();
    return all;
  });
}

function charactersOf(segment: PlannableSegment | undefined): number {
  return segment?.speakable ? segment.transcript.length : 0;
}

/** From a segment with nothing to say on is from the next one on. */
function spread(fromHere: RunCost[], segments: readonly PlannableSegment[]): void {
  let next = nothing;
  for (let at = segments.length - 1; at >= 0; at--) {
    if (segments[at]?.speakable) next = fromHere[at] ?? nothing;
    else fromHere[at] = next;
  }
}

function costOfLeadIn(
  speakable: readonly PlannableSegment[],
  at: number,
  soundOf: SoundOf,
): RunCost {
  const sound = soundOf(speakable[at]?.speaker);
  const last = speakable.slice(Math.max(0, at - mostLeadIns), at);
  const other = last.map(({ speaker }) => soundOf(speaker) === sound).lastIndexOf(false);
  const before = last.slice(other + 1);
  return before.map((segment) => costOf(segment, true)).reduce(sum, nothing);
}

function costOf({ transcript, seam }: PlannableSegment, withSeam: boolean): RunCost {
  const seamLength = withSeam ? seam.length : 0;
  return {
    characters: transcript.length + seamLength,
    credits: estimateCredits(transcript) + seamLength,
  };
}

/** Mostly there is nothing to add: then nothing is made. */
function sum(one: RunCost, other: RunCost): RunCost {
  if (other.characters === 0) return one;
  if (one.characters === 0) return other;
  return {
    characters: one.characters + other.characters,
    credits: one.credits + other.credits,
  };
}
