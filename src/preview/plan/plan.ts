import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import { findServiceTags, SPELL_END, SPELL_START } from "../../script/model/serviceTags.ts";

/** Which part of a script a press of Preview is for. */
export type RunScope =
  | { readonly kind: "script" }
  /** What of the script needs speech, and no more: not for a press, but because the script was saved. */
  | { readonly kind: "changed" }
  | { readonly kind: "segment"; readonly segment: number }
  /** All from the first to the last, both included. */
  | { readonly kind: "range"; readonly first: number; readonly last: number }
  | { readonly kind: "from"; readonly segment: number };

/** How what a press is for is to be spoken, where it is not the usual way. */
export interface SpeechVariation {
  /** Whether what is ready is said, too. */
  readonly again?: boolean;
  /** Whether what stands before is said first, for the prosody alone. */
  readonly inContext?: boolean;
  /** A voice's id: what is ready is said with it, too, and saved as takes. */
  readonly voice?: string;
  /** What is said of a segment instead of its transcript, and saved as a take; nothing is said of it where that is "". */
  readonly said?: { readonly segment: number; readonly transcript: string };
}

/** One press of Preview. */
export type RunRequest = RunScope & SpeechVariation;

/** What planning needs to know of a segment. */
export interface PlannableSegment {
  readonly index: number;
  readonly transcript: string;
  readonly seam: string;
  readonly speakable: boolean;
  /** There where it is not speakable, for some variables of it have no value. */
  readonly unfilled?: readonly unknown[];
  readonly speaker?: string;
}

/** How a speaker sounds, or without a name the script: of those that sound alike the same object. */
export type SoundOf = (speaker: string | undefined) => VoiceOptions | undefined;

/** How many credits each character costs that is said in this way. */
export type RateOf = (sound: VoiceOptions | undefined) => number;

/** What planning needs to know of the segments' clips. */
export interface PlannableClips {
  /** Whether a segment has a clip of just its sound. */
  readonly isReady: (segment: number) => boolean;
  /** Whether a segment's clip is to be left alone: it is not spoken again, except as a take. */
  readonly isLocked: (segment: number) => boolean;
}

/** One segment that is to be spoken. */
export interface SpeechTask {
  /** The segment's index in the script. */
  readonly segment: number;
  /** Without the seam. */
  readonly transcript: string;
  /** White space to be sent at its end when the next task of the group follows in the same context. */
  readonly seam: string;
  /** How it sounds; absent where that is the run's own way. Those of one group sound alike. */
  readonly sound?: VoiceOptions;
  /** Said for its prosody only: its audio is dropped. */
  readonly leadIn?: boolean;
  /** Segments behind it that say the same with the same sound: they get its clip, and nothing is sent for them. */
  readonly copies?: readonly number[];
}

/** What speaking costs. */
export interface RunCost {
  /** UTF-16 units of all transcripts that are to be sent, seams and lead-ins included. */
  readonly characters: number;
  /** An estimate; for a service that charges. */
  readonly credits: number;
}

/** What a run does. */
export interface RunPlan extends RunCost {
  /** The segments to be heard, in the script's order, whether they need speech or have a clip. */
  readonly play: readonly number[];
  /** The segments that were asked for and can't be spoken, for some variables of theirs have no value. */
  readonly unfilled: readonly number[];
  /** The segments that need speech, in the script's order; those of one group are neighbours and share a context. */
  readonly groups: readonly (readonly SpeechTask[])[];
}

/** How many segments are said before a group, where it is said in context. */
const mostLeadIns = 2;

/**
 * Plans a run: what is ready is not said again, unless that is wished, and what is to be said goes in as few contexts as
 * possible, so that neighbours keep their prosody. Of those that say the same with the same sound the first is said, and the
 * others are ready with it. Segments without anything to say do not part neighbours; those that
 * sound otherwise do: a context has one voice. A plan for a part of a long script takes no longer than that part.
 */
export function planRun(
  segments: readonly PlannableSegment[],
  request: RunRequest,
  clips: PlannableClips,
  soundOf: SoundOf = () => undefined,
  rateOf: RateOf = () => 1,
): RunPlan {
  const { again = false, inContext = false, said } = request;
  const asTakes = isForTakes(request);
  const needsSpeech = (index: number): boolean =>
    (asTakes || !clips.isLocked(index)) && (asTakes || again || !clips.isReady(index));
  const groups: SpeechTask[][] = [];
  const play: number[] = [];
  const lacking: number[] = [];
  const { first, last } = rangeOf(request, segments.length);
  const before: SpeechTask[] = []; // what can be said, up to here
  const alike = new Alike<{ copies?: number[] }>();
  let neighbours = false;
  const part = segments.slice(reachBack(segments, first), last + 1);
  for (const { index, transcript: own, seam, speakable, speaker, unfilled } of part) {
    const isAsked = index >= first;
    if (unfilled && isAsked) lacking.push(index);
    const transcript = said?.segment === index ? said.transcript : own;
    if (!speakable || transcript === "") continue;
    const sound = soundOf(speaker);
    const task: SpeechTask & { copies?: number[] } = {
      segment: index,
      transcript,
      seam,
      ...(sound && { sound }),
    };
    const isMissing = isAsked && needsSpeech(index);
    if (request.kind === "changed" ? isMissing : isAsked) play.push(index);
    const known = isMissing ? alike.of(sound, transcript) : undefined;
    if (known) known.copies = [...(known.copies ?? []), index];
    const isSpoken = isMissing && !known;
    if (isSpoken) alike.set(sound, transcript, task);
    if (isSpoken && neighbours && before.at(-1)?.sound === sound) groups.at(-1)?.push(task);
    else if (isSpoken) groups.push([...(inContext ? leadInsOf(before, sound) : []), task]);
    neighbours = isSpoken;
    before.push(task);
  }
  return { play, unfilled: lacking, groups, ...costOf(groups, rateOf) };
}

