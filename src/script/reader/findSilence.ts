import type { Segment, Span, WrittenPlace } from "../model/script.ts";
import type { SilenceReason, SilentSpan } from "../model/silence.ts";

/** What is spoken of a segment, as it is written. Places count from its start. */
export interface Spoken {
  readonly offsets: Segment["offsets"];
  /** What stands where something else is said. */
  readonly written: readonly WrittenPlace[];
  /** Character references, which are said as one character. */
  readonly references: readonly Span[];
}

/** The spans of what is spoken, in order; none touches another. */
export function spokenSpans({ offsets, written, references }: Spoken): Span[] {
  const spans: { start: number; end: number }[] = [];
  const add = (start: number, end: number): void => {
    const last = spans.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  };
  const others = [
    ...written.map(({ start, last }) => ({ start, end: last + 1 })),
    ...references,
  ].sort((a, b) => a.start - b.start);
  let next = 0;
  for (const offset of offsets) {
    for (let other = others[next]; other && other.start <= offset; other = others[++next]) {
      add(other.start, other.end);
    }
    add(offset, offset + 1);
  }
  for (const { start, end } of others.slice(next)) add(start, end);
  return spans;
}

/**
 * What of a segment is not spoken: what is not in `spoken`, by the first of the `noted` that it is in, or as `marks` where it
 * is in none of them and has a letter or a digit.
 *
 * @param written the segment's text.
 * @param spoken in order.
 * @param noted in any order; they may overlap each other, and what is spoken.
 */
export function findSilence(
  written: string,
  spoken: readonly Span[],
  noted: readonly SilentSpan[],
): SilentSpan[] {
  const silent: SilentSpan[] = [];
  const reasons = apart(noted);
  let next = 0;
  let last: { start: number; end: number; reason: SilenceReason } | undefined;
  const add = (from: number, to: number, reason: SilenceReason): void => {
    if (from >= to) return;
    const text = written.slice(from, to);
    if (!(reason === "marks" ? /[\p{L}\p{N}]/u : /\S/).test(text)) return;
    const start = to - text.trimStart().length;
    const end = from + text.trimEnd().length;
    if (last?.reason === reason && written.slice(last.end, start).trim() === "") last.end = end;
    else silent.push((last = { start, end, reason }));
  };
  const addGap = (from: number, to: number): void => {
    let at = from;
    last = undefined; // what stands before is spoken
    while ((reasons[next]?.end ?? Infinity) <= from) next++;
    for (let here = next; at < to; here++) {
      const { start, end, reason } = reasons[here] ?? { start: to, end: to, reason: "marks" };
      add(at, Math.min(start, to), "marks");
      add(Math.max(at, start), Math.min(end, to), reason);
      at = Math.max(at, end);
    }
  };
  let from = 0;
  for (const { start, end } of spoken) {
    addGap(from, start);
    from = end;
  }
  addGap(from, written.length);
  return silent;
}

/** The spans in order, each without what another before it has. */
function apart(noted: readonly SilentSpan[]): SilentSpan[] {
  const spans: SilentSpan[] = [];
  let from = 0;
  for (const { start, end, reason } of [...noted].sort((a, b) => a.start - b.start)) {
    if (end <= from) continue;
    spans.push({ start: Math.max(from, start), end, reason });
    from = end;
  }
  return spans;
}
