import * as vscode from "vscode";

/** Made when it is first needed: making one is slow. */
let tenths: Intl.NumberFormat | undefined;

/** The language of the extension's words: the user's where they are translated, else English. */
export function wordsLanguage(): string {
  return vscode.l10n.bundle ? vscode.env.language : "en";
}

/** A duration in seconds as that language writes it: "3.4". */
export function formatSeconds(seconds: number): string {
  tenths ??= new Intl.NumberFormat(wordsLanguage(), {
    minimumFractionDigits: 1,
    useGrouping: false,
  });
  return tenths.format(Number(seconds.toFixed(1)));
}
