import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { encodeAnimation } from "../tools/animatedWebp.ts";
import { launchChromium } from "../support/vscode/chromium.ts";

/** A frame as a browser shows it: how long, in ms, and the colours of its pixels at some points. */
interface Shown {
  readonly duration: number;
  readonly colors: readonly string[];
}

/** Runs in the page: what a browser makes of an image. */
async function decode([webp, ...points]: [string, ...[number, number][]]): Promise<Shown[]> {
  const file = await (await fetch(`data:image/webp;base64,${webp}`)).blob();
  const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type: file.type });
  await decoder.tracks.ready;
  const shown: Shown[] = [];
  for (let frameIndex = 0; frameIndex < (decoder.tracks[0]?.frameCount ?? 0); frameIndex++) {
    const { image } = await decoder.decode({ frameIndex });
    const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight).getContext("2d")!;
    canvas.drawImage(image, 0, 0);
    const colors = points.map(([x, y]) => canvas.getImageData(x, y, 1, 1).data.join());
    shown.push({ duration: (image.duration ?? 0) / 1000, colors });
  }
  return shown;
}

describe("An animation of pictures of the screen", () => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchChromium("browser");
    page = await browser.newPage({ viewport: { width: 101, height: 67 } });
    // Only pages that came safely may decode images one by one.
    const html = "<body style='margin: 0; background: navy'>";
    await page.route("https://page.test/", (route) =>
      route.fulfill({ contentType: "text/html", body: html }),
    );
    await page.goto("https://page.test/");
  });
  after(() => browser.close());

  const shoot = async (css: string): Promise<Buffer> => {
    await page.evaluate((css) => (document.body.style.cssText += css), css);
    return page.screenshot();
  };

  it("is shown by a browser as they were, each as long as it was to be seen", async () => {
    const [navy, red] = ["0,0,128,255", "255,0,0,255"];
    const still = await shoot("");
    const marked = await shoot(";border-left: 20px solid red");
    const shots = [
      { png: still, at: 0 },
      { png: marked, at: 200 },
      { png: marked, at: 300 }, // as before: no frame of its own
      { png: still, at: 450 },
    ];
    const webp = await encodeAnimation(browser, shots, 1000);
    const frames = await page.evaluate(decode, [
      webp.toString("base64"),
      [1, 1],
      [19, 66],
      [21, 66],
      [100, 66],
    ] as Parameters<typeof decode>[0]);
    assert.deepEqual(frames, [
      { duration: 200, colors: [navy, navy, navy, navy] },
      { duration: 250, colors: [red, red, navy, navy] },
      { duration: 1000, colors: [navy, navy, navy, navy] },
    ]);
  });
});
