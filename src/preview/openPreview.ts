import { access, constants, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { findClipFolder, type ClipFolder } from "../clips/clipFolder.ts";
import { ClipStore } from "../clips/clipStore.ts";
import { copyClips } from "../clips/copyClips.ts";
import { storageFolder } from "../clips/storageFolder.ts";
import { ScriptPreview, type PreviewTools } from "./scriptPreview.ts";

/** A document, and where its clips may lie. */
export interface PreviewDocument {
  /** The whole URI. */
  readonly uri: string;
  /** The document's absolute path; `undefined` where it has none on this disk. */
  readonly path: string | undefined;
  /** The setting `audio.folder`, relative to the document; "" for beside it. */
  readonly audioFolder: string;
  /** The absolute path of the workspace folder that the document is in. */
  readonly workspaceRoot: string | undefined;
  /**
   * The absolute path of the extension's storage: for clips that can't lie beside their document. `undefined` where they are to
   * lie nowhere else.
   */
  readonly storage: string | undefined;
  readonly container: "wav" | "raw";
}

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
  const { container } = document;
  const { takesKeep } = tools;
  const store = await ClipStore.open({ ...place, container, takesKeep });
  return {
    preview: new ScriptPreview(store, tools),
    folder: place.folder,
    inStorage,
    get notices() {
      return store.notices;
    },
    follow: async (moved) => store.moveTo((await placeOf(moved, document.path)).place),
    copyTo: async (other) => {
      await copyClips(store, (await placeOf(other)).place, { container });
    },
  };
}

/** `formerPath` is where the document lay before it was renamed. */
async function placeOf(
  document: PreviewDocument,
  formerPath?: string,
): Promise<{ place: ClipFolder; inStorage: boolean }> {
  const { path, uri, storage, audioFolder, workspaceRoot } = document;
  if (path !== undefined && (storage === undefined || (await canWrite(dirname(path))))) {
    const place = await findClipFolder({ path, formerPath, audioFolder, workspaceRoot });
    return { place, inStorage: false };
  }
  if (storage === undefined) throw new Error("A document without a path needs a storage.");
  return { place: storageFolder(storage, uri), inStorage: true };
}

async function canWrite(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
