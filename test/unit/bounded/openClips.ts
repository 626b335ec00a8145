import { ClipStore } from "../../../src/clips/clipStore.ts";

/** What was found in a folder of clips. */
export interface OpenedClips {
  readonly notices: readonly string[];
  readonly clips: number;
  readonly words: number;
}

/** Opens the folder of clips of a document, as its panel does. */
export async function work(folder: string): Promise<OpenedClips> {
  const store = await ClipStore.open({ folder, documentName: "talk.md" });
  const clips = store.clips();
  const words = clips.reduce((sum, clip) => sum + clip.words.length, 0);
  return { notices: store.notices, clips: clips.length, words };
}
