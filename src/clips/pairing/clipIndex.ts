import { LikeTexts } from "./likeness.ts";
import type { PairableClip } from "./pairedClip.ts";

/** A clip that lies in a segment's place. */
export type InPlace<C extends PairableClip> = C & { readonly segment: number };

/** A list of clips, by what they are looked for: made once for each list. */
export class ClipIndex<C extends PairableClip> {
  /** The clips in place, in the order of their places. */
  readonly inPlace: readonly InPlace<C>[];
  /** By place, where in `inPlace` its clip is. */
  readonly at: readonly (number | undefined)[];
  /** The takes that are locked: each waits for a segment of its text. */
  readonly waiting: readonly C[];
  readonly #identities: ReadonlySet<string>;
  readonly #byTranscript = new Map<string, InPlace<C>[]>();
  readonly #awaited: ReadonlySet<string>;
  #likeWaiting: LikeTexts<C> | undefined;

  constructor(clips: readonly C[]) {
    this.inPlace = inOrder(clips.filter((clip): clip is InPlace<C> => clip.segment !== undefined));
    const at: number[] = [];
    for (const [index, clip] of this.inPlace.entries()) {
      at[clip.segment] = index;
      const same = this.#byTranscript.get(clip.transcript);
      if (same) same.push(clip);
      else this.#byTranscript.set(clip.transcript, [clip]);
    }
    this.at = at;
    this.waiting = clips.filter(({ segment, locked }) => locked && segment === undefined);
    this.#awaited = new Set(this.waiting.map(({ transcript }) => transcript));
    this.#identities = new Set(clips.map(({ identity }) => identity));
  }

  /** Whether there is a clip of this identity, a take or in place. */
  has(identity: string): boolean {
    return this.#identities.has(identity);
  }

  /** The clips in place that say a text. */
  saying(transcript: string): readonly InPlace<C>[] {
    return this.#byTranscript.get(transcript) ?? [];
  }

  /** Whether a locked take waits for this text. */
  awaits(transcript: string): boolean {
    return this.#awaited.has(transcript);
  }

  /** Whether a locked take waits for a text like this one. */
  awaitsLike(transcript: string): boolean {
    if (this.waiting.length === 0) return false;
    this.#likeWaiting ??= new LikeTexts(this.waiting);
    return this.#likeWaiting.like(transcript).length > 0;
  }
}

const indexes = new WeakMap<readonly PairableClip[], unknown>();

/** The index of a list of clips, which is not to change: at each keystroke the same is asked for. */
export function indexOf<C extends PairableClip>(clips: readonly C[]): ClipIndex<C> {
  const known = indexes.get(clips) as ClipIndex<C> | undefined;
  const index = known ?? new ClipIndex(clips);
  indexes.set(clips, index);
  return index;
}

/** Sorts them, unless they lie in order already. */
function inOrder<C extends PairableClip>(clips: InPlace<C>[]): InPlace<C>[] {
  const isOrdered = clips.every(
    ({ segment }, at) => at === 0 || segment > (clips[at - 1]?.segment ?? -1),
  );
  return isOrdered ? clips : clips.sort((a, b) => a.segment - b.segment);
}
