import * as vscode from "vscode";
import type { Clip } from "../../clips/model/clip.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import { showInformation } from "../common/notifications.ts";

/** A segment's clip, as the panel's context menu names it; VS Code adds more. */
export interface ClipPlace {
  /** The document's URI. */
  readonly document: string;
  readonly segment: number;
}

export type UseClip = (clip: Clip) => Thenable<unknown>;

export type UseSegment = (preview: DocumentPreview, segment: number) => Promise<void>;

/** Does something with the clip of a segment; where there is none, says so. */
export async function useClip(
  preview: DocumentPreview,
  segment: number,
  use: UseClip,
): Promise<void> {
  await preview.read();
  const [view] = preview.segments([segment]);
  if (view?.clip) await use(view.clip);
  else await offerToSpeak(preview.document.uri, segment);
}

/** Says that a segment, or the one at the cursor, has no clip, and offers to speak it. */
export async function offerToSpeak(document: vscode.Uri, segment?: number): Promise<void> {
  const speak = vscode.l10n.t("Preview From Here");
  const message =
    segment === undefined
      ? vscode.l10n.t("The segment at the cursor has not been spoken yet.")
      : vscode.l10n.t("Segment {0} has not been spoken yet.", segment + 1);
  if ((await showInformation(message, speak)) !== speak) return;
  await vscode.commands.executeCommand("scriptedSpeech.previewFromHere", document, segment);
}

/** Shows a clip's file in VS Code's explorer or, where that does not show its folder, in the system's. */
export function revealClip({ path }: Clip): Thenable<unknown> {
  const file = vscode.Uri.file(path);
  const isInWorkspace = vscode.workspace.getWorkspaceFolder(file) !== undefined;
  const command = isInWorkspace ? "revealInExplorer" : "revealFileInOS";
  return vscode.commands.executeCommand(command, file);
}
