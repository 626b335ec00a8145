/**
 * Runs tests in VS Code against the packed VSIX: those whose titles have the argument in them, or all. `--in` names a folder
 * of them, each time one; without it all are meant.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runMocha } from "./runMocha.ts";
import { leaveWorkbench } from "./support/vscode/sharedWorkbench.ts";
import { nameChromium } from "./support/vscode/chromium.ts";
import { openWorkbenches } from "./support/vscode/openWorkbench.ts";
import { holdVscode } from "./support/vscode/runningVscode.ts";

const { values, positionals } = parseArgs({
  options: { in: { type: "string", multiple: true, default: ["ui", "sound"] } },
  allowPositionals: true,
});
await nameChromium();
const release = holdVscode(); // one VS Code
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
    await leaveWorkbench();
  },
};
const failures = await runMocha({
  folders: values.in.map((folder) => join(import.meta.dirname, folder)),
  ending: ".test.ts",
  timeout: 90_000,
  title: positionals[0],
  hooks,
});
process.exitCode = failures > 0 ? 1 : 0;
