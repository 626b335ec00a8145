import type { FlushMarker } from "../model/flushMarker.ts";
import type { Span } from "../model/script.ts";
import type { Lead, Turn } from "../scanner/speakerTurns.ts";

/** A stretch of a document's text that reads the same wherever it stands, where the same one speaks; offsets are counted from its start. */
export interface CutText {
  readonly text: string;
  /** What in it is too intricate to be read with its structure; none where that is not asked. */
  readonly intricate?: readonly Span[];
  readonly markers: readonly FlushMarker[];
  readonly spells: readonly Span[];
  readonly silent: readonly Span[];
  readonly names: readonly Span[];
  readonly leads: readonly Lead[];
  /** Who speaks at its start, and at its end. */
  readonly turn: Turn;
  readonly nextTurn: Turn;
}

/** A stretch, read. */
export interface Stretch extends CutText {
  /** Whether it would read otherwise behind other text. */
  readonly leans: boolean;
  /** Whether there is nothing in it that could part what stands before from what stands behind. */
  readonly blank: boolean;
  /** Reads it. @returns false where it runs on over its end, so that it can't be read alone. */
  close(isLast: boolean): boolean;
}

/** The length of a stretch, in UTF-16 units; 0 where there is none. */
export function lengthOf(stretch: CutText | undefined): number {
  return stretch?.text.length ?? 0;
}

/** The same spans, so many UTF-16 units further on. */
export function moved<Part extends Span>(parts: readonly Part[], by: number): Part[] {
  return parts.map((part) => ({ ...part, start: part.start + by, end: part.end + by }));
}
