import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cliPackage } from "../../support/cli/builtCli.ts";
import { runNpm } from "../../support/processes.ts";
import { namesIn } from "../clips/scratch.ts";
import { readManifest, scriptOf, useCli } from "./scripts.ts";

describe("The package that npm packs", () => {
  const { folder, inFolder, write } = useCli();

  it("is installed without anything else, and speaks", async () => {
    const quietly = ["--ignore-scripts", "--offline", "--no-audit", "--no-fund", "--silent"];
    const install = ["install", cliPackage, "--install-links", "--prefix", folder(), ...quietly];
    assert.equal(await runNpm(install, folder()), 0);
    assert.deepEqual((await namesIn(inFolder("node_modules"))).sort(), [
      ".bin",
      ".package-lock.json",
      "scripted-speech",
    ]);
    const { version } = await readManifest();
    const home = inFolder("node_modules", "scripted-speech");
    const { bin } = JSON.parse(await readFile(join(home, "package.json"), "utf8")) as {
      bin: Record<string, string>;
    };
    const program = await realpath(join(home, bin["scripted-speech"] ?? ""));
    assert.match(await readFile(program, "utf8"), /^#!\/usr\/bin\/env node\n/);
    const call = async (...args: readonly string[]): Promise<string> => {
      const run = [program, ...args];
      return (await promisify(execFile)(process.execPath, run, { cwd: folder() })).stdout;
    };
    assert.equal(await call("--version"), `${version}\n`);
    await write("talk.md", scriptOf("One."));
    await call("check", "talk.md");
    assert.match(await call("render", "talk.md", "--service", "local"), /spoken$/m);
    assert.match(await call("voices", "--service", "local"), /^rms /m);
    await call("check", "talk.md", "--fresh");
    await write("talk.txt", "**One.**");
    assert.match(await call("check", "talk.txt"), /^talk\.txt:1:1: information: .* \[markdown\]$/m);
  });
});
