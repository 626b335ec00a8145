import type { EventEmitter } from "node:events";
import { exitCodes, type ExitCode } from "../operations/exitCodes.ts";

/**
 * A signal that the first Ctrl+C aborts, so that what is whole is saved. The second one ends the process at once.
 * @param signals what tells of signals: the process.
 */
export function stopSignal(signals: EventEmitter, exit: (code: ExitCode) => void): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    signals.on(signal, () => {
      if (stop.signal.aborted) exit(exitCodes.stopped);
      else stop.abort();
    });
  }
  return stop.signal;
}
