import type { FaultGroup } from "./fault.ts";
import { breaks } from "./rows/breaks.ts";
import { disks } from "./rows/disks.ts";
import { folders } from "./rows/folders.ts";
import { habits } from "./rows/habits.ts";
import { reaching } from "./rows/reaching.ts";
import { refusals } from "./rows/refusals.ts";
import { silence } from "./rows/silence.ts";
import { stops } from "./rows/stops.ts";

/**
 * Everything that can go wrong with a run, and what the user sees and has on disk then. Each fault is tried against the real
 * session, store and preview; each group is a line of media/docs/faults.md.
 */
export const matrix: readonly FaultGroup[] = [
  ...reaching,
  ...refusals,
  ...breaks,
  ...habits,
  ...silence,
  ...stops,
  ...folders,
  ...disks,
];

/** Those that lie with the contexts: they are tried with several at a time, too. */
export const contextMatrix: readonly FaultGroup[] = [
  ...refusals,
  ...breaks,
  ...habits,
  ...silence,
  ...stops,
];
