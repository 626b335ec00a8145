import type { Scan } from "../scanner/scan.ts";
import type { Span } from "../model/script.ts";
import { segmentAt } from "../model/segmentAt.ts";
import { findServiceTags } from "../model/serviceTags.ts";

/** What of a script means something beyond its words. */
export interface MarkedSpans {
  readonly markers: readonly Span[];
  /** The service's tags. */
  readonly tags: readonly Span[];
  /** The names of speakers, with their colons, and the directions that belong to them. */
  readonly speakers: readonly Span[];
}

/**
 * What is to be marked in a part of a script, at the cost of that part. All but markers is left out in front matter, code and
 * comments.
 *
 * @param scan of this text.
 * @param part whole lines.
 */
export function markedSpans(text: string, scan: Scan, part: Span): MarkedSpans {
  const start = Math.max(part.start, scan.frontMatter?.end ?? 0);
  const written = text.slice(start, Math.max(start, part.end));
  const moved = (span: Span): Span => ({ start: start + span.start, end: start + span.end });
  const inPart = (span: Span): boolean => span.start < part.end && span.end > start;
  const spells = scan.spells.filter(inPart);
  const taken = [...spells, ...scan.silent.filter(inPart)];
  const isFree = (span: Span): boolean =>
    !taken.some((other) => other.start < span.end && span.start < other.end);
  const tags = findServiceTags(written, [])
    .filter(({ start: at }) => written[at - 1] !== "\\")
    .map(moved);
  const first = segmentAt(scan.segments, start);
  const last = segmentAt(scan.segments, part.end);
  const cuts = scan.markers.slice(Math.max(0, first - 1), last + 1).filter(inPart);
  // Where a name begins a segment it is what cuts there.
  const cutting = cuts.filter(({ kind, start, end }) => kind === "speaker" && end > start);
  const names = scan.names.filter((span) => span.reason !== "heading" && inPart(span));
  return {
    markers: cuts.filter(({ kind }) => kind !== "speaker"),
    tags: [...tags.filter(isFree), ...spells].sort((a, b) => a.start - b.start),
    speakers: [...cutting, ...names].sort((a, b) => a.start - b.start),
  };
}
