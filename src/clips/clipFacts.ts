import type { AudibleSpan } from "../audio/audible.ts";
import type { ClipFacts } from "./clip.ts";

/** What a WAV file's comment and a manifest's entry both say of a clip. */
export type SaidOfClip = Omit<ClipFacts, "transcript" | "format" | "words">;

/** The facts of a clip that stand nowhere else in its file. */
export function saidOf(clip: ClipFacts): SaidOfClip {
  return {
    identity: clip.identity,
    service: clip.service,
    model: clip.model,
    voice: clip.voice,
    characters: clip.characters,
    flushIds: clip.flushIds,
    timeToFirstByteMs: clip.timeToFirstByteMs,
    timeToFirstAudibleMs: clip.timeToFirstAudibleMs,
    synthesisMs: clip.synthesisMs,
    audible: clip.audible,
    spokenAt: clip.spokenAt,
  };
}

/** Reads what is said of a clip. Only the identity makes it ours; the rest may be missing, as older clips lack some of it. */
export function readSaid(said: unknown): SaidOfClip | undefined {
  if (!isRecord(said) || typeof said.identity !== "string" || said.identity === "") {
    return undefined;
  }
  const flushIds: readonly unknown[] = Array.isArray(said.flushIds) ? said.flushIds : [];
  return {
    identity: said.identity,
    service: stringOr("", said.service),
    model: stringOr("", said.model),
    voice: stringOr("", said.voice),
    characters: numberOr(0, said.characters),
    flushIds: flushIds.filter((id): id is number | null => id === null || typeof id === "number"),
    timeToFirstByteMs: numberOr(null, said.timeToFirstByteMs),
    timeToFirstAudibleMs: numberOr(null, said.timeToFirstAudibleMs),
    synthesisMs: numberOr(null, said.synthesisMs),
    audible: readSpan(said.audible),
    spokenAt: stringOr("", said.spokenAt),
  };
}

/** The audible stretch of a sound so many seconds long: none where what is said of it can't be, as after a tool has cut it. */
export function audibleWithin(said: AudibleSpan | null, seconds: number): AudibleSpan | null {
  return said && said.end <= seconds ? said : null;
}

/** What JSON `text` says; `undefined` where it is none. A byte order mark is passed over. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readSpan(value: unknown): AudibleSpan | null {
  if (!isRecord(value)) return null;
  const { start, end } = value;
  if (typeof start !== "number" || typeof end !== "number") return null;
  return start >= 0 && end >= start ? { start, end } : null;
}

function stringOr<T>(otherwise: T, value: unknown): string | T {
  return typeof value === "string" ? value : otherwise;
}

function numberOr<T>(otherwise: T, value: unknown): number | T {
  return typeof value === "number" ? value : otherwise;
}
