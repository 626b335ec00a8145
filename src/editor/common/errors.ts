import * as vscode from "vscode";
import { isFailure, type FailureCode } from "../../session/connection/failure.ts";
import { showError } from "./notifications.ts";

/** What the user can do about a failure. */
export interface Action {
  readonly label: string;
  readonly run: () => unknown;
}

/**
 * The one place where failures reach the user: one message, with what can be done about it. Aborts are silent, since the
 * user asked for them. `retry` does again what failed; `more` is what else can be done, and comes first.
 */
export async function showFailure(
  error: unknown,
  log: vscode.LogOutputChannel,
  retry?: () => unknown,
  more: readonly Action[] = [],
): Promise<void> {
  if (isAbort(error)) return;
  log.error(error instanceof Error ? error : String(error));
  const known = isFailure(error) || isClipError(error);
  const message = known ? error.message : unexpected(error);
  const actions = [
    ...more,
    ...(isFailure(error) ? actionsFor(error.code, retry) : []),
    { label: vscode.l10n.t("Show Log"), run: () => log.show() },
  ];
  const labels = actions.map(({ label }) => label);
  const chosen = await showError(message, ...labels);
  await actions.find(({ label }) => label === chosen)?.run();
}

function actionsFor(code: FailureCode, retry: (() => unknown) | undefined): Action[] {
  const again = retry ? [{ label: vscode.l10n.t("Try Again"), run: retry }] : [];
  switch (code) {
    case "no-key":
    case "key-rejected":
      return [
        {
          label: vscode.l10n.t("Set API Key…"),
          run: () => vscode.commands.executeCommand("scriptedSpeech.setApiKey"),
        },
        settingsAction("scriptedSpeech.service"),
      ];
    case "out-of-credits":
    case "plan-too-small":
      return [
        {
          label: vscode.l10n.t("Open Account"),
          run: () => vscode.env.openExternal(vscode.Uri.parse("https://play.cartesia.ai")),
        },
      ];
    case "voice-not-found":
      return [settingsAction("scriptedSpeech.voice")];
    case "model-not-found":
    case "model-mismatch":
      return [settingsAction("scriptedSpeech.model")];
    case "language-not-supported":
      return [settingsAction("scriptedSpeech.language")];
    case "bad-request":
      return [settingsAction("scriptedSpeech")];
    case "rate-limited":
    case "offline":
    case "stalled":
    case "protocol":
    case "too-many-characters":
    case "disk":
      return again;
  }
}

function settingsAction(query: string): Action {
  return {
    label: vscode.l10n.t("Open Settings"),
    run: () => vscode.commands.executeCommand("workbench.action.openSettings", query),
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || error.name === "Canceled");
}

/** Of whichever bundle: each has a class of its own. */
function isClipError(error: unknown): error is Error {
  return error instanceof Error && error.name === "ClipError";
}

function unexpected(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return vscode.l10n.t("Something went wrong: {0}", reason);
}
