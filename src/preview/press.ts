import type { SpeechOptions } from "../script/model/script.ts";
import type { Endpoint } from "../session/connection/connection.ts";
import type { RunCost, RunPlan } from "./plan/plan.ts";
import type { ScriptReading } from "./segments/scriptReading.ts";

/**
 * Says whether what a run will do, and cost, is wanted, before anything is sent.
 * @param costNow its cost by what is known of the voices then: that may be learnt meanwhile.
 */
export type Confirm = (plan: RunPlan, costNow: () => RunCost) => Promise<boolean>;

/** One press of Preview. */
export interface Press {
  readonly endpoint: (signal: AbortSignal) => Promise<Endpoint>;
  readonly confirm: Confirm;
  /** A later press, and Stop, make it void. */
  readonly signal: AbortSignal;
  /** The script as it stood then; `undefined` for a run of what has changed, which says what stands there when it begins. */
  readonly reading: ScriptReading | undefined;
}

/** A run that begins. */
export interface BegunRun {
  readonly id: number;
  readonly plan: RunPlan;
  readonly reading: ScriptReading;
  /** Of the front matter; `undefined` where the run does not follow it. */
  readonly options: SpeechOptions | undefined;
  /** Nobody pressed for it. */
  readonly byItself: boolean;
}
