import * as vscode from "vscode";
import { inertText } from "../../session/connection/inertText.ts";

/*
 * The only place that shows messages. VS Code makes links of what looks like one in them, commands included, and most of them
 * quote others: file names, the service, a repository's settings. None of ours has a link: what can be done is a button.
 */

/** Shows a message in a notification. @returns the button that was pressed, if any; `buttons` are our own words */
export function showInformation(
  message: string,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(inertText(message), ...buttons);
}

/** As `showInformation`, for what should not have been. */
export function showWarning(
  message: string,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(inertText(message), ...buttons);
}

/** As `showInformation`, for what went wrong. */
export function showError(
  message: string,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(inertText(message), ...buttons);
}

/** What a dialog asks. */
export interface Question {
  readonly message: string;
  /** What stands below it, in smaller type. */
  readonly detail?: string;
}

/** Asks in a dialog, which waits for an answer. @returns the button that was pressed; nothing where it was left */
export function ask(
  { message, detail }: Question,
  ...buttons: readonly string[]
): Thenable<string | undefined> {
  const options = { modal: true, ...(detail !== undefined && { detail: inertText(detail) }) };
  return vscode.window.showWarningMessage(inertText(message), options, ...buttons);
}

/** How long the status bar tells what came of a command, in milliseconds. */
const saidForMs = 5000;

/** Says in the status bar, for a while, what came of a command. */
export function showInStatusBar(message: string): void {
  vscode.window.setStatusBarMessage(inertText(message), saidForMs);
}

/** A step of what is going on: its sentence, and by how many hundredths it is further. */
export interface ProgressStep {
  readonly message?: string;
  readonly increment?: number;
}

/** Shows a notification for as long as `work` takes, which can be cancelled there. */
export function showProgress<Result>(
  title: string,
  work: (
    report: (step: ProgressStep) => void,
    cancelled: vscode.CancellationToken,
  ) => Promise<Result>,
): Thenable<Result> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: inertText(title),
    cancellable: true,
  };
  return vscode.window.withProgress<Result>(options, (progress, cancelled) =>
    work(({ message, ...step }) => {
      progress.report({ ...step, ...(message !== undefined && { message: inertText(message) }) });
    }, cancelled),
  );
}
