import { findClipFolder } from "../clips/clipFolder.ts";
import { ClipStore } from "../clips/clipStore.ts";
import { ScriptPreview, type PreviewTools } from "./scriptPreview.ts";

/** A document with a place on disk. */
export interface PreviewDocument {
  /** The document's absolute path. */
  readonly path: string;
  /** The setting `audio.folder`, relative to the document; "" for beside it. */
  readonly audioFolder: string;
  /** The absolute path of the workspace folder that the document is in. */
  readonly workspaceRoot: string | undefined;
}

/** A document's preview, and where its clips lie. */
export interface OpenedPreview {
  readonly preview: ScriptPreview;
  /** The absolute path of the folder of clips, whether it is there yet or not. */
  readonly folder: string;
  /** What the user should be told of the clips that were found: sentences. */
  readonly notices: readonly string[];
}

/**
 * Opens a document's preview with the clips that lie on disk for it. Makes nothing on disk.
 * @throws ClipError where the place can't be used.
 */
export async function openPreview(
  document: PreviewDocument,
  tools: PreviewTools,
): Promise<OpenedPreview> {
  const place = await findClipFolder(document);
  const store = await ClipStore.open(place);
  return { preview: new ScriptPreview(store, tools), folder: place.folder, notices: store.notices };
}
