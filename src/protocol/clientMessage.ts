import type { Encoding } from "../audio/pcm.ts";

/**
 * The versions of Cartesia's API whose shapes are known, newest first. Source: Cartesia TTS WebSocket reference, versions.
 */
export const apiVersions = ["2026-08-14", "2026-03-01", "2025-11-04", "2025-04-16"] as const;
export type ApiVersion = (typeof apiVersions)[number];

/** The version that is asked for where nothing else is set. */
export const newestVersion = apiVersions[0];

/** Where the service's WebSocket lies on its host. Source: as above. */
export const webSocketPath = "/tts/websocket";

/** How a context shall sound: what every message of the context repeats unchanged. */
export interface VoiceOptions {
  readonly model: string;
  /** The voice's id. */
  readonly voice: string;
  /** The code of a language, such as `en`, or with a region, such as `en-GB`. */
  readonly language: string;
  /** The id of one of the voice's accents; versions before 2026-08-14 have none. */
  readonly accent?: string;
  /** `auto`, `off`, or a language's code; versions before 2026-08-14 have none. */
  readonly normalization?: string;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
  /** 0.6 to 1.5. */
  readonly speed?: number;
  /** 0.5 to 2. */
  readonly volume?: number;
  readonly emotion?: string;
  /** The id of a pronunciation dictionary; sonic-3 and newer know it. */
  readonly pronunciationDict?: string;
}

/** The shape of a voice's id: an object alone since 2026-08-14, with a mode before. Source: as above. */
function voiceShape(id: string, version: ApiVersion): object {
  return version >= "2026-08-14" ? { id } : { mode: "id", id };
}

/**
 * What of these options a version of the API takes, and so what is heard of them: languages with a region, accents and ways to
 * read numbers are known since 2026-08-14; before, the language itself is. Source: as above, languages.
 */
export function heardOptions(
  { accent, normalization, language, ...options }: VoiceOptions,
  version: ApiVersion,
): VoiceOptions {
  if (version < "2026-08-14") {
    return { ...options, language: (language.split(/[-_]/)[0] ?? language).toLowerCase() };
  }
  return {
    ...options,
    language,
    ...(accent !== undefined && { accent }),
    ...(normalization !== undefined && { normalization }),
  };
}

/**
 * Writes the messages of one context: push, flush, no more inputs, cancel.
 *
 * The service has no `type` field on client messages: it tells them apart by `continue`, `flush` and `cancel`, wants all
 * other fields on each of them, and wants a flush as a message of its own with an empty transcript. The fields stand in
 * the order of the official SDK. Source: Cartesia TTS WebSocket reference, generation requests.
 */
export class ContextWriter {
  readonly #contextId: string;
  readonly #before: object;
  readonly #after: object;

  constructor(contextId: string, options: VoiceOptions, version: ApiVersion) {
    this.#contextId = contextId;
    const { language, accent, normalization } = heardOptions(options, version);
    this.#before = {
      model_id: options.model,
      output_format: {
        container: "raw",
        encoding: options.encoding,
        sample_rate: options.sampleRate,
      },
      voice: voiceShape(options.voice, version),
      language,
      ...(accent !== undefined && { accent }),
      ...(normalization !== undefined && { normalization }),
    };
    const config = {
      ...(options.speed !== undefined && { speed: options.speed }),
      ...(options.volume !== undefined && { volume: options.volume }),
      ...(options.emotion !== undefined && { emotion: options.emotion }),
    };
    this.#after = {
      add_timestamps: true,
      ...(options.pronunciationDict !== undefined && {
        pronunciation_dict_id: options.pronunciationDict,
      }),
      ...(Object.keys(config).length > 0 && { generation_config: config }),
    };
  }

  /** Says `transcript`, joined verbatim to what was pushed before it. */
  push(transcript: string): string {
    return this.#generation(transcript, { continue: true });
  }

  /** Asks for the audio of all that was pushed since the last flush. */
  flush(): string {
    return this.#generation("", { continue: true, flush: true });
  }

  /** Ends the context's input; the audio of the last push follows, then `done`. */
  noMoreInputs(): string {
    return this.#generation("", { continue: false });
  }

  /** Asks the service to stop. It gives no answer to wait for, and may send what it has begun. */
  cancel(): string {
    return JSON.stringify({ context_id: this.#contextId, cancel: true });
  }

  #generation(transcript: string, how: { continue: boolean; flush?: true }): string {
    return JSON.stringify({
      ...this.#before,
      transcript,
      context_id: this.#contextId,
      ...how,
      ...this.#after,
    });
  }
}
