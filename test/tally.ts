/** What mocha writes down of a run of one kind of tests. */
export interface MochaResults {
  readonly passed: number;
  readonly skipped: number;
  /** The full titles of the tests and hooks that failed. */
  readonly failed: readonly string[];
}

/** What came of one step of `npm test`. A step that is no test counts only when it fails. */
export interface StepOutcome {
  readonly passed: number;
  readonly skipped: number;
  readonly failed: readonly string[];
}

/** The outcome of a step that is a program: a type check, a linter, a build. */
export function outcomeOfProgram(step: string, succeeded: boolean): StepOutcome {
  return { passed: 0, skipped: 0, failed: succeeded ? [] : [step] };
}

/**
 * The outcome of a step that runs tests. Silence is no success: a run that left no results, ran
 * nothing, or ended badly though every test passed, has failed.
 */
export function outcomeOfTests(
  step: string,
  results: MochaResults | undefined,
  exitCode: number,
): StepOutcome {
  if (!results) return { passed: 0, skipped: 0, failed: [`${step}: ended before its last test`] };
  const failed = results.failed.map((title) => `${step}: ${title}`);
  if (failed.length > 0) return { ...results, failed };
  if (results.passed === 0) return { ...results, failed: [`${step}: no test ran`] };
  if (exitCode !== 0) return { ...results, failed: [`${step}: exit code ${exitCode}`] };
  return { ...results, failed };
}

/** What `npm test` says last: each failure by name, then one line with the counts over all steps. */
export function summarize(outcomes: readonly StepOutcome[]): string {
  const failed = outcomes.flatMap((outcome) => outcome.failed);
  const skipped = outcomes.reduce((sum, outcome) => sum + outcome.skipped, 0);
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  return [
    ...failed.map((title) => `failed: ${title}`),
    ...(skipped > 0 ? [`skipped: ${skipped}`] : []),
    `${passed} passed, ${failed.length} failed`,
  ].join("\n");
}
