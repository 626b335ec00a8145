import { cp } from "node:fs/promises";
import { join } from "node:path";
import { runInExtensionHost } from "./vscode/extensionHost.ts";
import { outFolder, projectRoot } from "./vscode/paths.ts";

/** Runs the integration tests in VS Code's extension host. Its argument is the file for the results. */
await runInExtensionHost({
  source: "test/integration",
  more: "**/*.test.ts",
  out: join(outFolder, "integration"),
  workspace: (folder) =>
    cp(join(projectRoot, "test/fixtures/workspace"), folder, { recursive: true }),
  env: { TEST_RESULTS: process.argv[2] ?? "" },
}).catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
