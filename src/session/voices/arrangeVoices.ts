import type { Voice } from "./voicePage.ts";

/** What of a voice decides its place. */
type Placed = Pick<Voice, "id" | "isOwner">;

/** What a list of voices is made of. */
export interface VoicesToArrange<Listed extends Placed = Voice> {
  /** All that the service has, as far as they have come. */
  readonly all: readonly Listed[];
  /** The ids that the script names. */
  readonly inScript: readonly string[];
  /** The ids that were used last, the last one first. */
  readonly recent: readonly string[];
  /** What the service found for what was typed. */
  readonly found: readonly Listed[];
}

/** Voices that belong together in a list. */
export interface VoiceGroup<Listed extends Placed = Voice> {
  readonly kind: "script" | "recent" | "all";
  readonly voices: readonly Listed[];
}

/**
 * A service's voices as they are listed: those of the script on top, then those used lately, then all others, one's own before
 * the library's; each voice once. Groups without a voice are left out, as are ids that the service has not told of.
 */
export function arrangeVoices<Listed extends Placed>({
  all,
  inScript,
  recent,
  found,
}: VoicesToArrange<Listed>): VoiceGroup<Listed>[] {
  const known = new Map([...all, ...found].map((voice) => [voice.id, voice]));
  const take = (ids: Iterable<string>): Listed[] =>
    [...ids].flatMap((id) => {
      const voice = known.get(id);
      known.delete(id);
      return voice ?? [];
    });
  const groups: VoiceGroup<Listed>[] = [
    { kind: "script", voices: take(inScript) },
    { kind: "recent", voices: take(recent) },
    { kind: "all", voices: byOwner([...known.values()]) },
  ];
  return groups.filter(({ voices }) => voices.length > 0);
}

function byOwner<Listed extends Placed>(voices: readonly Listed[]): Listed[] {
  const [own, others] = [true, false].map((is) => voices.filter(({ isOwner }) => isOwner === is));
  return [...(own ?? []), ...(others ?? [])];
}
