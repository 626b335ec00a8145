import * as vscode from "vscode";
import type { RunEnding } from "../../preview/run/previewRun.ts";
import { showFailure, type Action } from "../common/errors.ts";
import { showProgress, type ProgressStep, showWarning } from "../common/notifications.ts";
import { recommendedModel } from "../../protocol/models.ts";
import { isFailure } from "../../session/connection/failure.ts";
import { writeFrontMatter } from "../common/writeFrontMatter.ts";

/** A run that is over sooner than this shows no notification, in milliseconds: showing one keeps VS Code busy. */
const showAfterMs = 500;

/** What is seen of a document's run while it is on: a notification that can cancel it. */
export class RunProgress {
  #report: ((step: ProgressStep) => void) | undefined;
  #message: string | undefined;
  /** When the last run is over. */
  #last: Promise<unknown> = Promise.resolve();

  /** Shows that a document is being spoken, for as long as `speak` takes; `stop` ends it. */
  async during<Result>(
    document: vscode.Uri,
    speak: () => Promise<Result>,
    stop: () => Promise<void>,
  ): Promise<Result> {
    this.#message = undefined;
    const speaking = speak();
    const before = this.#last;
    this.#last = speaking.catch(() => {}); // whoever asked for the run hears of it
    let isOver = false;
    const timer = setTimeout(() => {
      // A run that waits for the one before is not shown beside that.
      void before.then(() => isOver || this.#show(document, speaking, stop));
    }, showAfterMs);
    try {
      return await speaking;
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  /** Says a sentence in the notification. */
  say(message: string): void {
    this.#message = message;
    this.#report?.({ message });
  }

  #show(document: vscode.Uri, speaking: Promise<unknown>, stop: () => Promise<void>): void {
    const title = vscode.l10n.t("Speaking {0}", vscode.workspace.asRelativePath(document));
    void showProgress(title, async (report, cancelled) => {
      this.#report = report;
      if (this.#message !== undefined) report({ message: this.#message });
      const listening = cancelled.onCancellationRequested(() => void stop());
      await speaking.catch(() => {}); // whoever asked for the run hears of it
      listening.dispose();
      this.#report = undefined;
    });
  }
}

/**
 * One message for a run, however many of its segments failed. `again` does the run once more; `model` is that of the script
 * which was spoken.
 */
export function tellEnding(
  { stopped, saved, missing, characters, failure }: RunEnding,
  log: vscode.LogOutputChannel,
  again: () => unknown,
  model: ModelOfScript,
): void {
  log.info(
    `run ${stopped ? "stopped" : "ended"}: ${saved} saved, ${missing} missing, ${characters} characters sent`,
  );
  if (stopped || !failure) return;
  void showFailure(failure, log, again, newerModelAction(failure, model, again));
}

/** The script whose model the service refused. */
interface ModelOfScript {
  readonly document: vscode.TextDocument;
  /** Whether its front matter names the model; else the settings do. */
  readonly isOwn: boolean;
}

/**
 * The way on where the service no longer offers a script's model: one press that names the recommended one, where the
 * script's model stands, and does again what failed. Nothing for any other failure.
 */
function newerModelAction(
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
