import * as vscode from "vscode";
import type { RunCost } from "../../preview/plan/plan.ts";
import { wordsLanguage } from "./wordsLanguage.ts";

/** What sends it, as far as its price goes. */
interface Payee {
  /** Which voice is heard, in words. */
  readonly label: string;
  /** Whether what it says is paid for by the character. */
  readonly charges: boolean;
}

/** What a press would send and cost, in a sentence. */
export function describeCost({ characters, credits }: RunCost, { charges }: Payee): string {
  if (characters === 0) return vscode.l10n.t("Sends nothing: what is ready is played");
  if (charges) {
    const sends =
      characters === 1
        ? vscode.l10n.t("Sends {0} character", count(characters))
        : vscode.l10n.t("Sends {0} characters", count(characters));
    return count(credits) === "1"
      ? vscode.l10n.t("{0}, about {1} credit", sends, count(credits))
      : vscode.l10n.t("{0}, about {1} credits", sends, count(credits));
  }
  return characters === 1
    ? vscode.l10n.t("Speaks {0} character with the local voice, at no cost", count(characters))
    : vscode.l10n.t("Speaks {0} characters with the local voice, at no cost", count(characters));
}

/** What a press would send of a script that has not been read yet, by the length of what is written. */
export function describeLength(characters: number): string {
  return characters === 1
    ? vscode.l10n.t("Sends about {0} character", count(characters))
    : vscode.l10n.t("Sends about {0} characters", count(characters));
}

/** Made when first asked for: to make one for each number would take a hundred times as long. */
const numbers: { format?: Intl.NumberFormat } = {};

/** A whole number as the language of the words writes it. */
export function count(characters: number): string {
  numbers.format ??= new Intl.NumberFormat(wordsLanguage());
  return numbers.format.format(characters);
}
