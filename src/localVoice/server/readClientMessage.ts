import { encodings, sampleRates } from "../../audio/pcm.ts";
import type { Encoding, SampleRate } from "../../audio/pcm.ts";
import { isRetired } from "../../protocol/models.ts";
import { localLimits } from "../synthesis/voiceLimits.ts";
import { badRequest, refusals } from "./serverRefusal.ts";
import type { Refusal } from "./serverRefusal.ts";
import { styleBounds } from "../text/speechMarkup.ts";
import type { SpeechStyle } from "../text/speechMarkup.ts";

/** What must be the same in all messages of a context. Source: Cartesia TTS WebSocket reference, rules inside a context. */
export interface ContextSettings {
  readonly modelId: string;
  readonly voiceId: string;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: SampleRate;
  readonly language: string | undefined;
  readonly locale: string | undefined;
  /** Milliseconds that text may wait for more; 0: it never does, each message is flushed. */
  readonly maxBufferDelay: number;
  readonly addTimestamps: boolean;
  readonly addPhonemeTimestamps: boolean;
  readonly useNormalizedTimestamps: boolean;
  readonly pronunciationDictId: string | undefined;
  readonly normalization: string | undefined;
  readonly accent: string | undefined;
}

/** A push, a flush, the end of a context's input, or several of these at once. */
export interface GenerationRequest {
  readonly contextId: string;
  readonly settings: ContextSettings;
  readonly transcript: string;
  /** What the transcript's sound is asked to be; absent parts stay as they were. */
  readonly style: Partial<SpeechStyle>;
  /** Whether more inputs follow. */
  readonly continues: boolean;
  readonly flush: boolean;
}

/** A message of the client, told apart by its fields. Source: Cartesia TTS WebSocket reference, client messages. */
export type ClientMessage =
  | { readonly kind: "generate"; readonly request: GenerationRequest }
  | { readonly kind: "cancel"; readonly contextId: string }
  /** It breaks a rule; `contextId` is undefined where it names no context. */
  | { readonly kind: "invalid"; readonly contextId: string | undefined; readonly refusal: Refusal };

type Fields = Readonly<Record<string, unknown>>;

/** Ends the reading of a message that breaks a rule. */
class InvalidMessage extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

const defaultBufferDelay = 3000;
const longestBufferDelay = 5000;

/** Reads one text frame of a client; never throws. */
export function readClientMessage(text: string): ClientMessage {
  let contextId: string | undefined;
  try {
    const fields = readObject(parse(text), "a message");
    const id = fields["context_id"];
    if (isName(id) && id.length <= localLimits.contextId) contextId = id;
    else
      throw invalid("context_id is required, a non-empty string that is not longer than IDs are");
    if (readFlag(fields, "cancel")) return { kind: "cancel", contextId };
    return { kind: "generate", request: readRequest(fields, contextId) };
  } catch (error) {
    if (error instanceof InvalidMessage) {
      return { kind: "invalid", contextId, refusal: error.refusal };
    }
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("the message is not JSON");
  }
}

function readRequest(fields: Fields, contextId: string): GenerationRequest {
  const transcript = fields["transcript"];
  if (typeof transcript !== "string") throw invalid("transcript is required, a string");
  readOptional(fields, "duration", "a positive number", isPositive);
  return {
    contextId,
    settings: readSettings(fields),
    transcript,
    style: readStyle(fields),
    continues: readFlag(fields, "continue"),
    flush: readFlag(fields, "flush"),
  };
}

function readSettings(fields: Fields): ContextSettings {
  const language = readOptional(fields, "language", "a language code", isName);
  const locale = readOptional(fields, "locale", "a locale", isName);
  if (language !== undefined && locale !== undefined) {
    throw invalid("language and locale exclude each other");
  }
  const delay = `an integer from 0 to ${longestBufferDelay}`;
  return {
    modelId: readModel(fields["model_id"]),
    voiceId: readVoice(fields["voice"]),
    ...readOutputFormat(fields["output_format"]),
    language,
    locale,
    maxBufferDelay:
      readOptional(fields, "max_buffer_delay_ms", delay, isBufferDelay) ?? defaultBufferDelay,
    addTimestamps: readFlag(fields, "add_timestamps"),
    addPhonemeTimestamps: readFlag(fields, "add_phoneme_timestamps"),
    useNormalizedTimestamps: readFlag(fields, "use_normalized_timestamps"),
    pronunciationDictId: readOptional(fields, "pronunciation_dict_id", "an ID", isName),
    normalization: readOptional(fields, "normalization", "a string", isName),
    accent: readOptional(fields, "accent", "an ID", isName),
  };
}

/** Of the service's models only the family's name is known here, and those that it has retired. */
function readModel(value: unknown): string {
  if (!isName(value)) throw invalid("model_id is required, a non-empty string");
  if (!value.startsWith("sonic")) throw new InvalidMessage(refusals.unknownModel);
  if (isRetired(value)) throw new InvalidMessage(refusals.retiredModel);
  return value;
}

/** A voice is its id, or an object with it; older versions add `mode: "id"`. */
function readVoice(value: unknown): string {
  if (isName(value)) return value;
  const { id, mode } = readObject(value, "voice");
  if (mode !== undefined && mode !== "id") throw invalid('voice.mode must be "id"');
  if (!isName(id)) throw invalid("voice.id is required, a non-empty string");
  return id;
}

function readOutputFormat(value: unknown): Pick<ContextSettings, "encoding" | "sampleRate"> {
  const format = readObject(value, "output_format");
  if (format["container"] !== "raw") throw invalid('output_format.container must be "raw"');
  const encoding = encodings.find((known) => known === format["encoding"]);
  if (!encoding) throw invalid(`output_format.encoding must be one of ${encodings.join(", ")}`);
  const sampleRate = sampleRates.find((known) => known === format["sample_rate"]);
  if (!sampleRate) {
    throw invalid(`output_format.sample_rate must be one of ${sampleRates.join(", ")}`);
  }
  return { encoding, sampleRate };
}

function readStyle(fields: Fields): Partial<SpeechStyle> {
  if (isAbsent(fields["generation_config"])) return {};
  const config = readObject(fields["generation_config"], "generation_config");
  readOptional(config, "emotion", "a string", (value) => typeof value === "string");
  const style: { speed?: number; volume?: number } = {};
  for (const name of ["speed", "volume"] as const) {
    const { least, most } = styleBounds[name];
    const inBounds = (value: unknown): value is number =>
      typeof value === "number" && value >= least && value <= most;
    const value = readOptional(config, name, `a number from ${least} to ${most}`, inBounds);
    if (value !== undefined) style[name] = value;
  }
  return style;
}

/** Reads a field that may be missing or null. */
function readOptional<T>(
  fields: Fields,
  name: string,
  expected: string,
  is: (value: unknown) => value is T,
): T | undefined {
  const value = fields[name];
  if (isAbsent(value)) return undefined;
  if (!is(value)) throw invalid(`${name} must be ${expected}`);
  return value;
}

function readFlag(fields: Fields, name: string): boolean {
  const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
  return readOptional(fields, name, "true or false", isBoolean) ?? false;
}

function readObject(value: unknown, name: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`${name} must be an object`);
  }
  return value as Fields;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0;
}

function isBufferDelay(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= longestBufferDelay;
}

function invalid(message: string): InvalidMessage {
  return new InvalidMessage(badRequest(message));
}
