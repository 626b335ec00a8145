import {
  Alike,
  mostLeadIns,
  type PlannableSegment,
  type RateOf,
  type RunCost,
  type SoundOf,
  estimateCredits,
} from "./plan.ts";

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
 * @param rateOf what a character costs, by how it sounds.
 */
export function sendCosts(
  segments: readonly PlannableSegment[],
  needsSpeech: (segment: number) => boolean,
  inContext: boolean,
  soundOf: SoundOf = () => undefined,
  rateOf: RateOf = () => 1,
): SendCosts {
  const costOf: CostOf = (segment, withSeam) =>
    costAt(segment, withSeam, rateOf(soundOf(segment.speaker)));
  const leadInOf = (at: number): RunCost =>
    inContext
      ? leadInsAt(speakable, at, soundOf)
          .map((one) => costOf(one, true))
          .reduce(sum, nothing)
      : nothing;
  const own = segments.map(() => nothing);
  const fromHere = segments.map(() => nothing);
  const speakable = segments.filter((segment) => segment.speakable);
  const sounds = speakable.map(({ speaker }) => soundOf(speaker));
  /** Whether each is spoken in a press for all from here on: of those alike the first one is. */
  const spoken: boolean[] = [];
  const joins = (at: number): boolean =>
    spoken[at] === true && spoken[at + 1] === true && sounds[at] === sounds[at + 1];
  const costHere = (at: number): RunCost => {
    const segment = speakable[at];
    if (!segment || !spoken[at]) return nothing;
    return sum(costOf(segment, joins(at)), joins(at - 1) ? nothing : leadInOf(at));
  };
  const alike = new Alike<number>();
  let following = nothing;
  for (let at = speakable.length - 1; at >= 0; at--) {
    const segment = speakable[at];
    if (!segment) continue;
    const { index, transcript } = segment;
    if (needsSpeech(index)) {
      const copy = alike.of(sounds[at], transcript);
      alike.set(sounds[at], transcript, at);
      // What each costs depends on its neighbours, and on no others.
      const touched = [at, at + 1, ...(copy === undefined ? [] : [copy - 1, copy, copy + 1])];
      const all = [...new Set(touched)];
      const before = all.map(costHere).reduce(sum, nothing);
      spoken[at] = true;
      if (copy !== undefined) spoken[copy] = false;
      following = less(sum(following, all.map(costHere).reduce(sum, nothing)), before);
      own[index] = sum(costOf(segment, false), leadInOf(at));
    }
    fromHere[index] = following;
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

/** Of what stands just before, what sounds alike. */
function leadInsAt(
  speakable: readonly PlannableSegment[],
  at: number,
  soundOf: SoundOf,
): readonly PlannableSegment[] {
  const sound = soundOf(speakable[at]?.speaker);
  const last = speakable.slice(Math.max(0, at - mostLeadIns), at);
  const other = last.map(({ speaker }) => soundOf(speaker) === sound).lastIndexOf(false);
  return last.slice(other + 1);
}

type CostOf = (segment: PlannableSegment, withSeam: boolean) => RunCost;

function costAt({ transcript, seam }: PlannableSegment, withSeam: boolean, rate: number): RunCost {
  const seamLength = withSeam ? seam.length : 0;
  return {
    characters: transcript.length + seamLength,
    credits: (estimateCredits(transcript) + seamLength) * rate,
  };
}

function less(one: RunCost, other: RunCost): RunCost {
  if (other.characters === 0) return one;
  return {
    characters: one.characters - other.characters,
    credits: one.credits - other.credits,
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
