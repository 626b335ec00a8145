import * as vscode from "vscode";
import { transcriptsOf, type RunCost, type RunPlan } from "../../preview/plan/plan.ts";
import { count } from "../common/describeCost.ts";
import { ask } from "../common/notifications.ts";
import type { Service } from "../service/services.ts";
import { readUserSettings } from "../common/settings.ts";

/** What a run costs in credits, as far as could be learnt. */
export interface LearntCost {
  readonly credits: number;
  /** Whether the service has told of each voice what it costs. */
  readonly isKnown: boolean;
}

/**
 * Asks before a run that costs more than the user wants to spend unasked.
 * @param learn asked where that is so.
 */
export async function confirmCost(
  service: Service,
  { characters }: RunCost,
  learn: () => Promise<LearntCost>,
): Promise<boolean> {
  const { confirmAboveCharacters: limit } = readUserSettings();
  if (!service.charges || limit === 0 || characters <= limit) return true;
  const { credits, isKnown } = await learn();
  const about =
    count(credits) === "1"
      ? vscode.l10n.t("That is about {0} credit.", count(credits))
      : vscode.l10n.t("That is about {0} credits.", count(credits));
  const unknown = vscode.l10n.t(
    "The service has not told what a voice of it costs: a professional clone takes half as much again.",
  );
  const speak = vscode.l10n.t("Preview");
  const chosen = await ask(
    {
      message: vscode.l10n.t("This sends {0} characters to {1}.", count(characters), service.label),
      detail: isKnown ? about : `${about} ${unknown}`,
    },
    speak,
  );
  return chosen === speak;
}

/**
 * Asks before segments are said in context, where that costs something: what is said before them is paid for, and is not
 * heard. For commands, which can't say it themselves.
 */
export async function confirmLeadIn(
  service: Service,
  { play, groups, characters }: RunPlan,
): Promise<boolean> {
  const heard = groups.flatMap((group) =>
    transcriptsOf(group).filter((_, at) => !group[at]?.leadIn),
  );
  const before = characters - heard.reduce((sum, { length }) => sum + length, 0);
  const [segment] = play;
  if (!service.charges || before <= 0 || segment === undefined) return true;
  const speak = vscode.l10n.t("Preview in Context");
  const chosen = await ask(
    {
      message: vscode.l10n.t(
        "Segment {0} in context: {1} characters are sent, {2} of them of the segments before it.",
        segment + 1,
        count(characters),
        count(before),
      ),
    },
    speak,
  );
  return chosen === speak;
}
