import { runMocha } from "../runMocha.ts";

/** What VS Code calls in its extension host: runs the bundled tests that lie beside this file. */
export async function run(): Promise<void> {
  const results = process.env["TEST_RESULTS"];
  if (!results) throw new Error("TEST_RESULTS does not name the file for the results.");
  const folder = __dirname;
  const failures = await runMocha({ folder, ending: ".test.cjs", timeout: 60_000, results });
  if (failures > 0) throw new Error(`${failures} failed`);
}
