import { runTests } from "@vscode/test-electron";
import * as esbuild from "esbuild";
import { cp, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { findDesktopVscode } from "./vscode/desktopVscode.ts";
import { outFolder, projectRoot } from "./vscode/paths.ts";
import { writeUserSettings, userDataFolder } from "./vscode/vscodeServer.ts";

const folder = join(outFolder, "integration");

/** Runs the integration tests in VS Code's extension host. Its argument is the file for the results. */
async function runIntegrationTests(results: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const tests = join(folder, "tests");
  await esbuild.build({
    entryPoints: ["test/integration/index.ts", "test/integration/**/*.test.ts"],
    absWorkingDir: projectRoot,
    outdir: tests,
    outbase: "test/integration",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
  });
  const workspace = join(folder, "workspace");
  await cp(join(projectRoot, "test/fixtures/workspace"), workspace, { recursive: true });
  const profile = join(folder, "profile");
  await writeUserSettings(profile, {});
  const codeInBrowser = join(import.meta.dirname, "vscode/codeInBrowser.ts");
  await runTests({
    vscodeExecutablePath: (await findDesktopVscode()) ?? codeInBrowser,
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: join(tests, "index.cjs"),
    launchArgs: [
      workspace,
      "--disable-extensions",
      `--user-data-dir=${userDataFolder(profile)}`,
      `--extensions-dir=${join(profile, "extensions")}`,
    ],
    extensionTestsEnv: {
      TEST_RESULTS: results,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}`,
    },
  });
}

await runIntegrationTests(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
