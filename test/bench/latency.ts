import { join } from "node:path";
import type { Frame } from "playwright-core";
import type { Workbench } from "../support/vscode/openWorkbench.ts";
import { inBenchWorkbench, panelOf, waitForSegment } from "./benchWorkbench.ts";
import { printFigures, type Figure } from "./figures.ts";
import { measureLoopback } from "./loopback.ts";
import { clockAhead, lastAt, takeNotes, waitForNote } from "./probe.ts";
import { soundSettings, writeScriptWithClips } from "./scriptWithClips.ts";
import { TimedService } from "./timedService.ts";

const few = 5;
const many = 500;
const presses = 30;
const warmUps = 3;
const previewSegmentKey = "Control+Alt+Enter";

/** What one press took, each in milliseconds. */
interface Press {
  /** From the connection on; 0 where there was one already. */
  readonly onNewConnection: number;
  readonly toRequest: number;
  readonly toRunStarted: number;
  readonly chunkToSchedule: number;
  readonly lead: number;
  /** From the click on *Stop* until the extension's answer is in the page. */
  readonly roundTrip: number;
}

/** What the extension adds to the service's own time: from the press to the request, from the chunk to the sound. */
export async function benchLatency(): Promise<void> {
  const service = await TimedService.start();
  const settings = {
    ...soundSettings,
    "scriptedSpeech.service": "cartesia",
    "scriptedSpeech.endpoint": service.url,
  };
  const write = async (folder: string): Promise<void> => {
    for (const segments of [few, many]) {
      const { host } = new URL(service.url); // the service's name, in the clips' identities
      await writeScriptWithClips(folder, nameOf(segments), { segments, service: host });
    }
  };
  try {
    await inBenchWorkbench({ settings, write }, async ({ workbench, folder }) => {
      await workbench.show(folder, join(folder, `${nameOf(few)}.md`));
      await giveKey(workbench);
      const small = await openStage(workbench, service, few);
      const byClick = await measurePresses(small, "click");
      const byKey = await measurePresses(small, "keydown");
      await workbench.runCommand("View: Focus First Editor Group"); // else it is opened in the panel's
      await workbench.runCommand("View: Close Editors in Other Groups");
      await workbench.openFile(`${nameOf(many)}.md`);
      const inMany = await measurePresses(await openStage(workbench, service, many), "keydown");
      const roundTrip = byClick.map((press) => press.roundTrip);
      printPresses(`click in the panel, ${few} segments`, byClick, roundTrip);
      printPresses(`key in the editor, ${few} segments`, byKey, roundTrip);
      printPresses(`key in the editor, ${many} segments`, inMany, roundTrip);
      const remark = "click on Stop → the extension's answer";
      printFigures("latency: to compare with", [
        { name: roundTripName, samples: roundTrip, unit: "ms", remark },
        ...(await measureLoopback(presses)),
      ]);
    });
  } finally {
    await service.close();
  }
}

const nameOf = (segments: number): string => `segments${segments}`;

interface Stage {
  readonly workbench: Workbench;
  readonly panel: Frame;
  readonly service: TimedService;
}

async function openStage(
  workbench: Workbench,
  service: TimedService,
  segments: number,
): Promise<Stage> {
  await workbench.runCommand("Scripted Speech: Open Preview Panel");
  const panel = await panelOf(workbench, nameOf(segments));
  await waitForSegment(panel, "1, ready");
  return { workbench, panel, service };
}

/** Changes the first segment, presses, waits for its first sound, and stops; again and again. */
async function measurePresses(stage: Stage, input: "click" | "keydown"): Promise<Press[]> {
  const { workbench, panel } = stage;
  const pressed = input === "click" ? panel : workbench.page;
  const ahead = { panel: await clockAhead(panel), pressed: await clockAhead(pressed) };
  const samples: Press[] = [];
  for (let run = -warmUps; run < presses; run++) {
    await changeFirstSegment(workbench, panel);
    await takeNotes(panel);
    await takeNotes(pressed);
    if (input === "keydown") await workbench.page.keyboard.press(previewSegmentKey);
    else await panel.getByRole("button", { name: "Preview script" }).click();
    const sample = await readPress(stage, input, ahead);
    if (run >= 0) samples.push(sample);
  }
  return samples;
}

/** Types into the first segment. VS Code may still be giving the focus to the panel that was clicked last: then, again. */
async function changeFirstSegment(workbench: Workbench, panel: Frame): Promise<void> {
  const { page } = workbench;
  const changed = panel.getByRole("listitem", { name: /^Segment 1, changed/ });
  for (let attempt = 0; attempt < 5; attempt++) {
    await page.locator(".editor-instance .view-line").first().click();
    await page.locator(".editor-instance .monaco-editor.focused").waitFor();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("!");
    const isChanged = changed.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (await isChanged) return;
  }
  throw new Error("The panel does not show that the first segment has changed.");
}

async function readPress(
  { workbench, panel, service }: Stage,
  input: "click" | "keydown",
  ahead: { readonly panel: number; readonly pressed: number },
): Promise<Press> {
  await waitForNote(panel, "scheduled");
  const notes = await takeNotes(panel);
  const inputs = input === "click" ? notes : await takeNotes(workbench.page);
  await waitForSegment(panel, "1, ready"); // it still sounds, and nothing else is under way
  await takeNotes(panel);
  await panel.getByRole("button", { name: "Stop", exact: true }).click();
  await waitForNote(panel, "stop");
  const stopping = await takeNotes(panel);
  const began = lastAt(inputs, input) - ahead.pressed;
  const sound = notes.find(({ what }) => what === "scheduled");
  const { connected, requested, answered } = service.arrival;
  return {
    onNewConnection: connected > began ? requested - connected : 0,
    toRequest: requested - began,
    toRunStarted: lastAt(notes, "runStarted") - ahead.panel - began,
    chunkToSchedule: (sound?.at ?? NaN) - ahead.panel - answered,
    lead: sound?.value ?? NaN,
    roundTrip: lastAt(stopping, "stop") - lastAt(stopping, "click"),
  };
}

const roundTripName = "page → extension host → page";

function printPresses(how: string, presses: readonly Press[], roundTrip: readonly number[]): void {
  const against = { name: roundTripName, samples: roundTrip };
  const figure = (name: string, of: (press: Press) => number): Figure => {
    return { name, samples: presses.map(of), unit: "ms", against };
  };
  const { samples } = figure("", ({ lead }) => lead);
  printFigures(`latency: ${how}`, [
    figure("press → request on the wire", ({ toRequest }) => toRequest),
    figure("  of it: on a new connection", ({ onNewConnection }) => onNewConnection),
    figure("chunk on the wire → sound scheduled", ({ chunkToSchedule }) => chunkToSchedule),
    figure("both together", ({ toRequest, chunkToSchedule }) => toRequest + chunkToSchedule),
    figure("press → runStarted in the page", ({ toRunStarted }) => toRunStarted),
    { name: "sound scheduled so far ahead", samples, unit: "ms", remark: "on the audio clock" },
  ]);
}

async function giveKey(workbench: Workbench): Promise<void> {
  await workbench.runCommand("Scripted Speech: Set API Key…");
  const input = workbench.page.locator(".quick-input-widget:visible input");
  await input.fill("sk_car_bench");
  await input.press("Enter");
  await input.waitFor({ state: "hidden" });
}
