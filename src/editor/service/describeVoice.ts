import * as vscode from "vscode";
import { languageName } from "../../language/tags/languageName.ts";
import type { Voice } from "../../session/voices/voicePage.ts";

/** What is known of a voice beside its name, in few words: its language and its gender. */
export function describeVoice({ language, gender }: Pick<Voice, "language" | "gender">): string {
  return [language && nameOfLanguage(language), gender && nameOfGender(gender)]
    .filter(Boolean)
    .join(", ");
}

/** As the user's language calls it; the code is there to be searched for. */
function nameOfLanguage(code: string): string {
  const name = languageName(code);
  return name === code ? code : `${name} (${code})`;
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
