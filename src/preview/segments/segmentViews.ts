import type { Segment } from "../../script/model/script.ts";
import { showsTheSame, viewSegment, type SegmentFacts, type SegmentView } from "./segmentView.ts";

/** What is known of each segment, as it was last looked at: what has not changed since is the very same object. */
export class SegmentViews {
  #views: SegmentView[] = [];

  /** These segments, or all, as they were last looked at. */
  known(indexes?: readonly number[]): readonly SegmentView[] {
    return indexes ? indexes.flatMap((index) => this.#views[index] ?? []) : this.#views;
  }

  /** A segment as it is now. */
  view(segment: Segment, facts: SegmentFacts): SegmentView {
    const known = this.#views[segment.index];
    const view = viewSegment(segment, facts, known);
    this.#views[segment.index] = view;
    return view;
  }

  /**
   * Looks at all segments again.
   * @returns those that show something else than before, wherever they stand in the document; `undefined` where segments
   *   have come or gone
   */
  update(
    segments: readonly Segment[],
    factsOf: (segment: Segment) => SegmentFacts,
  ): number[] | undefined {
    const before = this.#views;
    const changed: number[] = [];
    this.#views = segments.map((segment) => {
      const old = before[segment.index];
      const view = viewSegment(segment, factsOf(segment), old);
      if (view !== old && !(old && showsTheSame(view, old))) changed.push(segment.index);
      return view;
    });
    return before.length === segments.length ? changed : undefined;
  }
}
