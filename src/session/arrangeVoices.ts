import type { Voice } from "./voicePage.ts";

/** What a list of voices is made of. */
export interface VoicesToArrange {
  /** All that the service has, as far as they have come. */
  readonly all: readonly Voice[];
  /** The ids that the script names. */
  readonly inScript: readonly string[];
  /** The ids that were used last, the last one first. */
  readonly lately: readonly string[];
  /** What the service found for what was typed. */
  readonly found: readonly Voice[];
}

/** Voices that belong together in a list. */
export interface VoiceGroup {
  readonly kind: "script" | "lately" | "all";
  readonly voices: readonly Voice[];
}

/**
 * A service's voices as they are listed: those of the script on top, then those used lately, then all others, one's own before
 * the library's; each voice once. Groups without a voice are left out, as are ids that the service has not told of.
 */
export function arrangeVoices({ all, inScript, lately, found }: VoicesToArrange): VoiceGroup[] {
  const known = new Map([...all, ...found].map((voice) => [voice.id, voice]));
  const take = (ids: Iterable<string>): Voice[] =>
    [...ids].flatMap((id) => {
      const voice = known.get(id);
      known.delete(id);
      return voice ?? [];
    });
  const groups: VoiceGroup[] = [
    { kind: "script", voices: take(inScript) },
    { kind: "lately", voices: take(lately) },
    { kind: "all", voices: byOwner([...known.values()]) },
  ];
  return groups.filter(({ voices }) => voices.length > 0);
}

function byOwner(voices: readonly Voice[]): Voice[] {
  const [own, others] = [true, false].map((is) => voices.filter(({ isOwner }) => isOwner === is));
  return [...(own ?? []), ...(others ?? [])];
}
