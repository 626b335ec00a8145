import { UsageError } from "../common/exitCodes.ts";

/** Segments from the first to the last, both included; counted from 0. */
export interface SegmentRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads which segments are asked for: `1,3-5,8-`, counted from 1, as people count. Ranges that touch or overlap are joined.
 * @returns in the script's order.
 * @throws UsageError
 */
export function readSegmentRanges(text: string): readonly SegmentRange[] {
  const ranges = text.split(",").map((part) => readRange(part.trim(), text));
  const joined: SegmentRange[] = [];
  for (const range of ranges.sort((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (!before || range.first > before.last + 1) joined.push(range);
    else joined.splice(-1, 1, { ...before, last: Math.max(before.last, range.last) });
  }
  return joined;
}

function readRange(part: string, text: string): SegmentRange {
  const [, from, dash, to] = /^(\d+)\s*(-?)\s*(\d*)$/.exec(part) ?? [];
  const first = Number(from);
  const last = dash === "-" ? (to === "" ? Infinity : Number(to)) : first;
  if (first >= 1 && last >= first && (dash === "-" || to === "")) {
    return { first: first - 1, last: last - 1 };
  }
  throw new UsageError(`--segments is “${text}”, and must be numbers and ranges such as 1,3-5,8-.`);
}
