import { sessionLimits, type SessionLimits } from "../../session/context/speakContext.ts";

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

/** How many contexts may be open at a time, where nothing else is asked for: every plan of Cartesia's allows as many. */
export const usualConcurrency = 2;

const mostConcurrency = 15;

/** How many contexts to open at a time where so many are asked for. */
export function concurrencyOf(asked = usualConcurrency): number {
  if (Number.isNaN(asked)) return usualConcurrency;
  return Math.min(mostConcurrency, Math.max(1, Math.floor(asked)));
}
