import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkbench, openWorkbenches, type Workbench } from "./openWorkbench.ts";
import type { Settings } from "./vscodeServer.ts";

/** What a file of tests has of the window that all share. */
export interface Desk {
  readonly workbench: Workbench;
  /** The window's folder. */
  readonly workspace: string;
  /** In that, and nobody else's. */
  readonly folder: string;
}

let shared: Promise<Workbench> | undefined;
let root = "";
let taken = 0;

/**
 * The window that the test files of one process share, for to open one takes seconds of processor: with nothing open or running,
 * these user settings over the quiet ones, and a folder of its own with these files, by their names. What else a person may
 * change in a window (keys, speed, volume) is as the file before has left it.
 */
export async function takeWorkbench(
  settings: Settings,
  files: Readonly<Record<string, string>> = {},
): Promise<Desk> {
  if (root === "") {
    root = await mkdtemp(join(tmpdir(), "scripts-"));
  }
  const folder = join(root, String(++taken));
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const known = await shared;
  if (known && openWorkbenches.has(known)) {
    await known.tidy();
    await known.replaceSettings({ "security.workspace.trust.enabled": false, ...settings });
    return { workbench: known, workspace: root, folder };
  }
  shared = openWorkbench({ folder: root, settings });
  return { workbench: await shared, workspace: root, folder };
}

/** Gives the window an API key, as a person does. */
export async function giveKey(workbench: Workbench, key: string): Promise<void> {
  await workbench.runCommand("Scripted Speech: Set API Key…");
  const input = workbench.page.locator(".quick-input-widget:visible input[type=password]");
  await input.fill(key);
  await input.press("Enter");
  await input.waitFor({ state: "hidden" });
}

/** Removes the folder of the window. */
export async function leaveWorkbench(): Promise<void> {
  if (root !== "") await rm(root, { recursive: true, force: true });
}
