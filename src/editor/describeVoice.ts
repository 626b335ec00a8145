import * as vscode from "vscode";
import type { Voice } from "../session/voicePage.ts";

/** What is known of a voice beside its name, in few words: its language and its gender. */
export function describeVoice({ language, gender }: Pick<Voice, "language" | "gender">): string {
  return [language && nameOfLanguage(language), gender && nameOfGender(gender)]
    .filter(Boolean)
    .join(", ");
}

/** Made once: a list may be of a thousand voices. */
let languageNames: Intl.DisplayNames | undefined;

/** As the user's language calls it; the code is there to be searched for. */
function nameOfLanguage(code: string): string {
  try {
    languageNames ??= new Intl.DisplayNames([vscode.env.language], { type: "language" });
    const name = languageNames.of(code);
    return name === undefined || name === code ? code : `${name} (${code})`;
  } catch {
    return code; // it is none
  }
}

function nameOfGender(gender: string): string {
  switch (gender) {
    case "masculine":
      return vscode.l10n.t("masculine");
    case "feminine":
      return vscode.l10n.t("feminine");
    case "gender_neutral":
      return vscode.l10n.t("neutral");
    default:
      return gender;
  }
}
