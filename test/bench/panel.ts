import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession, Frame } from "playwright-core";
import type { Workbench } from "../support/vscode/openWorkbench.ts";
import {
  inBenchWorkbench,
  panelOf,
  waitForSegment,
  type BenchWorkbench,
} from "./benchWorkbench.ts";
import { printFigures, type Figure } from "./figures.ts";
import { lastAt, takeNotes, waitForNote } from "./probe.ts";
import { soundSettings, writeScriptWithClips } from "./scriptWithClips.ts";

const many = 1_000;
const few = 5;
const openingsInNewWindow = 3;
const openingsAgain = 10;
const wheelSteps = 60;
const wheelEveryMs = 30;
const longFrameMs = 50;
const clipsPlayed = 100;
const clipsPlayedFirst = 10;

/** A panel of many segments beside one of few: opening, scrolling, playing through. */
export async function benchPanel(): Promise<void> {
  const write = async (folder: string): Promise<void> => {
    for (const segments of [few, many]) {
      await writeScriptWithClips(folder, nameOf(segments), { segments });
    }
  };
  await inBenchWorkbench({ settings: soundSettings, write }, async (bench) => {
    const small = await measurePanel(bench, few);
    const large = await measurePanel(bench, many);
    const played = await measurePlaying(
      bench.workbench,
      await panelOf(bench.workbench, nameOf(many)),
    );
    const compared = large.map((figure, at): Figure => {
      const other = small[at];
      if (!other) return figure;
      return { ...figure, against: { name: `with ${few} segments`, samples: other.samples } };
    });
    printFigures(`panel: ${few} segments`, small);
    printFigures(`panel: ${many} segments`, compared);
    printFigures(
      `panel: ${many} segments, ${clipsPlayed} clips played one after the other`,
      played,
    );
  });
}

const nameOf = (segments: number): string => `segments${segments}`;

/** The panel stays open. */
async function measurePanel(
  { workbench, folder }: BenchWorkbench,
  segments: number,
): Promise<Figure[]> {
  const openings: { readonly anew: Opening[]; readonly again: Opening[] } = { anew: [], again: [] };
  for (let window = 0; window < openingsInNewWindow; window++) {
    if (window > 0) await closePanel(workbench);
    await workbench.show(folder, join(folder, `${nameOf(segments)}.md`));
    // The extension is there, and has read the script.
    await workbench.page
      .locator(".statusbar")
      .getByText(/ ready/)
      .waitFor({ timeout: 30_000 });
    openings.anew.push(await openPanel(workbench, segments));
  }
  for (let opening = 0; opening < openingsAgain; opening++) {
    await closePanel(workbench);
    openings.again.push(await openPanel(workbench, segments));
  }
  const frames = await measureScrolling(workbench, await panelOf(workbench, nameOf(segments)));
  const all = [...openings.anew, ...openings.again];
  const long = frames.filter((ms) => ms > longFrameMs).length;
  return [
    {
      name: "command → painted, first in its window",
      samples: openings.anew.map(whole),
      unit: "ms",
    },
    { name: "command → painted, again", samples: openings.again.map(whole), unit: "ms" },
    { name: "  of it: message show → painted", samples: all.map(page), unit: "ms" },
    { name: `frames while scrolling, ${wheelSteps} wheel steps`, samples: frames, unit: "ms" },
    { name: `  longer than ${longFrameMs} ms`, samples: [long], unit: "" },
  ];
}

/** Milliseconds since 1970. */
interface Opening {
  readonly asked: number;
  readonly shown: number;
  readonly painted: number;
}

const whole = ({ asked, painted }: Opening): number => painted - asked;
const page = ({ shown, painted }: Opening): number => painted - shown;

async function openPanel(workbench: Workbench, segments: number): Promise<Opening> {
  await takeNotes(workbench.page);
  await workbench.runCommand("Scripted Speech: Open Preview Panel");
  const panel = await panelOf(workbench, nameOf(segments));
  await waitForNote(panel, "painted");
  const notes = await takeNotes(panel);
  const painted = notes.find(({ what, value }) => what === "painted" && value === segments);
  return {
    asked: lastAt(await takeNotes(workbench.page), "click"),
    shown: notes.find(({ what }) => what === "show")?.at ?? NaN,
    painted: painted?.at ?? NaN,
  };
}

