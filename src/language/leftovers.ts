import type { Problem } from "./problem.ts";

/** Signs of Markdown that plain text has no use for, and what is meant without them. */
const LEFTOVERS: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /^()(?:#{1,6}[ \t]+)+(?=\S)/gm, name: "A number sign before a heading" },
  { pattern: /\*\*(?=[^\s*])([^*\r\n]{1,300})(?<=\S)\*\*/g, name: "Asterisks around words" },
  { pattern: /`([^`\r\n]{1,300})`/g, name: "Backticks around words" },
  { pattern: /!?\[([^\][\r\n]{1,300})\]\([^()\s]{1,300}\)/g, name: "A link of Markdown" },
];

/** Markdown in a segment of plain text, which is sent as it stands. Places count from the segment's start. */
export function findLeftovers(written: string): Problem[] {
  return LEFTOVERS.flatMap(({ pattern, name }) =>
    [...written.matchAll(pattern)].map(({ index, 0: whole, 1: content = "" }): Problem => {
      const span = { start: index, end: index + whole.length };
      return {
        ...span,
        code: "markdown",
        message: `${name} is sent as it stands, for this is plain text, and may be read out. Leave it out, or save the script as Markdown.`,
        severity: "information",
        fixes: [{ title: "Remove the signs of Markdown", edits: [{ ...span, text: content }] }],
      };
    }),
  );
}
