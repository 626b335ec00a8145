import * as l10n from "@vscode/l10n";

/** The language of what is said here, as a code: each translation says its own in place of this one. */
export function sentenceLanguage(): string {
  return l10n.t("en");
}

/** A language's name in that language, as far as the platform knows it. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(sentenceLanguage(), { type: "language" }).of(code) ?? code;
  } catch {
    return code; // it is none
  }
}
