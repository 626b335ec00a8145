import { sessionLimits, type SessionLimits } from "../session/speakContext.ts";

/** How long a run waits, in milliseconds, and how far it goes ahead. */
export interface RunLimits {
  readonly session: SessionLimits;
  /** Before a broken connection is made anew: one wait for each try. */
  readonly retryAfterMs: readonly number[];
  /** When the service is at its limit. */
  readonly rateLimitMs: number;
}

/** The usual limits. A context ends a second after its last audio: then the service may be below its limit again. */
export const runLimits: RunLimits = {
  session: sessionLimits,
  retryAfterMs: [500, 2_000, 5_000],
  rateLimitMs: 5_000,
};
