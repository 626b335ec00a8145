import * as l10n from "@vscode/l10n";
import type { SpeechOptions } from "./script.ts";

/** An option of one value. */
export type OptionKey =
  "voice" | "model" | "language" | "speed" | "volume" | "emotion" | "pronunciation_dict";

/** A value that was read, or a sentence that says what is wrong with it. */
export type ReadOption = { readonly read: SpeechOptions } | { readonly fault: string };

/** What the settings that are numbers may be. */
export const settingRanges = { speed: [0.6, 1.5], volume: [0.5, 2] } as const;

/** Reads the value of an option, as YAML has it. */
export function readOption(key: OptionKey, value: unknown): ReadOption {
  switch (key) {
    case "voice":
    case "model":
    case "emotion":
    case "pronunciation_dict":
      if (typeof value !== "string" || value.trim() === "") {
        return { fault: l10n.t('`{0}` must be text. Put it in quotes: {0}: "…".', key) };
      }
      return {
        read: { [key === "pronunciation_dict" ? "pronunciationDict" : key]: value.trim() },
      };
    case "language":
      if (typeof value !== "string" || !/^[a-z]{2}$/i.test(value)) {
        return { fault: l10n.t("`language` must be a code of two letters, such as `en`.") };
      }
      return { read: { language: value.toLowerCase() } };
    case "speed":
    case "volume": {
      const [least, most] = settingRanges[key];
      if (typeof value !== "number" || !(value >= least && value <= most)) {
        return { fault: l10n.t("`{0}` must be a number from {1} to {2}.", key, least, most) };
      }
      return { read: { [key]: value } };
    }
  }
}
