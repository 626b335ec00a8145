import * as l10n from "@vscode/l10n";
import { firstIndex } from "../../script/model/firstIndex.ts";
import type { ScriptLanguage, Segment } from "../../script/model/script.ts";
import type { Problem } from "./problem.ts";
import { unheardIn } from "./unheard.ts";

/** Signs of Markdown that are sent as they stand, and what is meant without them. */
const LEFTOVERS: readonly {
  readonly pattern: RegExp;
  readonly what: () => string;
  /** The one language in which they are leftovers. */
  readonly only?: ScriptLanguage;
}[] = [
  {
    pattern: /^()[ \t]*(?:#{1,6}[ \t]+)+(?=\S)/gm,
    what: () => l10n.t("A number sign before a heading is sent as it stands, and may be read out."),
  },
  {
    pattern: /\*\*(?=[^\s*])([^*\r\n]{1,300})(?<=\S)\*\*/g,
    what: () => l10n.t("Asterisks around words are sent as they stand, and may be read out."),
  },
  {
    pattern: /(?<![*\\\p{L}\p{N}])\*(?=\S)([^*\\`\r\n]{1,300})(?<=\S)\*(?![*\p{L}\p{N}])/gu,
    what: () => l10n.t("Asterisks around words are sent as they stand, and may be read out."),
    only: "markdown",
  },
  {
    pattern: /(?<!\*)\*\*()(?=[^\s*][^*]*(?:[\r\n]|$))|(?<=\S)\*\*()(?=[\s.,;:!?]|$)/g,
    what: () =>
      l10n.t("Asterisks that belong to no others are sent as they stand, and may be read out."),
    only: "markdown",
  },
  {
    pattern: /`([^`\r\n]{1,300})`/g,
    what: () => l10n.t("Backticks around words are sent as they stand, and may be read out."),
    only: "plaintext", // in Markdown they are part of a code span
  },
  {
    pattern: /!?\[([^\][\r\n]{1,300})\]\([^()\s]{1,300}\)/g,
    what: () => l10n.t("A link of Markdown is sent as it stands, and may be read out."),
  },
];

/** Markdown in a segment that is sent as it stands: in plain text all of it. Places count from the segment's start. */
export function findLeftovers(
  { offsets }: Segment,
  written: string,
  language: ScriptLanguage,
): Problem[] {
  const isMarkdown = language === "markdown";
  const isSaid = (place: number): boolean => {
    const at = firstIndex(offsets.length, (index) => (offsets[index] ?? 0) >= place);
    return offsets[at] === place;
  };
  const advice = isMarkdown
    ? l10n.t("Write the words alone; in raw HTML nothing is Markdown.")
    : l10n.t("Write the words alone, or save the script as Markdown.");
  const found: Problem[] = [];
  for (const { pattern, what, only = language } of LEFTOVERS) {
    if (only !== language) continue;
    const unheard = unheardIn(written, language);
    for (const { index, 0: whole, 1: first, 2: content = first ?? "" } of written.matchAll(
      pattern,
    )) {
      const start = index + (/^[ \t]*/.exec(whole)?.[0].length ?? 0);
      const span = { start, end: index + whole.length };
      const isKnown = found.some((other) => other.start < span.end && span.start < other.end);
      if (isKnown || (isMarkdown && (!isSaid(start) || unheard(start)))) continue;
      found.push({
        ...span,
        code: "markdown",
        message: `${what()} ${advice}`,
        severity: "information",
        fixes: [
          { title: l10n.t("Remove the signs of Markdown"), edits: [{ ...span, text: content }] },
        ],
      });
    }
  }
  return found;
}
