import { endOf, LineCounter, type LineRange } from "./linePlaces.ts";
import type { Span } from "./script.ts";
import { writtenSpan } from "./segmentAt.ts";
import { commonEnds } from "./textChange.ts";

/** Where a segment stands in its document: what of it is written, without the white space at its ends. */
export interface SegmentPlace extends Span, LineRange {
  /** The very same object as long as the segment's text is the same, wherever it stands: what is known of it is kept by this. */
  readonly content: object;
}

/**
 * Finds where the segments of one document stand, again and again while it is written. A segment that stands as it stood is
 * the very same object. Work is linear in what changed, but for a step or two for each segment.
 */
export class PlaceFinder {
  #text = "";
  #spans: readonly Span[] = [];
  #places: readonly SegmentPlace[] = [];

  /** @param spans of the segments, in document order, as a scan has them. */
  find(text: string, spans: readonly Span[]): readonly SegmentPlace[] {
    const { front, behind } = this.#same(text, spans);
    const kept = this.#places.slice(0, front);
    const last = kept.at(-1);
    const lines = new LineCounter(text, last?.end ?? 0, endOf(last));
    const anew = spans.slice(front, spans.length - behind).map((span) => placeOf(span, lines));
    const moved = movedTo(
      this.#places.slice(this.#places.length - behind),
      text.length - this.#text.length,
      lines,
    );
    this.#text = text;
    this.#spans = spans;
    this.#places = [...kept, ...anew, ...moved];
    return this.#places;
  }

  /** How many segments, from the start and from the end, have the text that they had. */
  #same(text: string, spans: readonly Span[]): { readonly front: number; readonly behind: number } {
    const old = this.#spans;
    const { head, tail } = commonEnds(this.#text, text);
    const shift = text.length - this.#text.length;
    const most = Math.min(old.length, spans.length);
    let front = 0;
    while (front < most && isMoved(old[front], spans[front], 0, { from: 0, to: head })) front++;
    let behind = 0;
    const range = { from: text.length - tail, to: text.length };
    while (
      behind < most - front &&
      isMoved(old[old.length - 1 - behind], spans[spans.length - 1 - behind], shift, range)
    )
      behind++;
    return { front, behind };
  }
}

/** Whether a span is another one, so many UTF-16 units further on, in a range. */
function isMoved(
  old: Span | undefined,
  now: Span | undefined,
  shift: number,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  if (!old || !now || now.start < from || now.end > to) return false;
  return old.start + shift === now.start && old.end + shift === now.end;
}

function placeOf(span: Span, lines: LineCounter): SegmentPlace {
  const { start, end } = writtenSpan(lines.text, span);
  const first = lines.at(start);
  const last = lines.at(end);
  return {
    start,
    end,
    line: first.line,
    character: first.character,
    endLine: last.line,
    endCharacter: last.character,
    content: {},
  };
}

/** The same places, so many UTF-16 units further on. Those that stand on the first one's line move along it, too. */
function movedTo(
  places: readonly SegmentPlace[],
  shift: number,
  lines: LineCounter,
): readonly SegmentPlace[] {
  const [first] = places;
  if (!first) return places;
  const now = lines.at(first.start + shift);
  const down = now.line - first.line;
  const along = now.character - first.character;
  if (shift === 0 && down === 0 && along === 0) return places;
  return places.map((place) => ({
    start: place.start + shift,
    end: place.end + shift,
    line: place.line + down,
    character: place.character + (place.line === first.line ? along : 0),
    endLine: place.endLine + down,
    endCharacter: place.endCharacter + (place.endLine === first.line ? along : 0),
    content: place.content,
  }));
}
