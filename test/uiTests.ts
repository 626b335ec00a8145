/** Runs the UI tests against the packed VSIX. Its argument is the file for the results. */
import { join } from "node:path";
import { runMocha } from "./runMocha.ts";
import { requireChromium } from "./vscode/chromium.ts";
import { openWorkbenches } from "./vscode/openWorkbench.ts";

// Found, or installed, once: before any test needs it.
process.env["CHROMIUM_PATH"] = await requireChromium().catch((error: unknown) => {
  console.error(String(error));
  process.exit(1);
});

const [results = ""] = process.argv.slice(2);
const hooks: Mocha.RootHookObject = {
  async afterEach(this: Mocha.Context) {
    if (this.currentTest?.state !== "failed") return;
    for (const workbench of openWorkbenches) {
      const picture = await workbench.screenshot(this.currentTest.fullTitle());
      console.log(`      screenshot: ${picture}\n      logs: ${workbench.profile}`);
    }
  },
  async afterAll() {
    for (const workbench of openWorkbenches) await workbench.close();
  },
};
const folder = join(import.meta.dirname, "ui");
const failures = await runMocha({ folder, ending: ".test.ts", timeout: 90_000, results, hooks });
process.exitCode = failures > 0 ? 1 : 0;
