import * as l10n from "@vscode/l10n";
import { Failure, isFailure } from "../../session/connection/failure.ts";

/** What was thrown while speaking, as a failure that the user can understand. */
export function asFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Failure("protocol", l10n.t("Speaking failed: {0}", message), { cause: error });
}

/** A run has one message: it says what went wrong, and what of the run was saved all the same. */
export function withSaved(failure: Failure, saved: number, missing: number): Failure {
  if (saved === 0) return failure;
  const { code, message, service } = failure;
  const all = saved + missing;
  const kept =
    saved !== 1
      ? l10n.t("{0} of {1} segments are saved.", saved, all)
      : all === 1
        ? l10n.t("The segment is saved.")
        : l10n.t("{0} of {1} segments is saved.", saved, all);
  return new Failure(code, `${message} ${kept}`, { cause: failure, ...(service && { service }) });
}
