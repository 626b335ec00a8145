/** Runs the tests of the panel's page alone, in Chromium. Its argument is the file for the results. */
import { join } from "node:path";
import { runMocha } from "./runMocha.ts";
import { nameChromium } from "./vscode/chromium.ts";

await nameChromium();
const [results = ""] = process.argv.slice(2);
const folder = join(import.meta.dirname, "page");
const failures = await runMocha({ folder, ending: ".test.ts", timeout: 60_000, results });
process.exitCode = failures > 0 ? 1 : 0;
