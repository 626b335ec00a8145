import type { PreviewRun, RunState } from "./previewRun.ts";

/** What runs say of segments: the one that is on, and those before it. */
export class RunStates {
  #run: PreviewRun | undefined;
  /** By identity, what went wrong with a segment when it was last asked for. */
  readonly #outcomes = new Map<string, RunState>();

  /** Counts what has changed, but for what the run that is on tells of its segments. */
  #changes = 0;

  get changes(): number {
    return this.#changes;
  }

  /** The run that is on. */
  get run(): PreviewRun | undefined {
    return this.#run;
  }

  /** A run begins; what went wrong before with the segments that it speaks is past. */
  begin(run: PreviewRun, spoken: readonly number[]): void {
    this.#changes++;
    this.#run = run;
    for (const segment of spoken) this.#outcomes.delete(identityIn(run, segment));
  }

  /** The run that is on has said all it had to say: what went wrong is remembered. */
  keep(run: PreviewRun): void {
    this.#changes++;
    for (const [segment, state] of run.states) this.#outcomes.set(identityIn(run, segment), state);
  }

  /** No run is on any more. */
  end(): void {
    this.#changes++;
    this.#run = undefined;
  }

  /** What the run that is on says of a segment: the text may have changed since the press. */
  current(segment: number, identity: string | undefined): RunState | undefined {
    const run = this.#run;
    if (!run || identity === undefined) return undefined;
    const then = run.segment(segment)?.identity === identity ? segment : run.find(identity);
    return then === undefined ? undefined : run.states.get(then);
  }

  /** What went wrong with a sound when it was last asked for. */
  outcome(identity: string | undefined): RunState | undefined {
    return this.#outcomes.get(identity ?? "");
  }
}

function identityIn(run: PreviewRun, segment: number): string {
  return run.segment(segment)?.identity ?? "";
}
