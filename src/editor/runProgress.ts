import * as vscode from "vscode";
import type { RunEnding } from "../preview/previewRun.ts";
import { showFailure } from "./errors.ts";

/** What is seen of a document's run while it is on: a notification that can cancel it. */
export class RunProgress {
  #progress: vscode.Progress<{ message: string }> | undefined;

  /** Shows that a document is being spoken, for as long as `speak` takes; `stop` ends it. */
  async during<Result>(
    document: vscode.Uri,
    speak: () => Promise<Result>,
    stop: () => Promise<void>,
  ): Promise<Result> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Speaking {0}", vscode.workspace.asRelativePath(document)),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (progress, cancelled) => {
      this.#progress = progress;
      const listening = cancelled.onCancellationRequested(() => void stop());
      try {
        return await speak();
      } finally {
        listening.dispose();
      }
    });
  }

  /** Says a sentence in the notification that is shown. */
  say(message: string): void {
    this.#progress?.report({ message });
  }
}

/** One message for a run, however many of its segments failed. `again` does the run once more. */
export function tellEnding(
  { stopped, saved, missing, characters, failure }: RunEnding,
  log: vscode.LogOutputChannel,
  again: () => unknown,
): void {
  log.info(
    `run ${stopped ? "stopped" : "ended"}: ${saved} saved, ${missing} missing, ${characters} characters sent`,
  );
  if (stopped || !failure) return;
  void showFailure(failure, log, again);
}
