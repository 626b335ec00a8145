/** Runs the unit tests in plain Node. Its arguments are the file for the results, then `only` or `all but`, and names of folders. */
import { join } from "node:path";
import { runMocha } from "./runMocha.ts";

const [results = "", which = "all but", ...names] = process.argv.slice(2);
const folder = join(import.meta.dirname, "unit");
const failures = await runMocha({
  folder,
  ending: ".test.ts",
  timeout: 120_000, // for what hangs: they have what time others leave them
  results,
  takes: (name) => names.includes(name) === (which === "only"),
});
process.exitCode = failures > 0 ? 1 : 0;
