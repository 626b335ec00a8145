/**
 * `npm start`: the packed extension in a real VS Code, with a script open and ready for the press.
 *
 *     npm start                           a copy of the example script
 *     npm start -- path/to/script.md      this script, in its place
 *     npm start -- --once [script]        headless: presses Preview Script, prints what was saved, ends
 *     npm start -- --browser [script]     in the browser, though desktop VS Code is at hand
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findCodeCommand, hasDisplay, openOnDesktop } from "../support/vscode/desktopVscode.ts";
import { packExtension, vsixFile } from "./packExtension.ts";
import { cacheFolder, outFolder, projectRoot } from "../support/paths.ts";
import { previewOnce } from "./previewOnce.ts";
import { isEnding } from "../support/processes.ts";
import {
  writeUserSettings,
  installVsix,
  remoteUri,
  startVscodeServer,
  workbenchAddress,
} from "../support/vscode/vscodeServer.ts";

const EXAMPLE = join(projectRoot, "media/walkthrough/welcome.speech.md");

/** The workbench keeps its state by address: so the same port, where it is free. */
const PORTS = "3270-3289";

process.exitCode = await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function start(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { once: { type: "boolean" }, browser: { type: "boolean" } },
    allowPositionals: true,
  });
  const script = await findScript(positionals[0]);
  await packExtension();
  if (values.once) return previewOnce(script);

  const profile = join(cacheFolder, "start");
  await writeUserSettings(profile, { "security.workspace.trust.enabled": false });
  const code = values.browser ? undefined : await findCodeCommand();
  if (code) return openOnDesktop({ code, profile, vsix: vsixFile, script });
  return startInBrowser(profile, script);
}

/** The script to open: the one that was asked for, or a fresh copy of the example. */
async function findScript(asked: string | undefined): Promise<string> {
  if (asked !== undefined) {
    // npm runs us in the project's folder, and tells where it was called.
    const script = resolve(process.env["INIT_CWD"] ?? ".", asked);
    if (!existsSync(script)) throw new Error(`There is no script ${script}.`);
    return script;
  }
  const folder = join(outFolder, "start");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const script = join(folder, "welcome.speech.md");
  await cp(EXAMPLE, script);
  return script;
}

/** Runs until Ctrl+C, or until the server ends by itself, which it never should. */
async function startInBrowser(profile: string, script: string): Promise<number> {
  await installVsix({ vsix: vsixFile, profile });
  const server = await startVscodeServer({ profile, ports: PORTS });
  const payload = [["openFile", remoteUri(server, script)]] as const;
  const address = workbenchAddress(server, dirname(script), payload);
  console.log(`\nVS Code is at\n\n  ${address}\n\n${script} is open there. Ctrl+C ends it.`);
  if (hasDisplay()) openBrowser(address);
  await server.ended;
  if (!isEnding()) console.error("VS Code's server ended by itself.");
  return 1;
}

/** Hands the address to the system's browser; where there is none, the printed address remains. */
function openBrowser(address: string): void {
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ["open"],
    win32: ["rundll32", "url.dll,FileProtocolHandler"],
  };
  const [command, ...args] = openers[process.platform] ?? ["xdg-open"];
  const browser = spawn(command, [...args, address], { detached: true, stdio: "ignore" });
  browser.on("error", () => undefined);
  browser.unref();
}
