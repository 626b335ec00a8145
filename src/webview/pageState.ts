import type { ListPlace } from "./view/clips/clipList.ts";

/** What outlives a reload of the page. */
export interface PageState extends ListPlace {
  /** As the host named it: by it a restored panel finds its document. */
  readonly document?: string;
}

/** Reads what an earlier page, perhaps of an earlier version, kept. */
export function readPageState(value: unknown): PageState {
  const { document, selected, scrollTop } = (
    typeof value === "object" && value !== null ? value : {}
  ) as Record<string, unknown>;
  return {
    ...(typeof document === "string" && { document }),
    selected: isCount(selected) ? selected : 0,
    scrollTop: isCount(scrollTop) ? scrollTop : 0,
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
