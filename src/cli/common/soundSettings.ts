import { serviceNames, type ServiceRequest } from "../../operations/speaker.ts";
import { encodings, sampleRates } from "../../audio/pcm.ts";
import type { SoundSettings } from "../../preview/plan/sound.ts";
import { readLanguage, readNormalization } from "../../script/frontMatter/optionValue.ts";
import { oneOf, written, type Given } from "./arguments.ts";
import { UsageError } from "../../operations/exitCodes.ts";
import type { scriptOptions, serviceOptions, soundOptions } from "./options.ts";
import { soundDefaults } from "../../operations/soundDefaults.ts";
import { standard } from "../../operations/standardInput.ts";

/** How scripts sound that do not say it themselves. @throws UsageError */
export function readSoundSettings(given: Given<typeof soundOptions>): SoundSettings {
  const { language, normalization } = given;
  if (language !== undefined && readLanguage(language) === undefined) {
    throw new UsageError(`--language is “${language}”, and must be a code such as en or en-GB.`);
  }
  if (normalization !== undefined && readNormalization(normalization) === undefined) {
    throw new UsageError(
      `--normalization is “${normalization}”, and must be auto, off, or a code such as en or en-GB.`,
    );
  }
  return {
    voice: written("voice", given.voice) ?? soundDefaults.voice,
    model: written("model", given.model) ?? soundDefaults.model,
    language: (language && readLanguage(language)) ?? soundDefaults.language,
    accent: written("accent", given.accent) ?? soundDefaults.accent,
    normalization:
      (normalization && readNormalization(normalization)) ?? soundDefaults.normalization,
    encoding: oneOf("encoding", given.encoding, encodings) ?? soundDefaults.encoding,
    sampleRate: oneOf("sample-rate", given["sample-rate"], sampleRates) ?? soundDefaults.sampleRate,
  };
}

/** More flush markers. @throws UsageError */
export function readMarkers({ marker = [] }: Given<typeof scriptOptions>): readonly string[] {
  return marker.map((literal) => {
    if (literal.trim() !== "" && !/[\r\n]/.test(literal.trim())) return literal.trim();
    throw new UsageError("--marker must be a text of one line.");
  });
}

/** What standard input is called. @throws UsageError */
export function readStdinName({ "stdin-name": name }: Given<typeof scriptOptions>) {
  const path = written("stdin-name", name);
  if (path !== standard && !/[/\\]$/.test(path ?? "")) return path;
  throw new UsageError(`--stdin-name is “${path}”, and must be a file's name such as talk.md.`);
}

/** Who is asked to speak. @throws UsageError */
export function readServiceRequest({
  service,
  endpoint,
}: Given<typeof serviceOptions>): ServiceRequest {
  return { service: oneOf("service", service, serviceNames), endpoint };
}
