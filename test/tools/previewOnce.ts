import { basename, dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Frame } from "playwright-core";
import { openWorkbench } from "../support/vscode/openWorkbench.ts";
import { projectRoot } from "../support/paths.ts";
import { findLacking, readSavedClips, tableOfClips } from "./savedClips.ts";
import { hasEnded, readSegmentList } from "./segmentList.ts";
import type { SegmentItem } from "./segmentList.ts";

/** How long a run may go on without any segment changing its state, in ms. */
const STALL = 60_000;

/**
 * Previews a script as a person would, headless: opens it, runs *Preview Script* from the palette,
 * waits for the run to end, prints what was saved, and takes a screenshot.
 * @returns 0 when every segment that says something was spoken and saved, else 1
 */
export async function previewOnce(script: string): Promise<number> {
  const workbench = await openWorkbench({
    folder: dirname(script),
    file: script,
    autoplay: "browser",
  });
  try {
    await workbench.runCommand("Scripted Speech: Preview Script");
    const panel = await workbench.webview((title) => title.includes(basename(script)));
    const segments = await waitForEnd(panel.frame);
    const saved = await readSavedClips(script);
    console.log(`\n${tableOfClips(saved, projectRoot)}\n`);
    const lacking = findLacking(segments, saved);
    for (const complaint of lacking) console.error(complaint);
    return lacking.length === 0 ? 0 : 1;
  } finally {
    for (const notification of await workbench.notifications()) console.log(notification);
    console.log(`Screenshot: ${await workbench.screenshot("preview-once")}`);
    await workbench.close();
  }
}

/** The segments as the panel shows them when the run has ended, or when nothing moves any more. */
async function waitForEnd(panel: Frame): Promise<SegmentItem[]> {
  let before = "";
  let deadline = Date.now() + STALL;
  for (;;) {
    const shown = await panel.getByRole("list", { name: "Segments" }).ariaSnapshot();
    const segments = readSegmentList(shown);
    const said = await panel.getByRole("status").allInnerTexts();
    const announced = said.some((sentence) => sentence.startsWith("Preview ended"));
    if (hasEnded(segments, announced)) return segments;
    if (shown !== before) deadline = Date.now() + STALL;
    if (Date.now() > deadline) {
      console.error(`The run does not end: nothing has changed for ${STALL / 1000} s.`);
      return segments;
    }
    before = shown;
    await delay(250);
  }
}
