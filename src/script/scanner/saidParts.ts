import { onlyNames } from "../model/spokenParts.ts";
import type { Span } from "../model/script.ts";
import { findHeadings, type CutDocument, type Heading } from "./headings.ts";

/** What of a document is said where only some parts of it are. */
interface SaidParts {
  /** What is not, in order; but for quotes, where they are named. */
  readonly unsaid: readonly Span[];
  /** The parts that it does not have. */
  readonly missing: readonly string[];
}

/**
 * Finds what is not said of a document of which only these parts are: all but the notes, where they are named, and the sections
 * below the headings that are. Quotes are not looked for: that is the Markdown parser's to tell.
 */
export function findParts(
  text: string,
  scan: CutDocument,
  parts: readonly string[],
  notes: readonly Span[],
): SaidParts {
  if (parts.length === 0) return { unsaid: [], missing: [] };
  const said = parts.includes("notes") ? [...notes] : [];
  const missing = parts.includes("notes") && notes.length === 0 ? ["notes"] : [];
  const titles = new Map<string, string[]>();
  for (const part of parts) {
    if (onlyNames.some((name) => name === part)) continue;
    titles.set(titleOf(part), [...(titles.get(titleOf(part)) ?? []), part]);
  }
  const unknown = new Set([...titles.values()].flat());
  let open: Heading | undefined;
  for (const heading of titles.size > 0 ? findHeadings(text, scan) : []) {
    if (open && heading.level <= open.level) {
      said.push({ start: open.end, end: heading.start });
      open = undefined;
    }
    const named = (titles.get(titleOf(heading.title)) ?? []).filter((part) => {
      const level = levelOf(part);
      return level === 0 || level === heading.level;
    });
    for (const part of named) unknown.delete(part);
    if (named.length > 0) open ??= heading;
  }
  if (open) said.push({ start: open.end, end: text.length });
  for (const part of unknown) missing.push(part);
  return { unsaid: outside(said, scan.frontMatter?.end ?? 0, text.length), missing };
}

/** How many number signs a part begins with; none where a heading of any level is meant. */
function levelOf(part: string): number {
  return /^#*/.exec(part)?.[0].length ?? 0;
}

function titleOf(part: string): string {
  let end = part.length;
  while (/[ \t#]/.test(part[end - 1] ?? "")) end--;
  return part.slice(levelOf(part), end).replace(/\s+/g, " ").trim().toLowerCase();
}

/** What of a stretch none of these spans covers; they may overlap. */
function outside(spans: readonly Span[], from: number, to: number): Span[] {
  const found: Span[] = [];
  let at = from;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start > at) found.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < to) found.push({ start: at, end: to });
  return found;
}
