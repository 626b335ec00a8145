import { flushName } from "../../clips/model/fileName.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import { seamBetween } from "../../script/transcript/seam.ts";
import type { ExportSegment } from "../common/exportScript.ts";

/** A segment, as a program says it. */
export interface CodeSegment {
  /** Where its samples go: headerless, by the name of its clip. */
  readonly file: string;
  /** With the white space that joins it to the next one of its turn. */
  readonly transcript: string;
}

/** Neighbouring segments of one voice: what goes over one context. */
export interface CodeTurn {
  /** The name of its voice. */
  readonly voice: string;
  readonly segments: readonly CodeSegment[];
}

/** Who speaks in a program, and what. */
export interface CodeTurns {
  /** How the voices sound, by their names, in the order in which they are first heard. */
  readonly voices: ReadonlyMap<string, VoiceOptions>;
  readonly turns: readonly CodeTurn[];
}

/** What a program says in one voice. */
export interface CodeScript {
  readonly title: string;
  /** What is pushed between flushes, seams included: to the character what a preview sends. */
  readonly transcripts: readonly string[];
  readonly sound: VoiceOptions;
}

/** What a program says in several voices. */
export interface CodeDialogue extends CodeTurns {
  readonly title: string;
  /** Of the script; its voices have the model, the format and the dictionary of it. */
  readonly sound: VoiceOptions;
}

/**
 * Puts segments together as a preview does: neighbours that sound alike share a context, and are joined by a seam. A voice
 * has the name of who speaks with it first.
 * @param speakable those with something to say, in the script's order.
 * @param scriptSound how segments sound that do not say it themselves.
 */
export function codeTurns(
  speakable: readonly ExportSegment[],
  scriptSound: VoiceOptions,
): CodeTurns {
  const soundOf = ({ sound }: ExportSegment): VoiceOptions => sound ?? scriptSound;
  const names = nameVoices(speakable, soundOf);
  const turns: { voice: string; segments: CodeSegment[] }[] = [];
  for (const [at, segment] of speakable.entries()) {
    const [before, next] = [speakable[at - 1], speakable[at + 1]];
    const sound = soundOf(segment);
    const { index, transcript } = segment;
    const joins = next && soundOf(next) === sound;
    const said = {
      file: flushName(index, "raw"),
      transcript: joins ? transcript + seamBetween(transcript, next.transcript) : transcript,
    };
    if (before && soundOf(before) === sound) turns.at(-1)?.segments.push(said);
    else turns.push({ voice: names.get(sound) ?? "", segments: [said] });
  }
  return { voices: new Map([...names].map(([sound, name]) => [name, sound])), turns };
}

function nameVoices(
  segments: readonly ExportSegment[],
  soundOf: (segment: ExportSegment) => VoiceOptions,
): Map<VoiceOptions, string> {
  const isTaken = segments.some(({ speaker }) => speaker === "narrator");
  const nobody = isTaken ? "narrator:" : "narrator"; // no speaker's name has a colon
  const names = new Map<VoiceOptions, string>();
  for (const segment of segments) {
    const sound = soundOf(segment);
    if (!names.has(sound)) names.set(sound, segment.speaker ?? nobody);
  }
  return names;
}
