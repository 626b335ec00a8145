import type { Encoding } from "../../audio/pcm.ts";
import type { ClipShape } from "../../clips/model/identity.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { SpeechOptions } from "../../script/model/script.ts";

/** How scripts sound that do not say it themselves. */
export interface SoundSettings {
  /** The voice's id. */
  readonly voice: string;
  readonly model: string;
  /** The code of a language, such as `en`, or with a region, such as `en-GB`. */
  readonly language: string;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
}

/** How a script sounds: what its front matter says, and the settings for the rest. */
export function soundOf(options: SpeechOptions, settings: SoundSettings): VoiceOptions {
  return {
    voice: options.voice ?? settings.voice,
    model: options.model ?? settings.model,
    language: options.language ?? settings.language,
    encoding: settings.encoding,
    sampleRate: settings.sampleRate,
    ...(options.accent !== undefined && { accent: options.accent }),
    ...(options.normalization !== undefined && { normalization: options.normalization }),
    ...(options.speed !== undefined && { speed: options.speed }),
    ...(options.volume !== undefined && { volume: options.volume }),
    ...(options.emotion !== undefined && { emotion: options.emotion }),
    ...(options.pronunciationDict !== undefined && {
      pronunciationDict: options.pronunciationDict,
    }),
  };
}

/** How the speakers of a script sound: of each the same object, and for those that sound alike, too. */
export class Sounds {
  readonly #script: VoiceOptions;
  readonly #bySpeaker = new Map<string, VoiceOptions>();

  /** @param script how a script sounds where nobody in particular speaks. */
  constructor(script: VoiceOptions, cast: SpeechOptions["cast"] = {}) {
    this.#script = script;
    const known = new Map([[keyOf(script), script]]);
    for (const [speaker, voice] of Object.entries(cast)) {
      const own: VoiceOptions = { ...withVoice(script, voice.voice), ...voice };
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
