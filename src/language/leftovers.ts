import type { Problem } from "./problem.ts";

/** Signs of Markdown that plain text has no use for, and what is meant without them. */
const LEFTOVERS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /^()(?:#{1,6}[ \t]+)+(?=\S)/gm,
    what: "A number sign before a heading is sent as it stands",
  },
  {
    pattern: /\*\*(?=[^\s*])([^*\r\n]{1,300})(?<=\S)\*\*/g,
    what: "Asterisks around words are sent as they stand",
  },
  { pattern: /`([^`\r\n]{1,300})`/g, what: "Backticks around words are sent as they stand" },
  {
    pattern: /!?\[([^\][\r\n]{1,300})\]\([^()\s]{1,300}\)/g,
    what: "A link of Markdown is sent as it stands",
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
        message: `${what}, for this is plain text, and may be read out. Write the words alone, or save the script as Markdown.`,
        severity: "information",
        fixes: [{ title: "Remove the signs of Markdown", edits: [{ ...span, text: content }] }],
      };
    }),
  );
}
