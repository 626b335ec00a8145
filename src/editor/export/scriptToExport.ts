import * as vscode from "vscode";
import {
  chooseSegments,
  type ExportScript,
  type Unready,
} from "../../export/common/exportScript.ts";
import type { ExportError } from "../../export/common/exportError.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import { ask, showError, showInformation } from "../common/notifications.ts";
import { fileNameOf } from "../common/documentText.ts";
import { languageOf } from "../common/scripts.ts";
import { readDocumentSettings } from "../common/settings.ts";

/** A document as it stands, with its clips, to be exported. @throws ClipError where these can't be read */
export async function readExportScript(preview: DocumentPreview): Promise<ExportScript> {
  const { soundOf, readSegments } = await preview.read();
  await preview.settle(); // the command line, or another window, may have spoken it since
  const { scriptTitle, segmentHeadings } = await import("../../export/exports.ts");
  const { document } = preview;
  const { markers } = readDocumentSettings(document.uri);
  const text = document.getText();
  const headings = segmentHeadings(text, { language: languageOf(document), markers }, readSegments);
  return {
    title: scriptTitle(text, fileNameOf(document.uri)),
    segments: preview
      .segments()
      .map(({ index, transcript, speaker, clip, words, state, unfilled }) => ({
        index,
        unfilled,
        transcript,
        speaker,
        heading: headings[index],
        sound: soundOf(speaker),
        clip,
        words,
        changed: state === "changed",
      })),
  };
}

/**
 * Asks what to do about segments that are not ready: nothing is exported without them unless the user says so.
 * @returns nothing where the user does not want to go on, or previews the script first.
 * @throws {ExportError} `nothing`.
 */
export async function settleUnready(
  script: ExportScript,
  document: vscode.Uri,
): Promise<Unready | undefined> {
  let unready: Unready = {};
  for (;;) {
    try {
      chooseSegments(script, unready);
      return unready;
    } catch (error) {
      if (!isExportError(error) || !["not-spoken", "changed"].includes(error.code)) throw error;
      const speak = vscode.l10n.t("Preview Script");
      const leaveOut = vscode.l10n.t("Export Without");
      const chosen = await ask({ message: error.message }, speak, leaveOut);
      if (chosen === speak) {
        void vscode.commands.executeCommand("scriptedSpeech.previewScript", document);
      }
      if (chosen !== leaveOut) return undefined;
      unready =
        error.code === "changed"
          ? { ...unready, leaveOutChanged: true }
          : { ...unready, leaveOutMissing: true };
    }
  }
}

/** Does an export; what is wrong with it is told in one sentence. Other failures go to the error boundary. */
export async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isExportError(error)) throw error;
    void showError(error.message);
  }
}

/** A file beside the document, with its name and this ending; in the first workspace folder where it has no place on disk. */
export function proposeFile({ uri }: vscode.TextDocument, ending: string): vscode.Uri | undefined {
  const stem = fileNameOf(uri)
    .replace(/(?<=.)\.[^.]*$/, "")
    .replace(/(?<=.)\.speech$/i, "");
  const folder = proposeFolder(uri);
  return folder && vscode.Uri.joinPath(folder, `${stem}${ending}`);
}

/** The document's folder, or the first workspace folder. */
export function proposeFolder(uri: vscode.Uri): vscode.Uri | undefined {
  return uri.scheme === "file"
    ? vscode.Uri.joinPath(uri, "..")
    : vscode.workspace.workspaceFolders?.[0]?.uri;
}

/** Says what was exported, and offers to show it. */
export async function tellExported(message: string, file: string): Promise<void> {
  const reveal = vscode.l10n.t("Reveal");
  if ((await showInformation(message, reveal)) !== reveal) return;
  const uri = vscode.Uri.file(file);
  const isInWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.commands.executeCommand(isInWorkspace ? "revealInExplorer" : "revealFileInOS", uri);
}

/** Of whichever bundle: each has a class of its own. */
function isExportError(error: unknown): error is ExportError {
  return error instanceof Error && error.name === "ExportError";
}
