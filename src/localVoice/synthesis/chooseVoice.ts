import {
  documentedVoices as voicesOfService,
  type DocumentedVoice,
} from "../../protocol/documentedVoices.ts";
import { fliteVoices } from "./ownVoices.ts";
import type { FliteVoice } from "./ownVoices.ts";

/** The service's documented voices, by the one of ours of the same gender, which speaks for them. */
const documentedVoices: Readonly<Record<FliteVoice, readonly DocumentedVoice[]>> = {
  slt: voicesOfService.feminine,
  rms: voicesOfService.masculine,
};

/** That of the official clients' README: its gender is not documented, so that its hash decides, as for any other. */
const exampleVoice: DocumentedVoice = {
  id: "e07c00bc-4134-4eae-9ea4-1a55fb45746b",
  name: "Example",
};

/** Decibels that bring both voices to about the same level, -20 dBFS. */
const voiceGains: Readonly<Record<FliteVoice, number>> = { rms: 1, slt: -4.5 };

/** The voice that speaks for a voice id: any id has one, always the same; `rms` and `slt` name themselves. */
export function chooseVoice(voiceId: string): FliteVoice {
  const id = voiceId.toLowerCase();
  const known = fliteVoices.find((voice) => voice === id || placeOf(id, voice) >= 0);
  return known ?? (hash(id) >= 2 ** 31 ? "slt" : "rms");
}

/** A documented voice by its id; `undefined` where it is none. */
export function documentedVoice(voiceId: string): DocumentedVoice | undefined {
  const id = voiceId.toLowerCase();
  return [...documentedVoices[chooseVoice(id)], exampleVoice].find((voice) => voice.id === id);
}

function placeOf(id: string, voice: FliteVoice): number {
  return documentedVoices[voice].findIndex((known) => known.id === id);
}

/**
 * By how much voice ids that have one of ours in common differ: steps that are heard. Each shifts the pitch and, as a
 * longer or shorter throat would, the colour of the voice.
 */
const tones = [1, 0.9, 1.1, 0.85, 1.15, 0.95, 1.05] as const;

/**
 * The factor of a voice's own pitch at which it speaks for a voice id: any id has one, always the same. It is 1 for `rms`
 * and `slt`, and for the first documented voice of each; the other documented ones have one each, in their order, as far
 * as there are any. Any other id has that which its hash falls on, so that two may have the same.
 */
export function toneOf(voiceId: string): number {
  const id = voiceId.toLowerCase();
  if (fliteVoices.some((voice) => voice === id)) return 1;
  const place = placeOf(id, chooseVoice(id));
  return tones[(place < 0 ? hash(id) : place) % tones.length] ?? 1;
}

/** The factor of the amplitude at which a voice is heard. @param volume 1 is the voice's own */
export function gainOf(voice: FliteVoice, volume: number): number {
  return volume * 10 ** (voiceGains[voice] / 20);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
