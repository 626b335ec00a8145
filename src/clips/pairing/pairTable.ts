import type { PairableClip, PairedClip, WantedClip } from "./pairedClip.ts";
import { LikeTexts } from "./likeness.ts";

/** Segments and the clips that they are paired with so far. */
export class PairTable<C extends PairableClip> {
  readonly clips: readonly C[];
  readonly wanted: readonly (WantedClip | undefined)[];
  /** The clips in place, in the order of their places. */
  readonly inPlace: readonly InPlace<C>[];
  /** For each segment its clip. */
  readonly pairs: (PairedClip<C> | undefined)[];
  readonly index: ClipIndex<C>;
  /** For each clip in place, whether it has a segment. */
  readonly #used: boolean[] = [];
  readonly #usedTakes = new Set<C>();
  /** For each segment, in what place its clip is to be expected. */
  #expected: readonly number[] | undefined;

  constructor(clips: readonly C[], wanted: readonly (WantedClip | undefined)[]) {
    this.clips = clips;
    this.wanted = wanted;
    this.index = indexOf(clips);
    this.inPlace = this.index.inPlace;
    this.pairs = wanted.map(() => undefined);
  }

  /** Whether a segment that has something to say has no clip. */
  get hasOpen(): boolean {
    return this.wanted.some((want, segment) => want && !this.pairs[segment]);
  }

  /** The clip in a place. */
  clipAt(place: number): InPlace<C> | undefined {
    return this.inPlace[this.index.at[place] ?? -1];
  }

  /** Whether a clip has a segment. */
  isUsed(clip: C): boolean {
    if (clip.segment === undefined) return this.#usedTakes.has(clip);
    return this.#used[this.index.at[clip.segment] ?? -1] ?? false;
  }

  /** A clip that the segment had is left over. Where others have copies of that one, they still do. */
  pair(segment: number, clip: C): void {
    const former = this.pairs[segment];
    if (former && !former.copy) this.#setUsed(former.clip, false);
    this.#setUsed(clip, true);
    const want = this.wanted[segment];
    const isSame = clip.identity === want?.identity;
    this.pairs[segment] = {
      clip,
      fit: isSame ? "same" : isSound(clip, want) ? "locked" : "former",
    };
  }

  #setUsed(clip: C, used: boolean): void {
    const index = this.index.at[clip.segment ?? -1];
    if (index !== undefined) this.#used[index] = used;
    else if (used) this.#usedTakes.add(clip);
    else this.#usedTakes.delete(clip);
  }

  /** Pairs segments that have no clip with those that lie where theirs is to be expected, if they fit. */
  pairExpected(fits: (clip: C, want: WantedClip) => boolean): void {
    this.#expected ??= this.#expectPlaces();
    for (const [segment, place] of this.#expected.entries()) {
      const want = this.wanted[segment];
      if (!want || this.pairs[segment]) continue;
      const clip = this.clipAt(place);
      if (clip && !this.isUsed(clip) && fits(clip, want)) this.pair(segment, clip);
    }
  }

  /** Pairs segments that have no clip with those of these clips that have the same key, first with first. */
  pairInOrder(clips: readonly C[], keyOf: (of: WantedClip) => string): void {
    const free = clips.filter((clip) => !this.isUsed(clip));
    if (free.length === 0) return;
    const groups = new Map<string, C[]>();
    // The last first, so that the first is the next to be had.
    for (const clip of free.reverse()) {
      const group = groups.get(keyOf(clip));
      if (group) group.push(clip);
      else groups.set(keyOf(clip), [clip]);
    }
    this.wanted.forEach((want, segment) => {
      const clip = want && !this.pairs[segment] && groups.get(keyOf(want))?.pop();
      if (clip) this.pair(segment, clip);
    });
  }

  /** Pairs segments that have no clip with those of other segments whose very sound they want. */
  pairWithCopies(): void {
    const isOpen = (want: WantedClip | undefined, segment: number): want is WantedClip =>
      want !== undefined && !this.pairs[segment];
    const identities = new Set(this.wanted.filter(isOpen).map(({ identity }) => identity));
    if (identities.size === 0) return;
    const originals = new Map<string, C>();
    // The last first, so that those in place go before takes.
    for (const clip of [...this.inPlace, ...this.#usedTakes].reverse()) {
      if (identities.has(clip.identity)) originals.set(clip.identity, clip);
    }
    this.wanted.forEach((want, segment) => {
      const original = isOpen(want, segment) && originals.get(want.identity);
      if (original) this.pairs[segment] = { clip: original, fit: "same", copy: true };
    });
  }

  /**
   * Sees in what place the clip of each segment is to be expected, as far as texts show how segments have moved: the free clips
   * and segments of a text belong together in order, where there are as many of them; what is between goes with what is before.
   */
  #expectPlaces(): number[] {
    const texts = new Map<string, { readonly places: number[]; segments: number; next: number }>();
    for (const clip of this.inPlace) {
      if (this.isUsed(clip)) continue;
      const text = texts.get(clip.transcript);
      if (text) text.places.push(clip.segment);
      else texts.set(clip.transcript, { places: [clip.segment], segments: 0, next: 0 });
    }
    const textOf = this.wanted.map((want, segment) =>
      want && !this.pairs[segment] ? texts.get(want.transcript) : undefined,
    );
    for (const text of textOf) if (text) text.segments++;
    let shift = 0;
    return textOf.map((text, segment) => {
      let place = this.pairs[segment]?.clip.segment;
      if (text && text.places.length === text.segments) place = text.places[text.next++];
      if (place !== undefined) shift = place - segment;
      return segment + shift;
    });
  }
}

/** Whether a clip is to be heard as that of a segment that wants this. */
export function isSound(clip: PairableClip, want: WantedClip | undefined): boolean {
  if (!want) return false;
  return clip.identity === want.identity || (clip.locked && clip.transcript === want.transcript);
}

/** A clip that lies in a segment's place. */
type InPlace<C extends PairableClip> = C & { readonly segment: number };

/** A list of clips, by what they are looked for: made once for each list. */
class ClipIndex<C extends PairableClip> {
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
function indexOf<C extends PairableClip>(clips: readonly C[]): ClipIndex<C> {
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
