import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

/** How long what is waited for may take, in ms. */
const PATIENCE = 60_000;

/** Waits until this holds; fails with what it is that never was. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) assert.fail(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until what is seen is this; fails with what it is. */
export async function becomes<T>(see: () => Promise<T> | T, wanted: T): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!isDeepStrictEqual(await see(), wanted) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(await see(), wanted);
}
