/** The segments of a text, in its order, each with the id that stays its own while the text is edited. */
export interface SegmentIds {
  readonly ids: readonly number[];
  readonly transcripts: readonly string[];
  /** A number that no segment had yet, nor any above it. */
  readonly next: number;
}

/**
 * The ids after an edit. What was at the start and at the end, and is as it was, keeps its id; so does what lies between where
 * one of the same transcript lay there and, where the script has as many segments as before, what stands in the place of one
 * that is gone. Others get new ids. In a script that is read for the first time an id is the segment's index.
 */
export function followSegments(
  before: SegmentIds | undefined,
  transcripts: readonly string[],
): SegmentIds {
  const { ids: then, transcripts: former, next } = before ?? { ids: [], transcripts: [], next: 0 };
  const common = Math.min(former.length, transcripts.length);
  let head = 0;
  while (head < common && former[head] === transcripts[head]) head++;
  let tail = 0;
  while (tail < common - head && former.at(-1 - tail) === transcripts.at(-1 - tail)) tail++;
  const free = new Map<string, number[]>();
  for (let at = former.length - tail - 1; at >= head; at--) {
    const text = former[at] ?? "";
    free.set(text, [...(free.get(text) ?? []), then[at] ?? 0]);
  }
  const between = transcripts
    .slice(head, transcripts.length - tail)
    .map((text) => free.get(text)?.pop());
  const taken = new Set(between);
  const isSameCount = former.length === transcripts.length;
  let last = next;
  const ids = [
    ...then.slice(0, head),
    ...between.map((id, at) => {
      const former = isSameCount ? then[head + at] : undefined;
      return id ?? (former === undefined || taken.has(former) ? last++ : former);
    }),
    ...then.slice(then.length - tail),
  ];
  return { ids, transcripts, next: last };
}
