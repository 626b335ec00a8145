import * as l10n from "@vscode/l10n";
import type { FrontMatter } from "../frontMatter/frontMatter.ts";
import type {
  OptionPlaces,
  ScriptLanguage,
  ScriptProblem,
  SpeechOptions,
} from "../model/script.ts";
import { skippableInText } from "../model/spokenParts.ts";
import type { Scan } from "../scanner/scan.ts";

/** What does not do what its writer meant of that which tells what is spoken: comments in the text, `only` in the front matter. */
export function partProblems(
  { faults, missing }: Pick<Scan, "faults" | "missing">,
  { options, places }: FrontMatter,
  language: ScriptLanguage,
): ScriptProblem[] {
  const problems: ScriptProblem[] = faults.map(({ kind, start, end }) => ({
    start,
    end,
    message: messageOf(kind),
    code: "speech-comment",
  }));
  if (language === "plaintext") return [...problems, ...meaningless(options, places)];
  const place = options.only && places.only;
  if (!place) return problems;
  for (const part of missing) {
    const message =
      part === "notes"
        ? l10n.t(
            "`only` names `notes`, and this document has no speaker notes: nothing of it is spoken. Notes are the comments of Marp and Slidev, `Note:` of reveal.js and `::: notes` of Pandoc.",
          )
        : l10n.t(
            "`only` names the section `{0}`, and there is no such heading. Write it as it stands, or `quotes` or `notes`.",
            part,
          );
    problems.push({ ...place, message, code: "missing-part" });
  }
  return problems;
}

/** What means something in Markdown alone. */
function meaningless(
  { skip = [], only = [] }: SpeechOptions,
  places: OptionPlaces,
): ScriptProblem[] {
  const lost = skip.filter((part) => !skippableInText.includes(part));
  const problems: ScriptProblem[] = [];
  if (places.skip && lost.length > 0) {
    const names = lost.map((part) => `\`${part}\``).join(", ");
    const message = l10n.t(
      "Plain text has no {0}: it is spoken as it stands. Save the script as Markdown, with a name that ends in `.md`.",
      names,
    );
    problems.push({ ...places.skip, message, code: "missing-part" });
  }
  if (places.only && only.length > 0) {
    const message = l10n.t(
      "In plain text `only` does nothing: all of it is spoken. Save the script as Markdown, with a name that ends in `.md`.",
    );
    problems.push({ ...places.only, message, code: "missing-part" });
  }
  return problems;
}

function messageOf(kind: Scan["faults"][number]["kind"]): string {
  switch (kind) {
    case "neverOn":
      return l10n.t(
        "Nothing is spoken from here to the document’s end. Write `<!-- speech: on -->` where the speech goes on.",
      );
    case "offAlready":
      return l10n.t(
        "The speech is off here already, and the next `<!-- speech: on -->` switches it on. Remove this comment.",
      );
    case "onAlready":
      return l10n.t("The speech is on here already. Remove this comment.");
    case "markerInSay":
      return l10n.t(
        "A flush marker in `<!-- say: … -->` cuts nothing, and is left out. Put it between two such comments.",
      );
    case "unknown":
      return l10n.t(
        "This comment does nothing. Write `<!-- speech: off -->` or `<!-- speech: on -->`.",
      );
  }
}
