import * as l10n from "@vscode/l10n";
import type { ScriptLanguage } from "../../script/model/script.ts";
import type { Problem } from "./problem.ts";
import { unheardIn } from "./unheard.ts";

/** What is meant as laughter. */
const LAUGHS =
  /^(?:laugh(?:s|ing|ter|ters)?|laugther|lauhgter|laghter|laugter|chuckles?|giggles?)$/i;
/** Sounds that other services make, and this one does not. */
const OTHERS =
  /^(?:applause|breathes?|clears throat|coughs?|cries|crying|exhales?|gasps?|groans?|inhales?|moans?|pause|sighs?|silence|sings?|sniffs?|sobs?|whispers?|whispering|yawns?)$/i;
/** Not `[a](b)`, `[a][b]`, `[a]: b`, `![a]`: these are Markdown. */
const SOUND = /(?<![!\]\\])\[([a-z ]{3,20})\](?![([:])/gi;

/** Sounds in brackets that the service does not make. Places count from the segment's start. */
export function findSoundProblems(written: string, language: ScriptLanguage): Problem[] {
  if (!written.includes("[")) return [];
  const unheard = unheardIn(written, language);
  return [...written.matchAll(SOUND)].flatMap(({ index, 0: whole, 1: name = "" }): Problem[] => {
    if (unheard(index) || /^laughter$/i.test(name)) return [];
    const isLaugh = LAUGHS.test(name);
    if (!isLaugh && !OTHERS.test(name)) return [];
    const span = { start: index, end: index + whole.length };
    const advice = isLaugh
      ? l10n.t("Did you mean `[laughter]`?")
      : /^(?:pause|silence)$/i.test(name)
        ? l10n.t("For a pause write `<break/>`.")
        : l10n.t("The one it makes is `[laughter]`.");
    return [
      {
        ...span,
        code: "unknown-sound",
        message: `${l10n.t("The service makes no sound `{0}`: the word is read out.", whole)} ${advice}`,
        severity: "warning",
        fixes: isLaugh
          ? [{ title: l10n.t("Change to `[laughter]`"), edits: [{ ...span, text: "[laughter]" }] }]
          : [],
      },
    ];
  });
}
