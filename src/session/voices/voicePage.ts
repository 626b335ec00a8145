import { serviceLimits } from "../connection/sessionLimits.ts";

/** A voice of a service, in the shapes of all versions of the API. */
export interface Voice {
  readonly id: string;
  /** Without its tagline. */
  readonly name: string;
  /** A few words; "" where there are none. */
  readonly tagline: string;
  /** "" where there is none. */
  readonly description: string;
  /** A language code, such as `en`; "" where the service does not say. */
  readonly language: string;
  /** The codes of other languages that it speaks without a foreign accent; missing where there are none. */
  readonly otherLanguages?: readonly string[];
  /** What may be asked for as its `accent`, the native one first; missing where the service does not say. */
  readonly accents?: readonly VoiceAccent[];
  /** `masculine`, `feminine` or `gender_neutral`, or what comes later; "" where the service does not say. */
  readonly gender: string;
  /** Whether it belongs to the account that asks. */
  readonly isOwner: boolean;
  /** Whether it is a professional voice clone: it costs more, and wants a dated model. Missing where it is none. */
  readonly isPro?: boolean;
}

/** An accent of a voice. */
export interface VoiceAccent {
  readonly id: string;
  /** The code of its language and region, such as `en-GB`; "" where the service does not say. */
  readonly locale: string;
}

/** An accent of the service, whichever voices have it. */
export interface Accent extends VoiceAccent {
  /** Such as `General American English`. */
  readonly name: string;
}

/** What is known of a voice by those who do not list it. */
export type KnownVoice = Pick<
  Voice,
  "id" | "name" | "language" | "otherLanguages" | "accents" | "gender" | "isPro"
>;

/** A page of a service's voices. */
export interface VoicePage {
  readonly voices: readonly Voice[];
  readonly hasMore: boolean;
}

const limits = serviceLimits.voices;

/**
 * Reads the body of `GET /voices`. What can't be understood of a voice is left out; a voice without an id is, and one whose
 * id is longer than ids are. What is long beyond reading is cut.
 * Source: Cartesia TTS WebSocket reference, HTTP companions.
 * @returns `undefined` where it is no page of voices.
 */
export function readVoicePage(body: string): VoicePage | undefined {
  const found = parseJson(body);
  if (!isRecord(found) || !Array.isArray(found["data"])) return undefined;
  const voices = (found["data"] as readonly unknown[]).flatMap((entry) => readVoice(entry) ?? []);
  return { voices, hasMore: found["has_more"] === true };
}

/** Reads the body of `GET /voices/{id}`. Source: as above. @returns `undefined` where it is no voice */
export function readVoiceBody(body: string): Voice | undefined {
  return readVoice(parseJson(body));
}

/**
 * Reads the body of `GET /accents`. What can't be understood is left out.
 * Source: Cartesia SDK 4.2.0, `voices.listAccents`. @returns `undefined` where it is no list of accents
 */
export function readAccents(body: string): Accent[] | undefined {
  const found = parseJson(body);
  if (!isRecord(found) || !Array.isArray(found["accents"])) return undefined;
  const listed = (found["accents"] as readonly unknown[]).slice(0, limits.allAccents);
  return listed.flatMap((entry) => {
    if (!isRecord(entry)) return [];
    const [accent] = accentOf(entry["id"], entry["locale"]);
    const { name } = entry;
    if (!accent) return [];
    return {
      ...accent,
      name: typeof name === "string" && name !== "" ? name.slice(0, limits.name) : accent.id,
    };
  });
}

function readVoice(entry: unknown): Voice | undefined {
  if (!isRecord(entry)) return undefined;
  const { id } = entry;
  if (typeof id !== "string" || id === "" || id.length > limits.id) return undefined;
  const text = (key: string, most: number = limits.name): string => {
    const value = entry[key];
    if (typeof value !== "string") return "";
    return value.length > most ? `${value.slice(0, most)}…` : value;
  };
  const spoken = localesOf(entry);
  const native = spoken.find(({ isNative }) => isNative) ?? spoken[0];
  const language = text("language") || native?.language || "";
  const codes = new Set(spoken.map((locale) => locale.language));
  const accents = accentsOf(entry);
  const otherLanguages = [...codes].filter((code) => code !== languageOf(language));
  return {
    id,
    name: text("name") || id,
    tagline: text("tagline"),
    description: text("description", limits.description),
    language,
    ...(otherLanguages.length > 0 && { otherLanguages }),
    ...(accents.length > 0 && { accents }),
    gender: text("gender"),
    isOwner: entry["is_owner"] === true,
    ...(entry["is_pro"] === true && { isPro: true }),
  };
}

/** A language that a voice speaks without a foreign accent. */
interface SpokenLocale {
  /** Without its region. */
  readonly language: string;
  readonly isNative: boolean;
}

/**
 * What a voice speaks, by its native accent and those that were added to it. Sources: `accents` as the service answers in
 * September 2026; `locales` of Cartesia SDK 4.2.0.
 */
function localesOf({ accents, locales }: Readonly<Record<string, unknown>>): SpokenLocale[] {
  return [accents, locales].flatMap((list) =>
    (Array.isArray(list) ? (list as readonly unknown[]).slice(0, limits.languages) : []).flatMap(
      (entry) => {
        const locale = isRecord(entry) ? entry["locale"] : undefined;
        const language = typeof locale === "string" ? languageOf(locale) : "";
        return language === ""
          ? []
          : { language, isNative: isRecord(entry) && entry["is_native"] === true };
      },
    ),
  );
}

/** A voice's accents, each once, the native one first. Sources: as above; `accent` alone of Cartesia SDK 4.2.0. */
function accentsOf({ accents, accent, locales }: Readonly<Record<string, unknown>>): VoiceAccent[] {
  const listed: readonly unknown[] = Array.isArray(accents) ? accents.slice(0, limits.accents) : [];
  const records = [...listed.filter(isRecord)].sort(
    (one, other) => Number(other["is_native"] === true) - Number(one["is_native"] === true),
  );
  const native: unknown = Array.isArray(locales) ? locales[0] : undefined;
  const all = [
    ...records.flatMap((entry) => accentOf(entry["accent"], entry["locale"])),
    ...accentOf(accent, isRecord(native) ? native["locale"] : undefined),
  ];
  return all.filter(({ id }, at) => all.findIndex((other) => other.id === id) === at);
}

function accentOf(id: unknown, locale: unknown): VoiceAccent[] {
  if (typeof id !== "string" || id === "" || id.length > limits.accentId) return [];
  const isCode = typeof locale === "string" && /^[a-z\d_-]{2,20}$/i.test(locale);
  return [{ id, locale: isCode ? locale : "" }];
}

/** `en` of `en-GB`; "" where it is no code. */
function languageOf(locale: string): string {
  return /^[a-z]{2,3}(?![a-z])/i.exec(locale)?.[0].toLowerCase() ?? "";
}

/** What was kept as a record; an empty one where it is none. */
export function readRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
