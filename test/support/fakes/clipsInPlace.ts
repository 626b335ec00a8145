import type { Clip } from "../../../src/clips/model/clip.ts";
import { ClipLookUp } from "../../../src/clips/model/clipLookUp.ts";
import type { ClipStore } from "../../../src/clips/clipStore.ts";

/** What of a store is asked for states: each segment has a clip of this identity and text in its place. */
export function clipsInPlace(
  segments: readonly { readonly identity: string; readonly transcript: string }[],
): ClipStore {
  const clips = segments.map(({ identity, transcript }, segment) => {
    const facts = { identity, segment, transcript, locked: false, spokenAt: "" };
    return { ...facts, seconds: 1, words: [] } as unknown as Clip;
  });
  const lookUp = new ClipLookUp(clips);
  return {
    clips: () => clips,
    find: (identity: string) => lookUp.find(identity),
    at: (segment: number) => lookUp.at(segment),
    takes: (transcript: string) => lookUp.takes(transcript),
  } as unknown as ClipStore;
}
