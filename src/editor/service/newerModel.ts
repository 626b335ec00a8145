import * as vscode from "vscode";
import { recommendedModel } from "../../protocol/models.ts";
import { isFailure } from "../../session/connection/failure.ts";
import type { Action } from "../common/errors.ts";
import { showWarning } from "../common/notifications.ts";
import { writeFrontMatter } from "../common/writeFrontMatter.ts";

/** The script whose model the service refused. */
export interface ModelOfScript {
  readonly document: vscode.TextDocument;
  /** Whether its front matter names the model; else the settings do. */
  readonly isOwn: boolean;
}

/**
 * The way on where the service no longer offers a script's model: one press that names the recommended one, where the
 * script's model stands, and does again what failed. Nothing for any other failure.
 */
export function newerModelAction(
  error: unknown,
  { document, isOwn }: ModelOfScript,
  again: () => unknown,
): Action[] {
  if (!isFailure(error) || error.service?.code !== "model_sunsetted") return [];
  const use = async (): Promise<void> => {
    const isWritten = isOwn
      ? await writeFrontMatter(document, ["speech", "model"], recommendedModel)
      : await setModelSetting(document.uri);
    if (isWritten) await again();
    else {
      await showWarning(
        vscode.l10n.t("Write `model: {0}` in the front matter of this script.", recommendedModel),
      );
    }
  };
  return [{ label: vscode.l10n.t("Use {0}", recommendedModel), run: use }];
}

/** Where the setting stands that counts; for the user where it stands nowhere. */
async function setModelSetting(uri: vscode.Uri): Promise<true> {
  const settings = vscode.workspace.getConfiguration("scriptedSpeech", uri);
  const { workspaceValue, workspaceFolderValue } = settings.inspect("model") ?? {};
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const inWorkspace = workspaceValue === undefined ? Global : Workspace;
  const target = workspaceFolderValue === undefined ? inWorkspace : WorkspaceFolder;
  await settings.update("model", recommendedModel, target);
  return true;
}
