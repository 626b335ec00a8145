import { isDeepStrictEqual } from "node:util";
import { serviceLimits } from "../connection/sessionLimits.ts";
import type { VoiceMemory } from "./voiceDirectory.ts";
import { readRecord, type Accent, type KnownVoice, type VoiceAccent } from "./voicePage.ts";

/** Under this key older versions kept names alone. */
const key = "scriptedSpeech.voiceNames";
const accentKey = "scriptedSpeech.accents";

/** What is kept of a voice under its id. */
type KeptVoice = Omit<KnownVoice, "id">;

/** What services have told of their voices, kept for good: people do not know voices by their ids. Nothing is fetched. */
export class VoiceRegistry {
  readonly #memory: VoiceMemory;
  readonly #untold: (service: string) => readonly KnownVoice[];
  /** By service what was read of the memory last, and what it was read from. */
  readonly #read = new Map<string, { from: unknown; voices: ReadonlyMap<string, KnownVoice> }>();

  /**
   * @param memory the extension's, of all workspaces.
   * @param untold the voices of a service that are known without its word.
   */
  constructor(memory: VoiceMemory, untold: (service: string) => readonly KnownVoice[]) {
    this.#memory = memory;
    this.#untold = untold;
  }

  /** The services that have told of voices. */
  get services(): readonly string[] {
    return Object.keys(readRecord(this.#memory.get(key)));
  }

  /** What is known of a service's voices, by their ids. It is the same object until more is known. */
  of(service: string): ReadonlyMap<string, KnownVoice> {
    const from = readRecord(this.#memory.get(key))[service];
    const known = this.#read.get(service);
    if (known && known.from === from) return known.voices;
    const voices = new Map(this.#untold(service).map((voice) => [voice.id, voice]));
    for (const [id, kept] of Object.entries(readRecord(from))) {
      const voice = readKept(kept, voices.get(id) ?? { id, name: id, language: "", gender: "" });
      if (voice) voices.set(id, voice);
    }
    this.#read.set(service, { from, voices });
    return voices;
  }

  /** Keeps what a service has said. @returns whether it is news */
  async remember(service: string, voices: readonly KnownVoice[]): Promise<boolean> {
    const all = readRecord(this.#memory.get(key));
    const kept = readRecord(all[service]);
    const told = voices.map((voice) => [voice.id, keptOf(voice)] as const);
    if (told.every(([id, voice]) => isDeepStrictEqual(kept[id], voice))) return false;
    // A service may have others each time: those that it told of first are forgotten.
    const known = Object.entries({ ...kept, ...Object.fromEntries(told) });
    const newest = Object.fromEntries(known.slice(-serviceLimits.voices.most));
    await this.#memory.update(key, { ...all, [service]: newest });
    return true;
  }

  /** The accents that a service has told of; none where it has not. */
  accentsOf(service: string): readonly Accent[] {
    const kept = readRecord(this.#memory.get(accentKey))[service];
    return Array.isArray(kept) ? kept.flatMap(readAccent) : [];
  }

  /** Keeps the accents that a service has. */
  async rememberAccents(service: string, accents: readonly Accent[]): Promise<void> {
    const all = readRecord(this.#memory.get(accentKey));
    await this.#memory.update(accentKey, { ...all, [service]: accents });
  }
}

function keptOf({ name, language, otherLanguages, accents, gender, isPro }: KnownVoice): KeptVoice {
  return {
    name,
    language,
    ...(otherLanguages && { otherLanguages }),
    ...(accents && { accents }),
    gender,
    ...(isPro && { isPro }),
  };
}

/** Reads what this version or an older one has kept of a voice; nothing where it is neither. */
function readKept(kept: unknown, known: KnownVoice): KnownVoice | undefined {
  if (isText(kept)) return { ...known, name: kept };
  const { name, language, otherLanguages, accents, gender, isPro } = readRecord(kept);
  if (!isText(name)) return undefined;
  const own = Array.isArray(accents) ? accents.flatMap(readVoiceAccent) : [];
  const others = Array.isArray(otherLanguages) ? otherLanguages.filter(isText) : [];
  return {
    id: known.id,
    name,
    language: isText(language) ? language : "",
    ...(others.length > 0 && { otherLanguages: others }),
    ...(own.length > 0 && { accents: own }),
    gender: isText(gender) ? gender : "",
    ...(isPro === true && { isPro }),
  };
}

function readVoiceAccent(kept: unknown): VoiceAccent[] {
  const { id, locale } = readRecord(kept);
  return isText(id) ? [{ id, locale: isText(locale) ? locale : "" }] : [];
}

function readAccent(kept: unknown): Accent[] {
  const { name } = readRecord(kept);
  return readVoiceAccent(kept).map((accent) => ({
    ...accent,
    name: isText(name) ? name : accent.id,
  }));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
