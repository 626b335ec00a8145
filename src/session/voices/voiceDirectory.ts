import type { Endpoint } from "../connection/connection.ts";
import type { VoiceQuery } from "./voices.ts";
import { readRecord, type KnownVoice, type Voice } from "./voicePage.ts";

/** Whose voices are looked for. */
export interface VoiceSource {
  /** Tells services apart: `local`, `cartesia`, or another endpoint's host. */
  readonly name: string;
  readonly endpoint: () => Promise<Endpoint>;
}

/** What keeps small things over sessions. */
export interface VoiceMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Asks a service for its voices, as `listVoices` does. */
export type ListVoices = (
  endpoint: Endpoint,
  query: VoiceQuery,
  signal: AbortSignal,
) => Promise<readonly Voice[]>;

/** For how long a list is kept over sessions, in milliseconds: a day. */
const keptMs = 24 * 60 * 60 * 1000;

/** How many of the voices used last are remembered of each service. */
const mostRecent = 5;

const listKey = "scriptedSpeech.voices";
const recentKey = "scriptedSpeech.voicesLately";

/** What is kept of a voice over sessions: descriptions would be the most of it, and are fetched again. */
type KeptVoice = KnownVoice & Pick<Voice, "isOwner">;

interface KeptList {
  /** When it was fetched, in milliseconds since 1970. */
  readonly at: number;
  readonly voices: readonly KeptVoice[];
}

/**
 * The voices of services, each service asked once a session, or a day: people choose among the same ones again and again.
 * Nothing is fetched unless one of the methods that take a signal is called.
 */
export class VoiceDirectory {
  readonly #memory: VoiceMemory;
  readonly #list: ListVoices;
  readonly #now: () => number;
  /** By service, whole lists of this session. */
  readonly #lists = new Map<string, readonly Voice[]>();
  /** By service and id, all that this session has been told. */
  readonly #told = new Map<string, Voice>();

  /** `memory` is the extension's, of all workspaces; `now` in milliseconds since 1970. */
  constructor(memory: VoiceMemory, list: ListVoices, now: () => number = Date.now) {
    this.#memory = memory;
    this.#list = list;
    this.#now = now;
  }

  /** All voices of a service, where they are known; nothing is fetched. */
  known(service: string): readonly Voice[] | undefined {
    return this.#lists.get(service) ?? this.#kept(service);
  }

  /** What is known of a voice; nothing is fetched. */
  find(service: string, id: string): Voice | undefined {
    return (
      this.#told.get(`${service} ${id}`) ?? this.known(service)?.find((voice) => voice.id === id)
    );
  }

  /**
   * All voices of a service: from memory, where they are there, unless they are to be fetched anew.
   * @param options `report` is told those that have come, page by page.
   * @throws Failure as `listVoices` does.
   */
  async all(
    source: VoiceSource,
    options: { readonly refreshed?: boolean; readonly report?: VoiceQuery["report"] },
    signal: AbortSignal,
  ): Promise<readonly Voice[]> {
    const known = options.refreshed ? undefined : this.known(source.name);
    if (known) return known;
    const { report } = options;
    const voices = await this.#list(await source.endpoint(), { report }, signal);
    this.#tell(source.name, voices);
    this.#lists.set(source.name, voices);
    await this.#keep(source.name, voices);
    return voices;
  }

  /**
   * The voices that the service itself finds, by their names and descriptions: one page of them.
   * @throws Failure as `listVoices` does.
   */
  async search(source: VoiceSource, query: string, signal: AbortSignal): Promise<readonly Voice[]> {
    const voices = await this.#list(await source.endpoint(), { query, most: 100 }, signal);
    this.#tell(source.name, voices);
    return voices;
  }

  /** The ids of the voices of a service that were used last, the last one first. */
  recent(service: string): readonly string[] {
    const all = readRecord(this.#memory.get(recentKey))[service];
    return Array.isArray(all) ? all.filter((id) => typeof id === "string") : [];
  }

  /** Remembers that a voice was used. */
  async use(service: string, id: string): Promise<void> {
    const recent = [id, ...this.recent(service).filter((other) => other !== id)];
    const all = readRecord(this.#memory.get(recentKey));
    await this.#memory.update(recentKey, { ...all, [service]: recent.slice(0, mostRecent) });
  }

  #tell(service: string, voices: readonly Voice[]): void {
    for (const voice of voices) this.#told.set(`${service} ${voice.id}`, voice);
  }

  #kept(service: string): readonly Voice[] | undefined {
    const list = readRecord(this.#memory.get(listKey))[service] as KeptList | undefined;
    const age = this.#now() - (list?.at ?? -Infinity);
    if (!list || !(age >= 0 && age < keptMs)) return undefined;
    return list.voices.map((voice) => ({
      tagline: "",
      description: "",
      ...voice,
      ...this.#told.get(`${service} ${voice.id}`),
    }));
  }

  async #keep(service: string, voices: readonly Voice[]): Promise<void> {
    const kept = voices.map(
      ({ id, name, language, otherLanguages, accents, gender, isOwner, isPro }): KeptVoice => ({
        id,
        name,
        language,
        ...(otherLanguages && { otherLanguages }),
        ...(accents && { accents }),
        gender,
        isOwner,
        ...(isPro && { isPro }),
      }),
    );
    const list: KeptList = { at: this.#now(), voices: kept };
    const all = readRecord(this.#memory.get(listKey));
    await this.#memory.update(listKey, { ...all, [service]: list });
  }
}
