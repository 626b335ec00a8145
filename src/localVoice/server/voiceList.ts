import {
  accent,
  fliteVoices,
  genders,
  language,
  locale,
  voiceFacts,
} from "../synthesis/ownVoices.ts";
import type { FliteVoice } from "../synthesis/ownVoices.ts";
import { badRequest } from "./serverRefusal.ts";
import type { Refusal } from "./serverRefusal.ts";
import { chooseVoice, documentedVoice } from "../synthesis/chooseVoice.ts";

/** When the voices' speakers were recorded, for the CMU ARCTIC databases. */
const createdAt = "2003-01-01T00:00:00Z";

/** The first API version with this shape of voices. Source: Cartesia TTS WebSocket reference, HTTP companions. */
const firstLocaleVersion = "2026-08-14";

const defaultLimit = 10;
const largestLimit = 100;

/** Thrown for a parameter that breaks a rule. */
export class InvalidParameter extends Error {
  readonly refusal: Refusal;

  constructor(message: string) {
    super(message);
    this.refusal = badRequest(message);
  }
}

/**
 * A page of the local voice's own voices, as the service's `GET /voices` has it.
 * Source: Cartesia TTS WebSocket reference, HTTP companions.
 * @throws InvalidParameter
 */
export function listVoices(parameters: URLSearchParams, apiVersion: string): object {
  const limit = readLimit(parameters.get("limit"));
  const after = readCursor(parameters, "starting_after");
  const before = readCursor(parameters, "ending_before");
  if (after !== undefined && before !== undefined) {
    throw new InvalidParameter("starting_after and ending_before exclude each other");
  }
  const matches = readFilter(parameters);
  const found = fliteVoices.slice((after ?? -1) + 1, before).filter(matches);
  const page = before === undefined ? found.slice(0, limit) : found.slice(-limit);
  const hasMore = page.length < found.length;
  return {
    data: page.map((voice) => describe(voice, parameters, apiVersion)),
    has_more: hasMore,
    next_page: hasMore ? page.at(before === undefined ? -1 : 0) : null,
  };
}

/**
 * One of the local voice's own voices, or one that the service's documentation names and ours speak for, as the service's
 * `GET /voices/{id}` has it; undefined where it is neither.
 * @throws InvalidParameter
 */
export function findVoice(
  id: string,
  parameters: URLSearchParams,
  apiVersion: string,
): object | undefined {
  const voice = fliteVoices.find((known) => known === id);
  if (voice) return describe(voice, parameters, apiVersion);
  const documented = documentedVoice(id);
  return documented && { ...describe(chooseVoice(id), parameters, apiVersion), ...documented };
}

function describe(voice: FliteVoice, parameters: URLSearchParams, apiVersion: string): object {
  const { name, tagline, description, gender } = voiceFacts[voice];
  const common = { id: voice, name, description, language, gender, created_at: createdAt };
  const preview = readExpand(parameters) && { preview_file_url: null };
  if (apiVersion < firstLocaleVersion) {
    return { ...common, is_owner: false, is_public: true, ...preview };
  }
  return {
    ...common,
    tagline,
    accents: [{ accent: accent.id, locale, is_native: true }],
    locales: [{ locale, is_native: true }],
    is_pro: false,
    status: "active",
    access: "public",
    visibility: "all",
    is_owner: false,
    country: "US",
    ...preview,
  };
}

/** The accents that the local voice has, as the service's `GET /accents` has them. Source: Cartesia SDK 4.2.0, `listAccents`. */
export function listAccents(): object {
  return { accents: [{ ...accent, language, is_locale_default: true, is_localizable: false }] };
}

/** Reads which voices are looked for. */
function readFilter(parameters: URLSearchParams): (voice: FliteVoice) => boolean {
  const query = (parameters.get("q") ?? "").toLowerCase();
  const gender = readOneOf(parameters, "gender", genders);
  const isOwner = readOneOf(parameters, "is_owner", ["true", "false"]);
  const spoken = parameters.get("language")?.toLowerCase().replaceAll("_", "-");
  if (spoken !== undefined && !/^[a-z]{2,3}(-[a-z\d]{2,8})*$/.test(spoken)) {
    throw new InvalidParameter("language must be a language code or a locale");
  }
  const speaks = spoken === undefined || [language, locale.toLowerCase()].includes(spoken);
  return (voice) => {
    const { name, tagline, description, gender: own } = voiceFacts[voice];
    const text = [voice, name, tagline, description].join("\n").toLowerCase();
    const isAsked = speaks && isOwner !== "true" && (gender ?? own) === own;
    return isAsked && text.includes(query);
  };
}

function readLimit(value: string | null): number {
  if (value === null) return defaultLimit;
  const limit = /^\d+$/.test(value) ? Number(value) : 0;
  if (limit >= 1 && limit <= largestLimit) return limit;
  throw new InvalidParameter(`limit must be an integer from 1 to ${largestLimit}`);
}

/** Reads the voice that a page begins after or ends before, as its place in the list. */
function readCursor(parameters: URLSearchParams, name: string): number | undefined {
  const voice = readOneOf(parameters, name, fliteVoices);
  return voice && fliteVoices.indexOf(voice);
}

/** Reads whether each voice is to name its preview, which is all that can be asked for, and which none here has. */
function readExpand(parameters: URLSearchParams): boolean {
  const fields = [...parameters.getAll("expand[]"), ...parameters.getAll("expand")];
  if (fields.every((field) => field === "preview_file_url")) return fields.length > 0;
  throw new InvalidParameter("expand[] must be preview_file_url");
}

function readOneOf<T extends string>(
  parameters: URLSearchParams,
  name: string,
  allowed: readonly T[],
): T | undefined {
  const value = parameters.get(name);
  const found = allowed.find((one) => one === value);
  if (value !== null && found === undefined) {
    throw new InvalidParameter(`${name} must be one of ${allowed.join(", ")}`);
  }
  return found;
}
