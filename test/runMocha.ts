import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import type { MochaResults } from "./tally.ts";

/**
 * Runs the test files of folders with mocha. Where `TEST_RESULTS` names a file, the results are written into it, and it is
 * there only when mocha came to its end.
 * @returns the number of failures
 */
export async function runMocha(options: {
  readonly folders: readonly string[];
  /** What the names of test files end with. */
  readonly ending: string;
  /** How long a test may take, in ms. */
  readonly timeout: number;
  /** A part of the full titles of those that run; all do where it is left out. */
  readonly title?: string | undefined;
  readonly hooks?: Mocha.RootHookObject;
  /** Whether one of the folders in it is run, or a file right in it, by its name; all are, unless it is given. */
  readonly takes?: (name: string) => boolean;
}): Promise<number> {
  const { folders, ending, timeout, title, hooks, takes = () => true } = options;
  const mocha = new Mocha({
    timeout,
    forbidOnly: process.env["CI"] !== undefined,
    ...(title !== undefined && { fgrep: title }),
    ...(hooks && { rootHooks: hooks }),
  });
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(ending) && takes(folderOf(file)))
      .sort();
    for (const file of files) mocha.addFile(join(folder, file));
  }
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const failed: string[] = [];
    const runner = mocha.run((failures) => {
      const { passes, pending } = runner.stats ?? { passes: 0, pending: 0 };
      const results: MochaResults = { passed: passes, skipped: pending, failed };
      const file = process.env["TEST_RESULTS"];
      if (file !== undefined) writeFileSync(file, JSON.stringify(results));
      resolve(failures);
    });
    runner.on("fail", (test) => failed.push(test.fullTitle()));
  });
}

/** The folder right below the tests' own that a file lies in, or the file itself. */
function folderOf(file: string): string {
  return file.split(/[\\/]/)[0] ?? "";
}
