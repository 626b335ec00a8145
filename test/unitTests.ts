/** Runs the unit tests in plain Node. Its argument is the file for the results. */
import { join } from "node:path";
import { runMocha } from "./runMocha.ts";

const [results = ""] = process.argv.slice(2);
const folder = join(import.meta.dirname, "unit");
const failures = await runMocha({ folder, ending: ".test.ts", timeout: 10_000, results });
process.exitCode = failures > 0 ? 1 : 0;
