import { runMocha } from "../runMocha.ts";

/** What VS Code calls in its extension host: runs the bundled tests that lie beside this file. */
export async function run(): Promise<void> {
  const failures = await runMocha({
    folders: [__dirname],
    ending: ".test.cjs",
    timeout: 60_000,
    title: process.env["TEST_TITLE"],
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
