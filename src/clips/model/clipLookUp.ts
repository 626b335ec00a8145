import { isDeepStrictEqual } from "node:util";
import type { Clip } from "./clip.ts";

/** The clips of a folder, by what they are looked up by. */
export class ClipLookUp {
  readonly clips: readonly Clip[];
  readonly #byIdentity = new Map<string, Clip[]>();
  readonly #byPlace = new Map<number, Clip>();
  readonly #takes = new Map<string, Clip[]>();

  constructor(clips: readonly Clip[]) {
    this.clips = clips;
    for (const clip of clips) {
      if (clip.segment === undefined) continue;
      push(this.#byIdentity, clip.identity, clip);
      this.#byPlace.set(clip.segment, clip);
    }
    for (const take of clips.filter(({ segment }) => segment === undefined).sort(newestFirst)) {
      push(this.#byIdentity, take.identity, take);
      push(this.#takes, take.transcript, take);
    }
  }

  /** The clips of an identity: those of segments first, then takes, newest first. */
  find(identity: string): readonly Clip[] {
    return this.#byIdentity.get(identity) ?? [];
  }

  /** The clip in a segment's place. */
  at(segment: number): Clip | undefined {
    return this.#byPlace.get(segment);
  }

  /** The takes of a transcript, newest first. */
  takes(transcript: string): readonly Clip[] {
    return this.#takes.get(transcript) ?? [];
  }
}

/** Compares clips by when they were said; of those that were said at once, the later name comes first. */
export function newestFirst(a: Clip, b: Clip): number {
  if (a.spokenAt !== b.spokenAt) return a.spokenAt < b.spokenAt ? 1 : -1;
  return a.path < b.path ? 1 : -1;
}

/** Compares clips that sound alike by which is wanted: the one that was chosen last, else the one that was said last. */
export function wantedFirst(
  a: Pick<Clip, "spokenAt" | "chosen">,
  b: Pick<Clip, "spokenAt" | "chosen">,
): number {
  const later = (b.chosen ?? 0) - (a.chosen ?? 0);
  if (later !== 0 || a.spokenAt === b.spokenAt) return later;
  return a.spokenAt < b.spokenAt ? 1 : -1;
}

/** Tells one saying of a sound from another. A clip keeps it, whatever place it has; copies are the same. */
export function sayingOf({ identity, spokenAt }: Pick<Clip, "identity" | "spokenAt">): string {
  return `${spokenAt} ${identity}`;
}

/**
 * Whether two clips are one saving, or copies of it. Two that were said in the same millisecond, as segments of one text may be,
 * differ in how they came.
 */
export function isSameSaving(one: Clip, other: Clip): boolean {
  return (
    sayingOf(one) === sayingOf(other) &&
    one.bytes === other.bytes &&
    one.timeToFirstByteMs === other.timeToFirstByteMs &&
    isDeepStrictEqual(one.flushIds, other.flushIds)
  );
}

function push<K>(groups: Map<K, Clip[]>, key: K, clip: Clip): void {
  const group = groups.get(key);
  if (group) group.push(clip);
  else groups.set(key, [clip]);
}
