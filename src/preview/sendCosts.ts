import { estimateCredits } from "./estimateCredits.ts";
import { mostLeadIns, type PlannableSegment, type RunCost } from "./plan.ts";

/** What the presses that a script offers would send, as `planRun` plans them. */
export interface SendCosts {
  /** For each segment, a press for it alone. */
  readonly own: readonly RunCost[];
  /** For each segment, a press for all from it on. */
  readonly fromHere: readonly RunCost[];
  /** A press for the whole script. */
  readonly script: RunCost;
  /** For each segment, a press to say it again; in characters. */
  readonly again: readonly number[];
  /** For each segment, a press to say it again in context; in characters. */
  readonly againInContext: readonly number[];
}

const nothing: RunCost = { characters: 0, credits: 0 };

/**
 * What each press would send, in one pass over the script: it is asked for whenever something has changed.
 * @param needsSpeech whether a segment is not ready, and not locked.
 * @param inContext whether what stands before a group is said first.
 */
export function sendCosts(
  segments: readonly PlannableSegment[],
  needsSpeech: (segment: number) => boolean,
  inContext: boolean,
): SendCosts {
  const own = segments.map(() => nothing);
  const fromHere = segments.map(() => nothing);
  const speakable = segments.filter((segment) => segment.speakable);
  /** All from here on, but for what is said before a group that begins here. */
  let following = nothing;
  let leadIn = nothing;
  let nextNeedsSpeech = false;
  for (let at = speakable.length - 1; at >= 0; at--) {
    const segment = speakable[at];
    if (!segment) continue;
    const needs = needsSpeech(segment.index);
    if (needs) {
      const joined = sum(costOf(segment, nextNeedsSpeech), following);
      leadIn = inContext ? costOfLeadIn(speakable, at) : nothing;
      own[segment.index] = sum(costOf(segment, false), leadIn);
      following = joined;
    } else if (nextNeedsSpeech) {
      following = sum(following, leadIn);
      leadIn = nothing;
    }
    fromHere[segment.index] = sum(following, needs ? leadIn : nothing);
    nextNeedsSpeech = needs;
  }
  spread(fromHere, segments);
  const againInContext = charactersInContext(segments);
  const again = inContext ? againInContext : segments.map(charactersOf);
  return { own, fromHere, script: fromHere[0] ?? nothing, again, againInContext };
}

/** For each segment its characters, and those of what is said before it. */
function charactersInContext(segments: readonly PlannableSegment[]): number[] {
  const before: number[] = []; // of the last ones that can be said
  return segments.map((segment) => {
    const own = charactersOf(segment);
    const all = before.reduce((total, characters) => total + characters, own);
    if (segment.speakable) before.push(own + segment.seam.length);
    if (before.length > mostLeadIns) before.shift();
    return segment.speakable ? all : 0;
  });
}

function charactersOf({ speakable, transcript }: PlannableSegment): number {
  return speakable ? transcript.length : 0;
}

/** From a segment with nothing to say on is from the next one on. */
function spread(fromHere: RunCost[], segments: readonly PlannableSegment[]): void {
  let next = nothing;
  for (let at = segments.length - 1; at >= 0; at--) {
    if (segments[at]?.speakable) next = fromHere[at] ?? nothing;
    else fromHere[at] = next;
  }
}

function costOfLeadIn(speakable: readonly PlannableSegment[], at: number): RunCost {
  const before = speakable.slice(Math.max(0, at - mostLeadIns), at);
  return before.map((segment) => costOf(segment, true)).reduce(sum, nothing);
}

function costOf({ transcript, seam }: PlannableSegment, withSeam: boolean): RunCost {
  const seamLength = withSeam ? seam.length : 0;
  return {
    characters: transcript.length + seamLength,
    credits: estimateCredits(transcript) + seamLength,
  };
}

function sum(one: RunCost, other: RunCost): RunCost {
  return {
    characters: one.characters + other.characters,
    credits: one.credits + other.credits,
  };
}
