import type { SegmentView } from "../../preview/scriptPreview.ts";

/** What the gutter tells apart, each with a shape of its own; the most urgent first. */
export const signs = ["failed", "changed", "notSpoken", "speaking", "ready", "locked"] as const;
export type Sign = (typeof signs)[number];

/**
 * The sign of each line on which segments begin: of several, the most urgent one.
 * @param lineOf where the segment with this index begins; `undefined` where it is gone.
 */
export function lineSigns(
  views: readonly Pick<SegmentView, "index" | "state" | "locked">[],
  lineOf: (segment: number) => number | undefined,
): ReadonlyMap<number, Sign> {
  const found = new Map<number, Sign>();
  for (const view of views) {
    const sign = signOf(view);
    const line = lineOf(view.index);
    if (!sign || line === undefined) continue;
    const other = found.get(line);
    if (!other || signs.indexOf(sign) < signs.indexOf(other)) found.set(line, sign);
  }
  return found;
}

function signOf({ state, locked }: Pick<SegmentView, "state" | "locked">): Sign | undefined {
  switch (state) {
    case "ready":
      return locked ? "locked" : "ready";
    case "changed":
      return "changed";
    case "not spoken":
      return "notSpoken";
    case "queued":
    case "speaking":
      return "speaking";
    case "failed":
    case "incomplete":
      return "failed";
    case "nothing to say":
      return undefined;
  }
}
