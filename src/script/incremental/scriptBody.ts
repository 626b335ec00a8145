import { speakPlainSegments } from "../transcript/plainText.ts";
import { PlainStretch } from "./plainStretch.ts";
import type { ScanOptions } from "../scanner/scan.ts";
import type { Span } from "../model/script.ts";
import type { SpokenText } from "../transcript/spokenText.ts";
import { lengthOf, moved, type CutText } from "./stretch.ts";
import { Stretches } from "./stretches.ts";

/** What a document says behind its front matter, kept from one version of its text to the next. */
export interface ScriptBody {
  /** All its stretches. */
  readonly stretches: readonly CutText[];
  /**
   * Reads the text as it is now, from `start` on.
   * @returns how many stretches say what they said before, at both ends
   * @throws where the text can't be read in stretches; it is of no more use then
   */
  update(text: string, start: number, options: ScanOptions): SameEnds;
  /** What is said in these neighbouring segments, whose text is in these neighbouring stretches. */
  speak(text: string, segments: readonly Span[], stretches: StretchRange): readonly SpokenText[];
}

/** How many members of two lists are the same, from the first on and to the last. */
export interface SameEnds {
  readonly front: number;
  readonly back: number;
}

/** Some neighbouring stretches. */
export interface StretchRange {
  readonly first: number;
  /** Not included. */
  readonly end: number;
  /** Where the first begins in the document. */
  readonly start: number;
}

/** How many members two lists have in common at their ends; none is counted twice. */
export function sameEnds(one: readonly unknown[], other: readonly unknown[]): SameEnds {
  const most = Math.min(one.length, other.length);
  let front = 0;
  while (front < most && one[front] === other[front]) front++;
  let back = 0;
  while (back < most - front && one.at(-1 - back) === other.at(-1 - back)) back++;
  return { front, back };
}

/** Plain text: it is said as it stands. */
export class PlainBody implements ScriptBody {
  readonly #stretches: Stretches<PlainStretch>;

  constructor(leastStretch?: number) {
    this.#stretches = new Stretches((cut) => new PlainStretch(cut), leastStretch);
  }

  get stretches(): readonly CutText[] {
    return this.#stretches.list;
  }

  update(text: string, start: number, options: ScanOptions): SameEnds {
    const before = this.stretches;
    this.#stretches.update(text, start, options);
    return sameEnds(before, this.stretches);
  }

  speak(text: string, segments: readonly Span[], range: StretchRange): readonly SpokenText[] {
    let start = range.start;
    const names = this.stretches.slice(range.first, range.end).flatMap((stretch) => {
      start += lengthOf(stretch);
      return moved(stretch.names, start - lengthOf(stretch));
    });
    return speakPlainSegments(text, segments, names);
  }
}
