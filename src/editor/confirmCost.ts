import * as vscode from "vscode";
import type { RunCost } from "../preview/plan.ts";
import { count } from "./describeCost.ts";
import type { Service } from "./services.ts";
import { readUserSettings } from "./settings.ts";

/** Asks before a run that costs more than the user wants to spend unasked. */
export async function confirmCost(
  service: Service,
  { characters, credits }: RunCost,
): Promise<boolean> {
  const { confirmAboveCharacters: limit } = readUserSettings();
  if (!service.charges || limit === 0 || characters <= limit) return true;
  const speak = vscode.l10n.t("Preview");
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("This sends {0} characters to {1}.", count(characters), service.label),
    {
      modal: true,
      detail: vscode.l10n.t("That is about {0} credits.", count(credits)),
    },
    speak,
  );
  return chosen === speak;
}
