import type { SpeechOptions } from "../../script/model/script.ts";
import { inertText } from "../../session/connection/inertText.ts";

/** Who is there to speak. */
export interface Voices {
  /** The script's own voice, by its id. */
  readonly own: string;
  readonly cast: NonNullable<SpeechOptions["cast"]>;
  /** The name of a voice, where it is known. */
  readonly nameOf: (voice: string) => string | undefined;
}

/**
 * What lenses say of who speaks, by speakers; `undefined` is nobody in particular. A voice is named where the script is said
 * in more than one: else it would be the same at each segment, and panel and status bar tell it.
 */
export function speakerLabels(
  speakers: readonly (string | undefined)[],
  { own, cast, nameOf }: Voices,
): ReadonlyMap<string | undefined, string> {
  const used = [...new Set(speakers)].map((speaker) => ({
    speaker,
    voice: speaker !== undefined && Object.hasOwn(cast, speaker) ? cast[speaker]?.voice : own,
  }));
  const isOne = new Set(used.map(({ voice }) => voice)).size < 2;
  const labels = used.map(({ speaker, voice = own }) => {
    const words = [speaker, isOne ? undefined : nameOf(voice)];
    return [speaker, words.flatMap((word) => (word ? shortened(word) : [])).join(", ")] as const;
  });
  return new Map(labels.filter(([, label]) => label !== ""));
}

/** A line of lenses is no longer than a look takes. */
const longestName = 24;

function shortened(name: string): string {
  const plain = inertText(name);
  return plain.length > longestName ? `${plain.slice(0, longestName - 1).trimEnd()}…` : plain;
}
