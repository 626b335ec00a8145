/** What `skip` may name: kinds of text that stand in a script and are not said. */
export const skippable = [
  "headings",
  "quotes",
  "lists",
  "tables",
  "links",
  "images",
  "code",
  "strikethrough",
  "parentheses",
  "brackets",
] as const;

export type Skippable = (typeof skippable)[number];

/** Those of them that mean something in plain text, too. */
export const skippableInText: readonly Skippable[] = ["parentheses", "brackets"];

/** What `only` may name beside headings. */
export const onlyNames = ["quotes", "notes"] as const;

/** Which parts of a script are said. */
export interface SpokenParts {
  /** These are left out. */
  readonly skip?: readonly Skippable[] | undefined;
  /**
   * Nothing else is said: `quotes` for block quotes, `notes` for a deck's speaker notes, or a heading for its section, such as
   * `## Narration`, or without number signs for one of any level. All is, where it is empty.
   */
  readonly only?: readonly string[] | undefined;
}

/** Reads one name of `skip`, in any case; `undefined` where it is none. */
export function readSkippable(written: string): Skippable | undefined {
  const name = written.trim().toLowerCase();
  return skippable.find((known) => known === name);
}

/** Reads one part that `only` names: names in lower case, headings as they are written; `undefined` where it is no line of text. */
export function readOnly(written: string): string | undefined {
  const part = written.trim();
  if (!/[\p{L}\p{N}]/u.test(part) || /[\r\n]/.test(part)) return undefined;
  return onlyNames.find((known) => known === part.toLowerCase()) ?? part;
}

/** Whether a deck's speaker notes are what is said. */
export function saysNotes({ only = [] }: SpokenParts): boolean {
  return only.includes("notes");
}
