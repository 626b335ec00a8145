/** Runs the unit tests in plain Node. Its arguments are the file for the results, and which part of how many it runs. */
import { join } from "node:path";
import { runMocha } from "./runMocha.ts";

const [results = "", part = "0", parts = "1"] = process.argv.slice(2);
const folder = join(import.meta.dirname, "unit");
const failures = await runMocha({
  folder,
  ending: ".test.ts",
  timeout: 30_000, // it has what time others leave it
  results,
  part: [Number(part), Number(parts)],
});
process.exitCode = failures > 0 ? 1 : 0;
