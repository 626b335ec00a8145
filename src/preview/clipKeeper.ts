import type { Clip, NewClip } from "../clips/clip.ts";
import type { ClipStore } from "../clips/clipStore.ts";

/** The part of a clip store that a run needs. */
export interface ClipKeeper {
  /** Saves a clip in its segment's place. */
  save(clip: NewClip): Promise<unknown>;
  /** Deletes the clip that lies at this segment's place, if it has this identity. */
  discard(segment: number, identity: string): Promise<void>;
  /** Saves a clip as a take: no clip in place is touched. */
  saveTake(clip: NewClip): Promise<Clip>;
  deleteTake(take: Clip): Promise<void>;
}

/** A store as a run needs it, whether it keeps takes yet or not. */
export function keeperOf(store: ClipStore & Partial<ClipKeeper>): ClipKeeper {
  const noTakes = (): Promise<never> => Promise.reject(new Error("Takes can't be kept."));
  return {
    save: (clip) => store.save(clip),
    discard: (segment, identity) => store.discard(segment, identity),
    saveTake: (clip) => store.saveTake?.(clip) ?? noTakes(),
    deleteTake: (take) => store.deleteTake?.(take) ?? noTakes(),
  };
}
