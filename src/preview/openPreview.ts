import { mkdir } from "node:fs/promises";
import type { ClipFolder } from "../clips/folder/clipFolder.ts";
import { ClipStore } from "../clips/clipStore.ts";
import { copyClips } from "../clips/copyClips.ts";
import { noteOpen } from "../clips/folder/storageFolder.ts";
import { placeOf, type PreviewDocument } from "./clipPlace.ts";
import { ScriptPreview, type PreviewTools } from "./scriptPreview.ts";

export type { PreviewDocument } from "./clipPlace.ts";

/** A document's preview, and where its clips lie. */
export interface OpenedPreview {
  readonly preview: ScriptPreview;
  /** The absolute path of the folder of clips, whether it is there yet or not. */
  readonly folder: string;
  /** Whether the clips lie in the extension's storage, since they can't lie beside the document. */
  readonly inStorage: boolean;
  /** What the user should be told of the clips by now: sentences, oldest first. */
  readonly notices: readonly string[];
  /**
   * Moves the folder of clips after its document, which was renamed or moved.
   * @throws ClipError where that can't be done; the clips are then where they were.
   */
  readonly follow: (document: PreviewDocument) => Promise<void>;
  /**
   * Copies the clips to where another document's lie.
   * @throws ClipError where that can't be done; nothing is gone from where it was.
   */
  readonly copyTo: (document: PreviewDocument) => Promise<void>;
}

/**
 * Opens a document's preview with the clips that lie on disk for it. Changes nothing beside the document; clips of an untitled
 * document, or of one in a folder that can't be written, lie in the extension's storage.
 * @throws ClipError where the place can't be used.
 */
export async function openPreview(
  document: PreviewDocument,
  tools: PreviewTools,
): Promise<OpenedPreview> {
  const { place, inStorage } = await placeOf(document);
  if (inStorage) await mkdir(place.within, { recursive: true });
  if (document.path === undefined) await noteOpen(place.within, document.uri);
  const { container } = document;
  const { takesKeep } = tools;
  let now = document; // as it was last renamed
  const find = async (): Promise<ClipFolder> => (await placeOf(now)).place;
  const store = await ClipStore.open({ ...place, container, takesKeep, find });
  return {
    preview: new ScriptPreview(store, tools),
    get folder() {
      return store.folder;
    },
    inStorage,
    get notices() {
      return store.notices;
    },
    follow: async (moved) => {
      await store.moveTo((await placeOf(moved, now.path)).place);
      now = moved;
    },
    copyTo: async (other) => {
      await copyClips(store, (await placeOf(other)).place, { container });
    },
  };
}
