import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const measure = join(import.meta.dirname, "..", "..", "growth", "measure.ts");

/** What a process says that reads these patterns with so little memory. */
async function grow(list: string): Promise<readonly Told[]> {
  const node = ["--no-warnings", "--max-old-space-size=256", measure, list];
  const run = promisify(execFile)(process.execPath, node, { maxBuffer: 1e8 });
  const { stdout, failed } = await run.then(
    ({ stdout }) => ({ stdout, failed: undefined }),
    (error: { readonly stdout: string; readonly message: string }) => ({
      stdout: error.stdout,
      failed: error.message,
    }),
  );
  const told = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Told);
  assert.equal(failed, undefined, `it ended at: ${told.at(-1)?.what}`);
  return told;
}

interface Told {
  readonly what?: string;
  /** CPU time in milliseconds of the shorter one and of the longer one. */
  readonly square?: readonly [number, number];
  readonly done?: boolean;
}

describe("Time and memory of reading a script", () => {
  for (const [list, what] of [
    ["known", "that once took minutes or gigabytes"],
    ["generated", "made of all that means something"],
  ] as const) {
    it(`stay in proportion to its length: of scripts ${what}`, async () => {
      const told = await grow(list);
      assert.deepEqual(
        told.filter(({ square }) => square),
        [],
      );
      assert.equal(told.at(-1)?.done, true);
      assert.ok(told.length > 50);
    }).timeout(600_000); // CPU time is what counts: beside others it takes many times as long
  }
});
