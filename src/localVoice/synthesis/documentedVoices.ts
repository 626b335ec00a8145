import { fliteVoices } from "./ownVoices.ts";
import type { FliteVoice } from "./ownVoices.ts";

/** A voice of the service that its documentation and its examples name. */
export interface DocumentedVoice {
  readonly id: string;
  readonly name: string;
}

/**
 * The service's documented voices, by gender: theirs is taken by one of ours of the same.
 * Source: Cartesia TTS WebSocket reference, voice ids.
 */
const documentedVoices: Readonly<Record<FliteVoice, readonly DocumentedVoice[]>> = {
  slt: [
    { id: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b", name: "Tessa" }, // the voice of the service's examples
    { id: "f786b574-daa5-4673-aa0c-cbe3e8534c02", name: "Katie" },
    { id: "9626c31c-bec5-4cca-baa8-f8ba9e84c8bc", name: "Jacqueline" },
    { id: "db6b0ed5-d5d3-463d-ae85-518a07d3c2b4", name: "Skylar" },
    { id: "bf0a246a-8642-498a-9950-80c35e9276b5", name: "Sophie" },
    { id: "cbaf8084-f009-4838-a096-07ee2e6612b1", name: "Maya" },
    { id: "cc00e582-ed66-4004-8336-0175b85c85f6", name: "Dana" },
    { id: "26403c37-80c1-4a1a-8692-540551ca2ae5", name: "Marian" },
  ],
  rms: [
    { id: "a5136bf9-224c-4d76-b823-52bd5efcffcc", name: "Jameson" },
    { id: "0834f3df-e650-4766-a20c-5a93a43aa6e3", name: "Leo" },
    { id: "6776173b-fd72-460d-89b3-d85812ee518d", name: "Jace" },
    { id: "c961b81c-a935-4c17-bfb3-ba2239de8c2f", name: "Kyle" },
    { id: "f4a3a8e4-694c-4c45-9ca0-27caf97901b5", name: "Gavin" },
  ],
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
