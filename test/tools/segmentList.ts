/** A segment as the panel names it to a screen reader: "Segment 2, ready, 3.4 seconds". */
export interface SegmentItem {
  /** The segment's index, from 0. */
  readonly segment: number;
  /** What its clip is, in the panel's words. */
  readonly state: string;
}

/** Reads the panel's list of segments from its accessibility tree, as Playwright writes it down. */
export function readSegmentList(ariaSnapshot: string): SegmentItem[] {
  const items = ariaSnapshot.matchAll(/listitem "Segment (\d+), ([^,"]+)/g);
  return [...items].map(([, number, state = ""]) => ({ segment: Number(number) - 1, state }));
}

/**
 * Whether a run is over.
 * @param announced whether the panel has said that it ended: segments that it did not come to may
 * remain as they were
 */
export function hasEnded(segments: readonly SegmentItem[], announced: boolean): boolean {
  const has = (...states: readonly string[]): boolean =>
    segments.some(({ state }) => states.includes(state));
  if (segments.length === 0 || has("queued", "speaking")) return false;
  return announced || !has("not spoken", "changed");
}
