import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { readWav } from "../../src/audio/wav.ts";
import { pitchOf } from "../support/pitchOf.ts";
import { enableSound } from "../support/vscode/heard.ts";
import { takeWorkbench } from "../support/vscode/sharedWorkbench.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";
import { projectRoot } from "../support/paths.ts";

const sampleRate = 16_000;
const line = "We are all well, and all of us are where we were.";
const play = `---
speech:
  cast: { ROSALIND: slt, ORLANDO: rms }
---

ROSALIND: ${line} ${line}

ORLANDO: ${line}
`;

describe("A person who takes the first steps", function () {
  this.timeout(180_000);
  let workspace: string;
  let folder: string;
  let workbench: Workbench;

  async function panelOf(script: string): Promise<Frame> {
    const { frame } = await workbench.webview((title) => title.includes(script));
    return frame;
  }

  async function openWalkthrough(): Promise<void> {
    await workbench.runCommand("Welcome: Open Walkthrough...");
    const rows = workbench.page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "First Steps with Scripted Speech" }).click();
  }

  before(async () => {
    ({ workbench, workspace, folder } = await takeWorkbench(
      {
        "scriptedSpeech.audio.encoding": "pcm_s16le",
        "scriptedSpeech.audio.sampleRate": sampleRate,
        "workbench.colorTheme": "Default High Contrast Light",
      },
      { "play.md": play },
    ));
    await workbench.page.setViewportSize({ width: 1600, height: 900 }); // else there is no room for pictures
  });

  it("sees a picture for each step, and can read what is in it", async () => {
    await openWalkthrough();
    const { contributes } = JSON.parse(
      await readFile(join(projectRoot, "package.json"), "utf8"),
    ) as { contributes: { walkthroughs: { steps: { media: { svg: string } }[] }[] } };
    const pictures = contributes.walkthroughs[0]?.steps.map(({ media }) => media.svg) ?? [];
    const steps = workbench.page.locator(".getting-started-step");
    await steps.nth(pictures.length - 1).waitFor();
    for (const [at, picture] of pictures.entries()) {
      await steps.nth(at).locator("h3").click();
      const file = await readFile(join(projectRoot, picture), "utf8");
      const frame = await frameWith(file);
      const contrasts = await frame.evaluate(contrastsWithWhite);
      assert.deepEqual(
        contrasts.filter(({ contrast }) => contrast < 3),
        [],
        picture,
      );
    }
  });

  it("opens the example from its first step, and hears it without an account", async () => {
    const wanted = join(workspace, "welcome.speech.md");
    await openWalkthrough();
    await workbench.page.getByRole("button", { name: "Open Example Script" }).click();
    const input = workbench.page.locator(".quick-input-box:visible input");
    await workbench.page.waitForFunction(
      (path) => [...document.querySelectorAll("input")].some(({ value }) => value === path),
      wanted,
    );
    await input.press("Enter");
    await workbench.waitForEditor("welcome.speech.md");
    const lenses = workbench.page.locator(".editor-group-container.active .codelens-decoration a");
    await lenses.filter({ hasText: "Preview Script" }).click();
    const panel = await panelOf("welcome");
    await enableSound(panel);
    await panel.getByText("Local voice (English, offline)").waitFor();
    await panel.getByRole("button", { name: "Stop", exact: true }).click({ force: true });
    await openWalkthrough();
    await workbench.page.getByRole("checkbox", { name: "Hear the example: Completed" }).waitFor();
  });

  it("hears a dialogue: a voice for each speaker", async () => {
    await workbench.openFile("play.md");
    await workbench.runCommand("Scripted Speech: Preview Script");
    const panel = await panelOf("play.md");
    for (const [segment, speaker] of ["ROSALIND", "ORLANDO"].entries()) {
      const item = panel.getByRole("listitem", {
        name: new RegExp(`^Segment ${segment + 1}, ${speaker}, ready, \\d`),
      });
      await item.getByText(speaker, { exact: true }).waitFor();
    }
    const clips = [await samplesOf("play", 0), await samplesOf("play", 1)] as const;
    for (const clip of clips) assert.ok(loudnessOf(clip) > 500, `${loudnessOf(clip)} of 32768`);
    const [hers, his] = [pitchOf(clips[0], sampleRate), pitchOf(clips[1], sampleRate)];
    assert.ok(hers > 150 && hers < 260 && his > 75 && his < 140, `${hers} and ${his} Hz`);
    await panel.getByRole("button", { name: "Stop", exact: true }).click({ force: true });
  });

  async function samplesOf(name: string, segment: number): Promise<Int16Array> {
    const file = await readFile(join(folder, `${name}.speech`, `flush_00${segment}.wav`));
    return new Int16Array(Uint8Array.from(readWav(file).samples).buffer);
  }

  /** The frame that shows a picture, once it does. */
  async function frameWith(svg: string): Promise<Frame> {
    const end = Date.now() + 60_000;
    for (;;) {
      for (const frame of workbench.page.frames()) {
        const isShown = await frame.evaluate(shows, svg).catch(() => false);
        if (isShown) return frame;
      }
      assert.ok(Date.now() < end, "the picture is not shown");
    }
  }
});

function loudnessOf(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
}

/** Run in a frame: whether it shows this picture. */
function shows(svg: string): boolean {
  const shown = document.querySelector("body > svg, body svg");
  if (!shown?.checkVisibility() || shown.getBoundingClientRect().width < 100) return false;
  const wanted = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  return wanted?.innerHTML === shown.innerHTML;
}

/** Run in a picture's frame: how well the words in it can be read on white, as WCAG 2 counts contrast. */
function contrastsWithWhite(): { text: string | null; contrast: number }[] {
  return [...document.querySelectorAll("svg text")].map((element) => {
    const channels =
      getComputedStyle(element)
        .fill.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
      const share = channel / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return { text: element.textContent, contrast: 1.05 / (luminance + 0.05) };
  });
}