async function closePanel(workbench: Workbench): Promise<void> {
  await workbench.runCommand("View: Close Editors in Other Groups");
  await workbench.page.locator("iframe.webview").waitFor({ state: "detached", timeout: 30_000 });
}

/** Milliseconds from each frame to the next while the list is scrolled from its top to its end. */
async function measureScrolling(workbench: Workbench, panel: Frame): Promise<number[]> {
  const list = panel.getByRole("list", { name: "Segments" });
  const distance = await list.evaluate((element) => {
    for (let box: Element | null = element; box; box = box.parentElement) {
      if (box.scrollHeight > box.clientHeight + 1) return box.scrollHeight - box.clientHeight;
    }
    return 0;
  });
  await list.hover();
  await panel.evaluate(() => {
    const times: number[] = [];
    const note = (): void => {
      times.push(performance.now()); // a frame's own time would not tell that it came late
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, { times });
  });
  for (let step = 0; step < wheelSteps; step++) {
    await workbench.page.mouse.wheel(0, Math.ceil(distance / wheelSteps));
    await sleep(wheelEveryMs);
  }
  const times = await panel.evaluate(() => (window as unknown as { times: number[] }).times);
  const items = panel.getByRole("listitem", { name: /^Segment / });
  await items.last().waitFor(); // where the end was not reached, this is another one, and the next line says so
  const last = await items.last().getAttribute("aria-label");
  console.log(`  (scrolled ${distance} CSS pixels, to: ${last})`);
  return times.slice(1).map((time, at) => time - (times[at] ?? NaN));
}

/** Plays one clip after the other, each as soon as the one before it sounds. */
async function measurePlaying(workbench: Workbench, panel: Frame): Promise<Figure[]> {
  await workbench.page.mouse.wheel(0, -1e6);
  await waitForSegment(panel, "1, ready");
  const clickToSound: number[] = [];
  const memory = await memoryOf(workbench, panel);
  const before = await memory.read();
  let early = before;
  for (let segment = 1; segment <= clipsPlayed; segment++) {
    await takeNotes(panel);
    await panel.getByRole("button", { name: `Play segment ${segment}`, exact: true }).click();
    await waitForNote(panel, "scheduled");
    const notes = await takeNotes(panel);
    clickToSound.push(
      (notes.find(({ what }) => what === "scheduled")?.at ?? NaN) - lastAt(notes, "click"),
    );
    if (segment === clipsPlayedFirst) early = await memory.read();
  }
  await panel.getByRole("button", { name: "Stop", exact: true }).click();
  const after = await memory.read();
  await memory.close();
  const unit = "MiB";
  return [
    { name: "click on Play → sound scheduled, from the file", samples: clickToSound, unit: "ms" },
    { name: "memory after a collection, before", samples: [before], unit, remark: memory.of },
    { name: `  after ${clipsPlayedFirst} clips`, samples: [early], unit },
    {
      name: `  after ${clipsPlayed} clips`,
      samples: [after],
      unit,
      against: { name: `after ${clipsPlayedFirst}`, samples: [early] },
    },
  ];
}

interface Memory {
  /** Whose memory it is. */
  readonly of: string;
  /** Collects garbage; MiB of the heap, and of buffers beside it. */
  readonly read: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** The panel's memory; with the workbench's, where the browser has both in one process. */
async function memoryOf(workbench: Workbench, panel: Frame): Promise<Memory> {
  const context = workbench.page.context();
  let of = "the panel's process";
  const session: CDPSession = await context.newCDPSession(panel).catch(() => {
    of = "the panel's process, with the workbench in it";
    return context.newCDPSession(workbench.page);
  });
  const read = async (): Promise<number> => {
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize, embedderHeapUsedSize, backingStorageSize } =
      await session.send("Runtime.getHeapUsage");
    return (usedSize + embedderHeapUsedSize + backingStorageSize) / 2 ** 20;
  };
  return { of, read, close: () => session.detach() };
}
