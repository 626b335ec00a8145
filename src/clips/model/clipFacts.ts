import type { AudibleSpan } from "../../audio/audible.ts";
import type { ClipFacts, ClipWord } from "./clip.ts";
import { clipLimits, mostWordsOf } from "./clipLimits.ts";

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

/**
 * Reads what is said of a clip. Only the identity makes it ours; the rest may be missing, as older clips lack some of it. What
 * can't be, such as a time below 0, counts as missing.
 */
export function readSaid(said: unknown): SaidOfClip | undefined {
  if (!isRecord(said) || !isName(said.identity) || said.identity === "") return undefined;
  return {
    identity: said.identity,
    service: nameOf(said.service),
    model: nameOf(said.model),
    voice: nameOf(said.voice),
    characters: Number.isSafeInteger(said.characters) ? (amountOf(said.characters) ?? 0) : 0,
    flushIds: readFlushIds(said.flushIds),
    timeToFirstByteMs: amountOf(said.timeToFirstByteMs),
    timeToFirstAudibleMs: amountOf(said.timeToFirstAudibleMs),
    synthesisMs: amountOf(said.synthesisMs),
    audible: readSpan(said.audible),
    spokenAt: nameOf(said.spokenAt),
  };
}

/**
 * The words of a clip so many seconds long, as far as they can be: in order, inside its sound. Where there are more than its
 * transcript can have, none is believed.
 */
export function readWords(
  words: readonly unknown[],
  { transcript, seconds }: { readonly transcript: string; readonly seconds: number },
): ClipWord[] {
  if (words.length > mostWordsOf(transcript)) return [];
  const read: ClipWord[] = [];
  for (const word of words) {
    if (!isRecord(word) || typeof word.text !== "string") continue;
    const { text, start, end } = word;
    if (!isAmount(start) || !isAmount(end) || start > seconds + tolerance || end < start) continue;
    read.push({
      text: text.slice(0, clipLimits.word),
      start,
      end: end > seconds + tolerance ? seconds : end,
    });
  }
  return read.sort((a, b) => a.start - b.start);
}

/** Words are told to the microsecond, which may be beyond the last sample. In seconds. */
const tolerance = 0.001;

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
  return isAmount(start) && isAmount(end) && end >= start ? { start, end } : null;
}

function readFlushIds(ids: unknown): (number | null)[] {
  if (!Array.isArray(ids) || ids.length > clipLimits.flushIds) return [];
  return (ids as readonly unknown[]).filter(
    (id): id is number | null => id === null || Number.isSafeInteger(id),
  );
}

function nameOf(value: unknown): string {
  return isName(value) ? value : "";
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length <= clipLimits.name;
}

function amountOf(value: unknown): number | null {
  return isAmount(value) ? value : null;
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= clipLimits.amount;
}