/** Whether what is ready is said, too. */
export function isSaidAnyway(variation: SpeechVariation): boolean {
  return (variation.again ?? false) || isForTakes(variation);
}

/** Whether what is spoken is no segment's own clip. */
export function isForTakes({ voice, said }: SpeechVariation): boolean {
  return voice !== undefined || said !== undefined;
}

/** What is sent for the tasks of one context: joined, they read as the script does, with nothing after the last. */
export function transcriptsOf(group: readonly SpeechTask[]): string[] {
  return group.map(({ transcript, seam }, at) =>
    at < group.length - 1 ? transcript + seam : transcript,
  );
}

/** The tasks of these groups whose audio is wanted. */
export function spokenTasks(groups: readonly (readonly SpeechTask[])[]): SpeechTask[] {
  return groups.flat().filter(({ leadIn }) => !leadIn);
}

/** The segments that these tasks are about: those that are spoken, and those that get the same clips; in no order. */
export function spokenSegments(groups: readonly (readonly SpeechTask[])[]): number[] {
  return spokenTasks(groups).flatMap(({ segment, copies = [] }) => [segment, ...copies]);
}

/** What is known of segments, by how they sound and what they say. */
class Alike<Known> {
  readonly #known = new Map<VoiceOptions | undefined, Map<string, Known>>();

  of(sound: VoiceOptions | undefined, transcript: string): Known | undefined {
    return this.#known.get(sound)?.get(transcript);
  }

  set(sound: VoiceOptions | undefined, transcript: string, known: Known): void {
    const ofSound = this.#known.get(sound) ?? new Map<string, Known>();
    this.#known.set(sound, ofSound.set(transcript, known));
  }
}

/** Of what stands just before, what sounds alike. */
function leadInsOf(before: readonly SpeechTask[], sound: VoiceOptions | undefined): SpeechTask[] {
  const last = before.slice(-mostLeadIns);
  const other = last.map((task) => task.sound === sound).lastIndexOf(false);
  return last.slice(other + 1).map((task) => ({ ...task, leadIn: true }));
}

/** What sending these groups costs. */
export function costOf(groups: readonly (readonly SpeechTask[])[], rateOf: RateOf): RunCost {
  let characters = 0;
  let credits = 0;
  for (const group of groups) {
    const rate = rateOf(group[0]?.sound);
    for (const transcript of transcriptsOf(group)) {
      characters += transcript.length;
      credits += estimateCredits(transcript) * rate;
    }
  }
  return { characters, credits };
}

/** The first and the last segment that are asked for. */
function rangeOf(
  scope: RunScope,
  count: number,
): { readonly first: number; readonly last: number } {
  switch (scope.kind) {
    case "script":
    case "changed":
      return { first: 0, last: count - 1 };
    case "segment":
      return { first: scope.segment, last: scope.segment };
    case "range":
      return scope;
    case "from":
      return { first: scope.segment, last: count - 1 };
  }
}

/** So far before a segment stands what may be said before it. */
function reachBack(segments: readonly PlannableSegment[], first: number): number {
  let at = first;
  for (let found = 0; at > 0 && found < mostLeadIns; at--) if (segments[at - 1]?.speakable) found++;
  return at;
}

/**
 * What saying a transcript costs at Cartesia, in credits: one for each UTF-16 unit, but one for a whole `<break …/>`, and one
 * for the two tags of a `<spell>` together. The service may count a little otherwise, once it has prepared the text.
 * Source: Cartesia's docs, "Pricing" and "SSML tags".
 */
export function estimateCredits(transcript: string): number {
  if (!transcript.includes("<")) return transcript.length;
  let credits = transcript.length;
  for (const { start, end, kind } of findServiceTags(transcript)) {
    if (kind === "spell") credits -= SPELL_START + SPELL_END - 1;
    else if (isBreak(transcript.slice(start, end))) credits -= end - start - 1;
  }
  return credits;
}

/**
 * How many credits a character costs with a professional voice clone, where another voice's costs one.
 * Source: Cartesia TTS WebSocket reference, price.
 */
export const proRate = 1.5;

function isBreak(tag: string): boolean {
  return /^<break/i.test(tag);
}
