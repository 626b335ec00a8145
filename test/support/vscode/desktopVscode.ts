import {
  downloadAndUnzipVSCode,
  resolveCliPathFromVSCodeExecutablePath,
} from "@vscode/test-electron";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findOnPath } from "./chromium.ts";
import { cacheFolder } from "../paths.ts";
import { runProcess } from "../processes.ts";
import { userDataFolder } from "./vscodeServer.ts";

/** Whether a window can be shown here. */
export function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
}

/**
 * The program of VS Code for the desktop, as `runTests` takes it: `VSCODE_PATH`, or one that is
 * downloaded into the cache.
 * @returns undefined where there is no display, or none can be downloaded
 * @throws when `VSCODE_PATH` names no file
 */
export async function findDesktopVscode(): Promise<string | undefined> {
  const given = process.env["VSCODE_PATH"];
  if (given && !existsSync(given)) {
    throw new Error(`VSCODE_PATH names ${given}, and there is no such file.`);
  }
  if (given) return given;
  if (!hasDisplay()) return undefined;
  return downloadAndUnzipVSCode({ cachePath: cacheFolder }).catch((error: unknown) => {
    console.log(`Desktop VS Code could not be downloaded (${String(error)}).`);
    return undefined;
  });
}

/** The command line of VS Code for the desktop: that of `VSCODE_PATH`, `code`, or of a download. */
export async function findCodeCommand(): Promise<string | undefined> {
  if (!hasDisplay()) return undefined;
  const command = process.env["VSCODE_PATH"] ? undefined : findOnPath(["code"]);
  if (command) return command;
  const program = await findDesktopVscode();
  return program && resolveCliPathFromVSCodeExecutablePath(program);
}

/**
 * Opens a script in a window of VS Code, with a profile of its own that has the packed extension.
 * @returns when the window is closed: 0, or VS Code's own exit code
 */
export async function openOnDesktop(options: {
  readonly code: string;
  readonly profile: string;
  readonly vsix: string;
  readonly script: string;
}): Promise<number> {
  const userData = userDataFolder(options.profile);
  const profile = [
    ...["--user-data-dir", userData],
    ...["--extensions-dir", join(options.profile, "extensions")],
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
  const run = (args: readonly string[]): Promise<number> =>
    process.platform === "win32"
      ? runProcess("cmd.exe", ["/c", options.code, ...profile, ...args])
      : runProcess(options.code, [...profile, ...args]);

  const installed = await run(["--install-extension", options.vsix, "--force"]);
  if (installed !== 0) throw new Error(`VS Code (${options.code}) did not install the extension.`);
  // `code` starts the window's process as no child of its own, and so of ours.
  process.once("exit", () => endWindow(userData));
  console.log(`\n${options.script} is open in VS Code. Closing the window, or Ctrl+C, ends it.`);
  return run(["--new-window", "--wait", dirname(options.script), options.script]);
}

/** Ends the VS Code that runs on this user data; it keeps its process id there while it runs. */
function endWindow(userData: string): void {
  try {
    process.kill(Number(readFileSync(join(userData, "code.lock"), "utf8")));
  } catch {
    // It has ended.
  }
}
