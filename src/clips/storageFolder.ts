import { createHash } from "node:crypto";
import { join } from "node:path";
import type { ClipFolder } from "./clipFolder.ts";

/**
 * Where the clips of a document lie that has no place on disk, or none that can be written: in the extension's own storage,
 * for each document a folder of its own, whose name nothing in the document's can steer. Makes nothing.
 * @param storageRoot the absolute path of the extension's storage, which must be there before a clip is saved.
 * @param documentUri the whole URI, which the manifest names as the document.
 */
export function storageFolder(storageRoot: string, documentUri: string): ClipFolder {
  const digest = createHash("sha256").update(documentUri).digest("hex");
  return {
    folder: join(storageRoot, "clips", `${digest.slice(0, 32)}.speech`),
    documentName: documentUri,
    within: storageRoot,
    home: storageRoot,
  };
}
