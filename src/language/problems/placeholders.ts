import * as l10n from "@vscode/l10n";
import { findTags, isElement } from "../../script/model/htmlTags.ts";
import type { ScriptLanguage, Segment } from "../../script/model/script.ts";
import { meantBy } from "../tags/checkTag.ts";
import { changeTo, type Problem } from "./problem.ts";
import { isSaid } from "./spokenPlaces.ts";
import { unheardIn } from "./unheard.ts";

/** What in a segment looks like a tag and is text: `<name>`, most often for a variable. Places count from its start. */
export function findPlaceholders(
  segment: Segment,
  written: string,
  language: ScriptLanguage,
): Problem[] {
  if (!written.includes("<")) return [];
  const unheard = unheardIn(written, language);
  const isPlain = (name: string): boolean => language === "plaintext" && isElement(name);
  return findTags(written).flatMap(({ start, end, name, kind }): Problem[] => {
    // To Markdown a tag may be none for what stands in it, or since it is closed too far away.
    const isBroken =
      kind === "html" && !segment.unfilled && !isPlain(name) && written[start - 1] !== "\\";
    const isText = (kind === "text" || isBroken) && written[start + 1] !== "/" && !meantBy(name);
    if (!isText || unheard(start)) return [];
    if (!isSaid(segment, start)) return []; // an address of Markdown, or the like
    const text = written.slice(start, end);
    const variable = `{{${text.slice(1, -1).trim().replace(/\s+/g, "_")}}}`;
    const isName = /^\{\{[\p{L}\p{M}\p{N}_.-]{1,60}\}\}$/u.test(variable);
    const message = l10n.t(
      "`{0}` is no tag of HTML or of the service: it is sent as it stands, and may be read out.",
      text,
    );
    const advice = isName
      ? l10n.t("For a template variable write `{0}`.", variable)
      : l10n.t("Write what is to be said.");
    return [
      {
        ...{ start, end, code: "no-tag", severity: "hint" },
        message: `${message} ${advice}`,
        fixes: isName ? [changeTo({ start, end }, variable)] : [],
      },
    ];
  });
}
