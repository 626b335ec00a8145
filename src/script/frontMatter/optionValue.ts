import * as l10n from "@vscode/l10n";
import { namePlaces, type SpeechOptions } from "../model/script.ts";

/** An option of one value. */
export type OptionKey =
  | "voice"
  | "model"
  | "language"
  | "accent"
  | "normalization"
  | "speed"
  | "volume"
  | "emotion"
  | "pronunciation_dict"
  | "names"
  | "headings";

/** A value that was read, or a sentence that says what is wrong with it. */
export type ReadOption = { readonly read: SpeechOptions } | { readonly fault: string };

/** What the settings that are numbers may be. */
export const settingRanges = { speed: [0.6, 1.5], volume: [0.5, 2] } as const;

/**
 * Reads the code of a language, such as `en`, or with a region, such as `en-GB` or `en_GB`: the service takes both spellings,
 * in any case (Cartesia TTS WebSocket reference, languages). @returns `undefined` where it is none
 */
export function readLanguage(written: string): string | undefined {
  const code = written.trim();
  if (/^[a-z]{2,3}$/i.test(code)) return code.toLowerCase();
  return /^[a-z]{2,3}[-_](?:[a-z]{4}[-_])?(?:[a-z]{2}|\d{3})$/i.test(code) ? code : undefined;
}

/** Reads how numbers and dates are read: `auto`, `off`, or the code of a language. @returns `undefined` where it is none of these */
export function readNormalization(written: string): string | undefined {
  const text = written.trim();
  const word = text.toLowerCase();
  return word === "auto" || word === "off" ? word : readLanguage(text);
}

/** The language itself of such a code, without its region: `en` of `en-GB`. */
export function languageOf(code: string): string {
  return (code.split(/[-_]/)[0] ?? code).toLowerCase();
}

/** Reads the value of an option, as YAML has it. */
export function readOption(key: OptionKey, value: unknown): ReadOption {
  switch (key) {
    case "voice":
    case "model":
    case "accent":
    case "normalization":
    case "emotion":
    case "pronunciation_dict": {
      // YAML reads a bare `off` as text, but other writers of YAML as false.
      const text = key === "normalization" && value === false ? "off" : value;
      if (typeof text !== "string" || text.trim() === "") {
        return { fault: l10n.t('`{0}` must be text. Put it in quotes: {0}: "…".', key) };
      }
      const written = text.trim();
      if (key === "pronunciation_dict") return { read: { pronunciationDict: written } };
      // The service knows its emotions in lower case only.
      if (key === "emotion") return { read: { emotion: written.toLowerCase() } };
      const known = key === "normalization" ? readNormalization(written) : undefined;
      return { read: { [key]: known ?? written } };
    }
    case "language": {
      const code = typeof value === "string" ? readLanguage(value) : undefined;
      if (code === undefined) {
        return {
          fault: l10n.t("`language` must be a code such as `en`, or with a region `en-GB`."),
        };
      }
      return { read: { language: code } };
    }
    case "speed":
    case "volume": {
      const [least, most] = settingRanges[key];
      if (typeof value !== "number" || !(value >= least && value <= most)) {
        return { fault: l10n.t("`{0}` must be a number from {1} to {2}.", key, least, most) };
      }
      return { read: { [key]: value } };
    }
    case "names": {
      const place = namePlaces.find((known) => known === value);
      if (place !== undefined) return { read: { names: place } };
      return {
        fault: l10n.t(
          "`names` must be `before`, for `NAME:` before what is said, or `above`, for names on lines of their own.",
        ),
      };
    }
    case "headings":
      if (value === true) return { read: { headings: true } };
      return {
        fault: l10n.t(
          "`headings` must be `true`, to have the headings of a script with a cast said. Those of one without are left out by `skip: [headings]`.",
        ),
      };
  }
}
