import * as vscode from "vscode";
import type { PreviewDocument } from "../../preview/openPreview.ts";
import { readDocumentSettings } from "./settings.ts";

/** A document as the preview needs it; `storage` is where clips lie that can't lie beside it. */
export function describeDocument(uri: vscode.Uri, storage: vscode.Uri): PreviewDocument {
  const { audioFolder, container } = readDocumentSettings(uri);
  return {
    uri: uri.toString(),
    path: uri.scheme === "file" ? uri.fsPath : undefined,
    audioFolder,
    workspaceRoot: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
    storage: storage.fsPath,
    container,
  };
}
