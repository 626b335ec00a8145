import type { VoiceSource } from "./voiceDirectory.ts";
import type { Voice } from "./voicePage.ts";
import type { findVoice } from "./voices.ts";

/** What learning prices needs. */
export interface PriceTools {
  /** Whether a service has told of a voice, and so whether it is a professional clone. */
  readonly isKnown: (service: string, voice: string) => boolean;
  /** Asks a service for a voice. */
  readonly find: typeof findVoice;
  /** Keeps what a service has told of a voice. */
  readonly remember: (service: string, voices: readonly Voice[]) => Promise<void>;
  /** Takes one line for the log for each voice that was not told of. */
  readonly trace: (line: string) => void;
}

/** How long a service may take, in milliseconds: who has pressed waits for the question that says what it costs. */
const mostMs = 3_000;

/** How many voices a press asks for. */
const mostVoices = 10;

/** Learns what voices cost that nobody has told of: a professional clone costs more. Asks for each once, and for presses alone. */
export class VoicePrices {
  readonly #tools: PriceTools;
  /** By service and voice, whether it was told of; those that failed are asked for again with the next press. */
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(tools: PriceTools) {
    this.#tools = tools;
  }

  /** Asks for those of these voices that are not known. Never rejects. @returns whether all of them are known now */
  async learn(source: VoiceSource, voices: Iterable<string>): Promise<boolean> {
    const unknown = [...new Set(voices)].filter((id) => !this.#tools.isKnown(source.name, id));
    const told = unknown.slice(0, mostVoices).map((id) => this.#once(source, id));
    return (await Promise.all(told)).every(Boolean) && unknown.length <= mostVoices;
  }

  #once(source: VoiceSource, id: string): Promise<boolean> {
    const key = `${source.name} ${id}`;
    const asked = this.#asked.get(key) ?? this.#ask(source, id);
    this.#asked.set(key, asked);
    void asked.then(() => this.#asked.delete(key)); // what was told is known from now on
    return asked;
  }

  async #ask(source: VoiceSource, id: string): Promise<boolean> {
    const { find, remember, trace } = this.#tools;
    try {
      const how = { timeoutMs: mostMs, signal: AbortSignal.timeout(mostMs) };
      const voice = await find(await source.endpoint(), id, how);
      await remember(source.name, [{ ...voice, id }]);
      return true;
    } catch (error) {
      trace(`voice ${id}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }
}
