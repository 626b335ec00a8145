import * as l10n from "@vscode/l10n";

/** The language of what is said here, as a code: each translation says its own in place of this one. */
export function sentenceLanguage(): string {
  return l10n.t("en");
}

/** Made once for each language of sentences: there may be a thousand names to find. */
const names = new Map<string, Intl.DisplayNames>();

/** A language's name in that language, as far as the platform knows it. */
export function languageName(code: string): string {
  const language = sentenceLanguage();
  const known = names.get(language) ?? new Intl.DisplayNames(language, { type: "language" });
  names.set(language, known);
  try {
    return known.of(code.replaceAll("_", "-")) ?? code;
  } catch {
    return code; // it is none
  }
}
