/** Runs the tests of the panel's page alone, in Chromium: those whose titles have the argument in them, or all. */
import { join } from "node:path";
import { runMocha } from "./runMocha.ts";
import { nameChromium } from "./support/vscode/chromium.ts";

await nameChromium();
const failures = await runMocha({
  folders: [join(import.meta.dirname, "page")],
  ending: ".test.ts",
  timeout: 60_000,
  title: process.argv[2],
});
process.exitCode = failures > 0 ? 1 : 0;
