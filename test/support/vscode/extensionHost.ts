import { runTests } from "@vscode/test-electron";
import * as esbuild from "esbuild";
import { rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { findDesktopVscode } from "./desktopVscode.ts";
import { projectRoot } from "../paths.ts";
import { userDataFolder, writeUserSettings, type Settings } from "./vscodeServer.ts";

/** What runs in VS Code's extension host, beside the extension. */
export interface HostedCode {
  /** The folder of its sources: `index.ts`, which exports `run`, and what else is named. */
  readonly source: string;
  /** More files in it, each a bundle of its own. */
  readonly more?: string;
  /** The folder for what is made: bundles, and a profile. It is emptied. */
  readonly out: string;
  /** Writes the folder that VS Code opens. */
  readonly workspace: (folder: string) => Promise<void>;
  readonly settings?: Settings;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs code in the extension host of a real VS Code. @throws Error where that code throws */
export async function runInExtensionHost(code: HostedCode): Promise<void> {
  const { source, more, out, settings = {}, env } = code;
  await rm(out, { recursive: true, force: true });
  const bundles = join(out, "bundles");
  await esbuild.build({
    entryPoints: [`${source}/index.ts`, ...(more === undefined ? [] : [`${source}/${more}`])],
    absWorkingDir: projectRoot,
    outdir: bundles,
    outbase: source,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
  });
  const workspace = join(out, "workspace");
  await code.workspace(workspace);
  const profile = join(out, "profile");
  // The folder is the tests' own, as a writer's is: what an untrusted one may not do is tried in the UI tests.
  await writeUserSettings(profile, { "security.workspace.trust.enabled": false, ...settings });
  const codeInBrowser = join(import.meta.dirname, "codeInBrowser.ts");
  await runTests({
    vscodeExecutablePath: (await findDesktopVscode()) ?? codeInBrowser,
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: join(bundles, "index.cjs"),
    launchArgs: [
      workspace,
      "--disable-extensions",
      `--user-data-dir=${userDataFolder(profile)}`,
      `--extensions-dir=${join(profile, "extensions")}`,
    ],
    extensionTestsEnv: {
      ...env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}`,
    },
  });
}
