import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { openWorkbench, type Workbench } from "../support/vscode/openWorkbench.ts";
import type { Settings } from "../support/vscode/vscodeServer.ts";
import { probe } from "./probe.ts";

/** A VS Code whose pages note what happens in them, and the folder that is open in it. */
export interface BenchWorkbench {
  readonly workbench: Workbench;
  readonly folder: string;
}

/** Opens VS Code with what `write` writes into an empty folder, and removes all of it after `use`. */
export async function inBenchWorkbench(
  options: { readonly settings: Settings; readonly write: (folder: string) => Promise<void> },
  use: (bench: BenchWorkbench) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-scripts-"));
  let workbench: Workbench | undefined;
  try {
    await options.write(folder);
    const settings = { "git.enabled": false, ...options.settings };
    workbench = await openWorkbench({ folder, settings, autoplay: "always" });
    await workbench.page.addInitScript(probe);
    await use({ workbench, folder });
  } finally {
    await workbench?.close();
    if (workbench) await rm(workbench.profile, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** The page of a script's panel. */
export async function panelOf(workbench: Workbench, script: string): Promise<Frame> {
  const { frame } = await workbench.webview((title) => title.includes(script));
  return frame;
}

/** Waits until the panel names a segment so, from its number on: "1, ready". */
export async function waitForSegment(panel: Frame, name: string): Promise<void> {
  const item = panel.getByRole("listitem", { name: new RegExp(`^Segment ${name}`) });
  await item.first().waitFor({ timeout: 30_000 });
}
