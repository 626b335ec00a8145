import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import type { MochaResults } from "./tally.ts";

/**
 * Runs the test files of a folder with mocha and writes the results into a file, which is there only
 * when mocha came to its end.
 * @param options.ending what the names of test files end with
 * @param options.timeout how long a test may take, in ms
 * @returns the number of failures
 */
export async function runMocha(options: {
  readonly folder: string;
  readonly ending: string;
  readonly timeout: number;
  readonly results: string;
  readonly hooks?: Mocha.RootHookObject;
  /** Whether one of the folders in it is run, or a file right in it, by its name; all are, unless it is given. */
  readonly takes?: (name: string) => boolean;
}): Promise<number> {
  const mocha = new Mocha({
    timeout: options.timeout,
    forbidOnly: process.env["CI"] !== undefined,
    ...(options.hooks && { rootHooks: options.hooks }),
  });
  const files = readdirSync(options.folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(options.ending))
    .sort();
  const { takes = () => true } = options;
  for (const file of files) {
    if (takes(folderOf(file))) mocha.addFile(join(options.folder, file));
  }
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const failed: string[] = [];
    const runner = mocha.run((failures) => {
      const { passes, pending } = runner.stats ?? { passes: 0, pending: 0 };
      const results: MochaResults = { passed: passes, skipped: pending, failed };
      writeFileSync(options.results, JSON.stringify(results));
      resolve(failures);
    });
    // What fails and then succeeds would otherwise leave no trace.
    runner.on("retry", (test: Mocha.Test, error: Error) =>
      console.log(`    failed, and is tried again: ${test.fullTitle()}\n${error.stack}`),
    );
    runner.on("fail", (test) => failed.push(test.fullTitle()));
  });
}

/** The folder right below the tests' own that a file lies in, or the file itself. */
function folderOf(file: string): string {
  return file.split(/[\\/]/)[0] ?? "";
}
