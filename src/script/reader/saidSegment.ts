import type { Edges } from "../transcript/seam.ts";
import type { Segment, Span } from "../model/script.ts";
import type { Wording } from "./replaceWords.ts";
import type { SpokenText } from "../transcript/spokenText.ts";

/** What is said in a segment, wherever it stands. */
export interface SaidSegment {
  readonly spoken: SpokenText;
  /** As it was last worded. */
  worded?: WordedSegment;
}

/** What is sent of a segment with a certain wording. */
export interface WordedSegment {
  readonly wording: Wording;
  /** UTF-16 units that are put into it in the place of what is written. */
  readonly put: number;
  /** The tag of the service that it has though it has nothing to say, counted from its start. */
  readonly loneTag: Span | undefined;
  readonly edges: Edges;
  /** What of a segment does not hang on its place. */
  readonly segment: Omit<Segment, "index" | "start" | "end" | "seam" | "speaker">;
}
