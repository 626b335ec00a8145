import type { Clip, NewClip } from "../clips/clip.ts";
import type { ClipStore } from "../clips/clipStore.ts";

/** The part of a clip store that a run needs. */
export interface ClipKeeper {
  /** Saves a clip in its segment's place, or as a take. */
  save(clip: NewClip): Promise<Clip>;
  /** Deletes the clip that lies at this segment's place, if it has this identity. */
  discard(segment: number, identity: string): Promise<void>;
  /** Saves a clip as a take: no clip in place is touched. */
  saveTake(clip: NewClip): Promise<Clip>;
  deleteTake(take: Clip): Promise<void>;
}

/**
 * A store as a run that begins now needs it. A clip that was locked, or restored, while its segment was spoken keeps its place:
 * what was spoken is a take.
 */
export function keeperOf(store: ClipStore): ClipKeeper {
  const begun = new Date().toISOString();
  return {
    save: (clip) => store.saveUnlessDecided(clip, begun),
    discard: (segment, identity) => store.discard(segment, identity),
    saveTake: (clip) => store.saveTake(clip),
    deleteTake: (take) => store.deleteTake(take),
  };
}
