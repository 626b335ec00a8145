import type { Voice, VoiceQuery } from "../session/voices/voices.ts";
import type { Speaker } from "./speaker.ts";

export type { Voice, VoiceQuery };

/** Voices that were found, and the result as JSON can hold it. */
export interface FoundVoices {
  readonly voices: readonly Voice[];
  readonly document: object;
}

/** Asks a service for its voices. @throws Failure where it does not answer. */
export async function findVoices(
  query: VoiceQuery,
  speaker: Speaker,
  stop: AbortSignal,
): Promise<FoundVoices> {
  const { listVoices } = await import("../session/voices/voices.ts");
  const voices = await listVoices(await speaker.endpoint(), query, stop);
  return { voices, document: { command: "voices", service: speaker.name, voices } };
}
