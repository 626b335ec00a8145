import type { Clip, NewClip } from "../../clips/model/clip.ts";
import type { ClipStore } from "../../clips/clipStore.ts";

/** The part of a clip store that a run needs. */
export interface ClipKeeper {
  /** Makes sure that there is a place for clips, before anything is paid for. */
  claim(): Promise<void>;
  /** Nothing more is saved: what was is in the index; the place is given up where nothing was. */
  finish(): Promise<void>;
  /** Saves a clip in its segment's place, or as a take. */
  save(clip: NewClip): Promise<Clip>;
  /** Saves a clip as a take: no clip in place is touched. */
  saveTake(clip: NewClip): Promise<Clip>;
  /** Deletes what was saved, and nothing else, wherever it lies by now. */
  takeBack(saved: Clip): Promise<void>;
}

/**
 * A store as a run that begins now needs it. A clip that was locked, or restored, while its segment was spoken keeps its place:
 * what was spoken is a take.
 */
export function keeperOf(store: ClipStore): ClipKeeper {
  const begun = store.decisions;
  return {
    claim: () => store.claim(),
    finish: () => store.finish(),
    save: (clip) => store.saveUnlessDecided(clip, begun),
    saveTake: (clip) => store.saveTake(clip),
    takeBack: (saved) => store.takeBack(saved),
  };
}
