import type { Clip } from "../../clips/model/clip.ts";
import { pairClips, type PairedClip, type WantedClip } from "../../clips/pairing/pairClips.ts";
import type { PlannableClips } from "../plan/plan.ts";

/** Which clip each segment has: as the script was last read, and the clips were last seen. */
export class SegmentClips implements PlannableClips {
  readonly #store: { readonly clips: () => readonly Clip[] };
  #wanted: readonly (WantedClip | undefined)[];
  /** The clips that were paired last. */
  #seen: readonly Clip[] | undefined;
  #pairs: readonly (PairedClip | undefined)[] = [];

  /** @param wanted for each segment what its clip would have to be. */
  constructor(
    store: { readonly clips: () => readonly Clip[] },
    wanted: readonly (WantedClip | undefined)[] = [],
  ) {
    this.#store = store;
    this.#wanted = wanted;
  }

  /** For each segment what its clip would have to be. */
  set wanted(wanted: readonly (WantedClip | undefined)[]) {
    this.#wanted = wanted;
    this.#seen = undefined;
  }

  /** The clip of a segment, whether it is what the script asks for or what it asked for before. */
  of(segment: number): PairedClip | undefined {
    const clips = this.#store.clips();
    if (clips !== this.#seen) {
      this.#pairs = pairClips(clips, this.#wanted);
      this.#seen = clips;
    }
    return this.#pairs[segment];
  }

  /** The clip that is heard for a segment: that of its sound, or one that is locked. */
  heard(segment: number): Clip | undefined {
    return heardClip(this.of(segment));
  }

  isReady = (segment: number): boolean => {
    const pair = this.of(segment);
    return pair !== undefined && pair.fit !== "former";
  };

  isLocked = (segment: number): boolean => this.of(segment)?.clip.locked ?? false;
}

/** The clip that is heard for a segment with this pair; what was said of a former text is not, unless it is locked. */
export function heardClip(pair: PairedClip | undefined): Clip | undefined {
  return pair && (pair.fit !== "former" || pair.clip.locked) ? pair.clip : undefined;
}
