import * as vscode from "vscode";
import type { RunCost } from "../preview/plan.ts";
import { count } from "./describeCost.ts";
import type { DocumentPreview } from "./documentPreview.ts";
import { ask } from "./notifications.ts";
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
  const chosen = await ask(
    {
      message: vscode.l10n.t("This sends {0} characters to {1}.", count(characters), service.label),
      detail: vscode.l10n.t("That is about {0} credits.", count(credits)),
    },
    speak,
  );
  return chosen === speak;
}

/**
 * Asks before a segment is said in context, where that costs something: what is said before it is paid for, and is not heard.
 * For commands, which can't say it themselves.
 */
export async function confirmLeadIn(preview: DocumentPreview, segment: number): Promise<boolean> {
  await preview.read();
  const { service, costs } = preview;
  const all = costs?.againInContext(segment) ?? 0;
  const before = all - (preview.segments([segment])[0]?.transcript.length ?? 0);
  if (!service?.charges || before <= 0) return true;
  const speak = vscode.l10n.t("Preview in Context");
  const chosen = await ask(
    {
      message: vscode.l10n.t(
        "Segment {0} in context: {1} characters are sent, {2} of them of the segments before it.",
        segment + 1,
        count(all),
        count(before),
      ),
    },
    speak,
  );
  return chosen === speak;
}
