import * as l10n from "@vscode/l10n";
import type { Problem } from "./problem.ts";

/** Signs of Markdown that plain text has no use for, and what is meant without them. */
const LEFTOVERS: readonly { readonly pattern: RegExp; readonly what: () => string }[] = [
  {
    pattern: /^()(?:#{1,6}[ \t]+)+(?=\S)/gm,
    what: () =>
      l10n.t(
        "A number sign before a heading is sent as it stands, for this is plain text, and may be read out.",
      ),
  },
  {
    pattern: /\*\*(?=[^\s*])([^*\r\n]{1,300})(?<=\S)\*\*/g,
    what: () =>
      l10n.t(
        "Asterisks around words are sent as they stand, for this is plain text, and may be read out.",
      ),
  },
  {
    pattern: /`([^`\r\n]{1,300})`/g,
    what: () =>
      l10n.t(
        "Backticks around words are sent as they stand, for this is plain text, and may be read out.",
      ),
  },
  {
    pattern: /!?\[([^\][\r\n]{1,300})\]\([^()\s]{1,300}\)/g,
    what: () =>
      l10n.t(
        "A link of Markdown is sent as it stands, for this is plain text, and may be read out.",
      ),
  },
];

/** Markdown in a segment of plain text, which is sent as it stands. Places count from the segment's start. */
export function findLeftovers(written: string): Problem[] {
  return LEFTOVERS.flatMap(({ pattern, what }) =>
    [...written.matchAll(pattern)].map(({ index, 0: whole, 1: content = "" }): Problem => {
      const span = { start: index, end: index + whole.length };
      return {
        ...span,
        code: "markdown",
        message: `${what()} ${l10n.t("Write the words alone, or save the script as Markdown.")}`,
        severity: "information",
        fixes: [
          { title: l10n.t("Remove the signs of Markdown"), edits: [{ ...span, text: content }] },
        ],
      };
    }),
  );
}
