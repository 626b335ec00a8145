import type { Scan } from "./scan.ts";
import type { ScriptLanguage, Span } from "./script.ts";
import { segmentAt } from "./segmentAt.ts";
import { findServiceTags } from "./serviceTags.ts";

/** What of a script means something beyond its words. */
export interface MarkedSpans {
  readonly markers: readonly Span[];
  /** The service's tags. */
  readonly tags: readonly Span[];
  /** Names of the cast at the starts of paragraphs, with their colons. */
  readonly speakers: readonly Span[];
}

/** A document that was cut. */
export interface MarkedText {
  readonly text: string;
  readonly language: ScriptLanguage;
  readonly scan: Scan;
}

/**
 * What is to be marked in a part of a script, at the cost of that part. All but markers is left out in front matter, code and
 * comments.
 *
 * @param part whole lines.
 * @param cast the speakers' names.
 */
export function markedSpans(
  { text, language, scan }: MarkedText,
  part: Span,
  cast: readonly string[],
): MarkedSpans {
  const start = Math.max(part.start, scan.frontMatter?.end ?? 0);
  const written = text.slice(start, Math.max(start, part.end));
  const moved = (span: Span): Span => ({ start: start + span.start, end: start + span.end });
  const inPart = (span: Span): boolean => span.start < part.end && span.end > start;
  const spells = scan.spells.filter(inPart);
  const taken = [...spells, ...scan.silent.filter(inPart)];
  const isFree = (span: Span): boolean =>
    !taken.some((other) => other.start < span.end && span.start < other.end);
  const tags = findServiceTags(written)
    .filter(({ kind, start: at }) => kind !== "spell" && written[at - 1] !== "\\")
    .map(moved);
  const first = segmentAt(scan.segments, start);
  const last = segmentAt(scan.segments, part.end);
  return {
    markers: scan.markers
      .slice(Math.max(0, first - 1), last + 1)
      .filter((span) => span.kind !== "speaker" && inPart(span)),
    tags: [...tags.filter(isFree), ...spells].sort((a, b) => a.start - b.start),
    speakers: findSpeakers(text, start, written, { cast, language, scan }).filter(isFree),
  };
}

/** Names at the starts of lines that begin a paragraph: behind an empty line, or behind a marker. */
function findSpeakers(
  text: string,
  start: number,
  written: string,
  { cast, language, scan }: Omit<MarkedText, "text"> & { readonly cast: readonly string[] },
): Span[] {
  if (cast.length === 0) return [];
  const names = cast.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const strong = language === "markdown";
  const name = strong
    ? `(?:(?:${names})[ \\t]*:|(?<strong>\\*\\*|__)(?:${names})(?:[ \\t]*:\\k<strong>|\\k<strong>[ \\t]*:))`
    : `(?:${names})[ \\t]*:`;
  const pattern = new RegExp(`(?<![^\\r\\n>])[ \\t]*(?<speaker>${name})`, "gu");
  return [...written.matchAll(pattern)].flatMap(({ 0: whole, index, groups }) => {
    const end = start + index + whole.length;
    const from = end - (groups?.["speaker"]?.length ?? 0);
    return beginsParagraph(text, start + index, scan) ? [{ start: from, end }] : [];
  });
}

function beginsParagraph(text: string, offset: number, { segments }: Scan): boolean {
  const begins = segments[segmentAt(segments, offset)]?.start ?? 0;
  const next = segments[segmentAt(segments, offset) + 1]?.start;
  if (offset === next) return true;
  const before = text.slice(Math.max(begins, offset - 200), offset);
  return before.trim() === "" || /(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)$/.test(before);
}
