/** Runs the UI tests of a folder against the packed VSIX. Its arguments are the file for the results, and the folder. */
import { join } from "node:path";
import { runMocha } from "./runMocha.ts";
import { nameChromium } from "./vscode/chromium.ts";
import { openWorkbenches } from "./vscode/openWorkbench.ts";
import { holdVscode } from "./vscode/runningVscode.ts";

await nameChromium();
const [results = "", tests = "ui"] = process.argv.slice(2);
const release = holdVscode(); // one VS Code, with a window for each file
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
    await release();
  },
};
const folder = join(import.meta.dirname, tests);
const failures = await runMocha({ folder, ending: ".test.ts", timeout: 90_000, results, hooks });
process.exitCode = failures > 0 ? 1 : 0;
