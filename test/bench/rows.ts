import { launchChromium } from "../support/vscode/chromium.ts";
import { PanelPage } from "../page/panelPage.ts";
import { printFigures } from "./figures.ts";

const segments = 1_000;
const frames = 60;

/** The panel's page alone, of many segments: shown, shown again as it is, and scrolled. */
export async function benchRows(): Promise<void> {
  const browser = await launchChromium("always");
  try {
    const panel = await PanelPage.open(browser);
    const figures = await panel.page.evaluate(measureRows, { segments, frames });
    const [first, again, scrolling] = figures.map((samples) => ({ samples, unit: "ms" }));
    printFigures(`rows: ${segments} segments`, [
      { name: "message → laid out", ...first! },
      { name: "the same message again → laid out", ...again! },
      { name: "a frame while scrolling", ...scrolling! },
    ]);
    await panel.close();
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
async function measureRows(how: { segments: number; frames: number }): Promise<number[][]> {
  const clips = Array.from({ length: how.segments }, (_, segment) => ({
    segment,
    transcript: `This is what segment ${segment + 1} says. `.repeat(1 + (segment % 5)),
    state: "ready",
    seconds: 3,
    src: "/gone.wav",
    timing: { firstByteMs: 100, firstAudibleMs: 150, speed: 20 },
    audible: { start: 0.1, end: 2.5 },
  }));
  const head = { type: "show", title: "", service: "", running: false, unmarked: false };
  const data = { ...head, keyless: false, cost: { characters: 0 }, clips };
  const measure = (message: unknown): number => {
    const start = performance.now();
    window.dispatchEvent(new MessageEvent("message", { data: message }));
    void document.body.offsetHeight;
    return performance.now() - start;
  };
  const [first, again] = [measure(data), measure(structuredClone(data))];
  const list = document.querySelector("ul")!;
  const scrolling: number[] = [];
  for (let last = performance.now(); scrolling.length < how.frames;) {
    list.scrollTop += 400;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    scrolling.push(now - last);
    last = now;
  }
  return [[first], [again], scrolling];
}
