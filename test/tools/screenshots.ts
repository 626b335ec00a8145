/**
 * `npm run screenshots`: makes the README's moving picture anew, from a real VS Code with the packed extension. The clock of the
 * panel's sound goes by the pictures that are taken, so that it is as smooth on a slow machine.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Frame } from "playwright-core";
import { projectRoot } from "../support/paths.ts";
import { openWorkbench, type Workbench } from "../support/vscode/openWorkbench.ts";
import { requireBrowser } from "../support/vscode/runningVscode.ts";
import { encodeAnimation, type Shot } from "./animatedWebp.ts";
import { packExtension } from "./packExtension.ts";

const target = join(projectRoot, "media", "screenshots", "preview.webp");

const script = `Good evening, and welcome to the night train.

<flush/>

Next stop: **Verona**. <break time="300ms"/> Mind the gap, <flush/>and mind the moon.

<flush/>

Sleep well!
`;

/** Where the pointer comes from and goes to, in CSS pixels. */
const aside = { x: 330, y: 470 };

/** What one picture is later than the one before it, in ms. */
const step = 120;
/** What the editor and the panel have to come to rest before each, in ms. */
const rest = 200;
/** How long the first and the last picture are shown, in ms. */
const [start, end] = [700, 1500];

await packExtension();
const folder = await mkdtemp(join(tmpdir(), "talk-"));
const file = join(folder, "night-train.speech.md");
await writeFile(file, script);
const workbench = await openWorkbench({
  folder,
  file,
  autoplay: "browser",
  size: { width: 960, height: 600, scale: 1 },
  settings: {
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.activityBar.location": "hidden",
    "workbench.layoutControl.enabled": false,
    "workbench.editor.editorActionsLocation": "hidden",
    "window.commandCenter": false,
    "breadcrumbs.enabled": false,
    "editor.lineNumbers": "off",
    "editor.minimap.enabled": false,
    "editor.occurrencesHighlight": "off",
    "editor.renderLineHighlight": "none",
    "editor.scrollbar.vertical": "hidden",
    "git.enabled": false,
  },
});
try {
  const shots = await film(workbench);
  const animation = await encodeAnimation(await requireBrowser("browser"), shots, end);
  await writeFile(target, animation);
  console.log(`${target}: ${shots.length} pictures, ${Math.round(animation.length / 1000)} kB`);
} finally {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}

/** The pictures of a preview: a press on the lens, and all that it brings about. */
async function film(workbench: Workbench): Promise<Shot[]> {
  const { page } = workbench;
  await page.addInitScript(holdSoundClock);
  await workbench.runCommand("View: Close Primary Side Bar");
  await workbench.runCommand("Notifications: Toggle Do Not Disturb Mode");
  await workbench.runCommand("Scripted Speech: Open Preview Panel");
  const { frame } = await workbench.webview((title) => title.includes("night-train"));
  const rows = frame.locator("li[data-segment]");
  await rows.nth(3).waitFor();
  const lens = page.getByRole("button", { name: "Preview Script", exact: true }).first();
  const place = await lens.boundingBox();
  if (!place) throw new Error("The script has no lens.");
  const press = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
  await page.mouse.move(aside.x, aside.y);

  const shots: Shot[] = [];
  let at = 0;
  const shoot = async (pointer?: { x: number; y: number }): Promise<void> => {
    await page.evaluate(drawPointer, pointer);
    await delay(rest);
    shots.push({ png: await page.screenshot({ caret: "initial" }), at });
    at += step;
  };
  await shoot();
  at = start;
  for (const part of eased(7)) await shoot(between(aside, press, part));
  await lens.click();
  await page.mouse.move(aside.x, aside.y);
  const back = eased(7).map((part) => between(press, aside, part));
  const playing = rows.filter({ hasText: "playing" });
  for (let seconds = 0, left = 4, began = false; left > 0 && shots.length < 200;) {
    await shoot(back.shift());
    if ((await playing.count()) > 0) [began, left] = [true, 4];
    else if (began) left--;
    await setSoundClock(frame, (seconds += step / 1000));
  }
  return shots;
}

/** Numbers from 0 to 1 that begin and end slowly. */
function eased(count: number): number[] {
  return Array.from({ length: count }, (_, at) => (1 - Math.cos((Math.PI * at) / (count - 1))) / 2);
}

type Point = { readonly x: number; readonly y: number };

function between(from: Point, to: Point, part: number): Point {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** Runs in each page before its script: Web Audio's clock goes by `setSoundClock`. It creeps, for one that stands counts as broken. */
function holdSoundClock(): void {
  Object.defineProperty(BaseAudioContext.prototype, "currentTime", {
    get: () =>
      ((globalThis as { soundSeconds?: number }).soundSeconds ?? 0) + performance.now() / 1e9,
  });
}

async function setSoundClock(frame: Frame, seconds: number): Promise<void> {
  await frame.evaluate((now) => {
    (globalThis as { soundSeconds?: number }).soundSeconds = now;
  }, seconds);
}

/** Runs in the page: pictures of it lack the mouse pointer. */
function drawPointer(to?: Point): void {
  const name = "http://www.w3.org/2000/svg";
  const known = document.getElementById("pointer");
  if (!to) return known?.remove();
  const svg = known ?? document.body.appendChild(document.createElementNS(name, "svg"));
  if (!known) {
    svg.id = "pointer";
    const path = svg.appendChild(document.createElementNS(name, "path"));
    path.setAttribute("d", "M1 1v17l4.4-4 2.7 6.2 2.7-1.2-2.7-6h6z");
    path.setAttribute("fill", "white");
    path.setAttribute("stroke", "black");
  }
  Object.assign(svg.style, {
    position: "fixed",
    zIndex: "9999",
    pointerEvents: "none",
    left: `${to.x}px`,
    top: `${to.y}px`,
    width: "18px",
    height: "22px",
  });
}
