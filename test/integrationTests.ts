import { cp } from "node:fs/promises";
import { join } from "node:path";
import { runInExtensionHost } from "./support/vscode/extensionHost.ts";
import { outFolder, projectRoot } from "./support/paths.ts";

/** Runs the integration tests in VS Code's extension host: those whose titles have the argument in them, or all. */
await runInExtensionHost({
  source: "test/integration",
  more: "**/*.test.ts",
  out: join(outFolder, "integration"),
  workspace: (folder) =>
    cp(join(projectRoot, "test/fixtures/workspace"), folder, { recursive: true }),
  env: process.argv[2] === undefined ? {} : { TEST_TITLE: process.argv[2] },
}).catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
