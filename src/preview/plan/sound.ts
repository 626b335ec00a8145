import type { Encoding } from "../../audio/pcm.ts";
import type { ClipShape } from "../../clips/model/identity.ts";
import {
  heardOptions,
  newestVersion,
  type ApiVersion,
  type VoiceOptions,
} from "../../protocol/clientMessage.ts";
import type { SpeechOptions } from "../../script/model/script.ts";

/** How scripts sound that do not say it themselves. */
export interface SoundSettings {
  /** The voice's id. */
  readonly voice: string;
  readonly model: string;
  /** The code of a language, such as `en`, or with a region, such as `en-GB`. */
  readonly language: string;
  /** The id of an accent of that voice; "" for its own. It is no other voice's. */
  readonly accent?: string;
  /** `auto`, `off`, or a language's code. */
  readonly normalization?: string;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
  /** The version of the API that the service is asked by; the newest, where it is missing. */
  readonly apiVersion?: ApiVersion;
}

/** How a script sounds: what its front matter says, and the settings for the rest. */
export function soundOf(options: SpeechOptions, settings: SoundSettings): VoiceOptions {
  const voice = options.voice ?? settings.voice;
  const own = voice === settings.voice ? settings.accent : undefined;
  const accent = options.accent ?? (own || undefined);
  const normalization = options.normalization ?? settings.normalization;
  const sound = {
    voice,
    model: options.model ?? settings.model,
    language: options.language ?? settings.language,
    encoding: settings.encoding,
    sampleRate: settings.sampleRate,
    ...(accent !== undefined && { accent }),
    ...(normalization !== undefined && { normalization }),
    ...(options.speed !== undefined && { speed: options.speed }),
    ...(options.volume !== undefined && { volume: options.volume }),
    ...(options.emotion !== undefined && { emotion: options.emotion }),
    ...(options.pronunciationDict !== undefined && {
      pronunciationDict: options.pronunciationDict,
    }),
  };
  return asHeard(sound, settings.apiVersion);
}

/** The same sound, said in one way: without what is not heard, and `auto`, which the service does by itself. */
function asHeard(
  { normalization, ...sound }: VoiceOptions,
  version: ApiVersion = newestVersion,
): VoiceOptions {
  const isSaid = normalization !== undefined && normalization !== "auto";
  return heardOptions({ ...sound, ...(isSaid && { normalization }) }, version);
}

/** How the speakers of a script sound: of each the same object, and for those that sound alike, too. */
export class Sounds {
  readonly #script: VoiceOptions;
  readonly #bySpeaker = new Map<string, VoiceOptions>();

  /**
   * @param script how a script sounds where nobody in particular speaks.
   * @param version of the API that the service is asked by.
   */
  constructor(script: VoiceOptions, cast: SpeechOptions["cast"] = {}, version?: ApiVersion) {
    this.#script = script;
    const known = new Map([[keyOf(script), script]]);
    for (const [speaker, voice] of Object.entries(cast)) {
      const own = asHeard({ ...withVoice(script, voice.voice), ...voice }, version);
      const sound = known.get(keyOf(own)) ?? own;
      known.set(keyOf(own), sound);
      this.#bySpeaker.set(speaker, sound);
    }
  }

  /** How a speaker sounds; without a name, the script. */
  of(speaker: string | undefined): VoiceOptions {
    return this.#bySpeaker.get(speaker ?? "") ?? this.#script;
  }
}

/** The same with another voice: its accents are its own. */
export function withVoice(sound: VoiceOptions, voice: string): VoiceOptions {
  const { accent, ...rest } = sound;
  return { ...rest, voice, ...(accent !== undefined && sound.voice === voice && { accent }) };
}

function keyOf(sound: VoiceOptions): string {
  return JSON.stringify(Object.entries(sound).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Everything that shapes the sound of a transcript said in this way by this service. */
export function shapeOf(transcript: string, sound: VoiceOptions, service: string): ClipShape {
  return { transcript, service, ...sound };
}
