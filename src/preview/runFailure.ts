import { Failure, isFailure } from "../session/failure.ts";

/** What was thrown while speaking, as a failure that the user can understand. */
export function asFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Failure("protocol", `Speaking failed: ${message}`, { cause: error });
}

/** A run has one message: it says what went wrong, and what of the run was saved all the same. */
export function withSaved(failure: Failure, saved: number, missing: number): Failure {
  if (saved === 0) return failure;
  const { code, message, service } = failure;
  const said = `${message} ${saved} of ${saved + missing} segments are saved.`;
  return new Failure(code, said, { cause: failure, ...(service && { service }) });
}
