import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { encodeWav } from "../../src/audio/wav.ts";
import type { ClipView, FromPanel, TakeView } from "../../src/panel/messages.ts";
import { launchChromium } from "../support/vscode/chromium.ts";
import { PanelPage } from "./panelPage.ts";
import type { AudioSpy } from "./spyOnAudio.ts";

const sampleRate = 22050;
const format = { encoding: "pcm_s16le", sampleRate } as const;

describe("The takes of the panel's segments", function () {
  this.timeout(60_000);
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchChromium("always");
  });

  after(() => browser?.close());

  beforeEach(async () => {
    panel = await PanelPage.open(browser);
  });

  afterEach(() => panel.close());

  const show: PanelPage["show"] = (...shown) => panel.show(...shown);

  /** A file of so many seconds, whose samples all have this value. */
  function file(src: string, value: number, seconds: number): string {
    const samples = new Int16Array(Math.round(seconds * sampleRate)).fill(value);
    panel.files.set(src, encodeWav({ format, samples: new Uint8Array(samples.buffer) }));
    return src;
  }

  function readyClip(segment: number, takes: readonly TakeView[], seconds = 8): ClipView {
    const src = file(`/clip${segment}.wav`, 1000 + segment, seconds);
    const transcript = `What segment ${segment + 1} says.`;
    return { segment, index: segment, transcript, state: "ready", seconds, src, takes };
  }

  /** Said so many minutes ago. */
  function takeOf(id: string, value: number, minutes = 5, seconds = 8): TakeView {
    const src = file(`/${encodeURIComponent(id)}.wav`, value, seconds);
    const spokenAt = new Date(Date.now() - minutes * 60_000).toISOString();
    return { id, src, seconds, spokenAt, voice: "Katie" };
  }

  function posted<T extends FromPanel["type"]>(type: T): Extract<FromPanel, { type: T }>[] {
    return panel.posted.filter((message) => message.type === type) as never;
  }

  const row = (number: number) => panel.page.locator(`li[data-segment="${number - 1}"]`);
  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });
  const list = (number: number) =>
    panel.page.getByRole("list", { name: `Takes of segment ${number}`, exact: true });
  const press = (key: string) => panel.page.keyboard.press(key);
  const isFocused = (name: string) =>
    button(name).evaluate((element) => element === document.activeElement);

  /** The values of the samples that were scheduled, each once in a row. */
  async function valuesScheduled(): Promise<number[]> {
    const { scheduled } = await panel.readAudio();
    const values = scheduled.map(({ samples }) => Math.round((samples.at(-1) ?? 0) * 32768));
    return values.filter((value, at) => value !== values[at - 1]);
  }

  it("are shown and hidden by a button, which says whether they are", async () => {
    show([readyClip(0, []), readyClip(1, [takeOf("b", 1), takeOf("a", 2, 60)])]);
    const toggle = button("Takes of segment 2 (2)");
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    assert.equal(await panel.page.locator(".take").count(), 0, "not built before they are shown");
    assert.equal(await row(1).getByRole("button", { name: "Takes" }).count(), 0);
    await toggle.click();
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
    assert.equal(
      await list(2).ariaSnapshot(),
      [
        '- list "Takes of segment 2":',
        '  - listitem "Take 1, 5 minutes ago, Katie, 8.0 seconds":',
        '    - button "Play take 1 of segment 2"',
        "    - paragraph:",
        "      - time: 5 minutes ago",
        "      - text: Katie 8.0 s",
        '    - button "Restore take 1 of segment 2"',
        '    - button "Delete take 1 of segment 2"',
        '  - listitem "Take 2, 1 hour ago, Katie, 8.0 seconds":',
        '    - button "Play take 2 of segment 2"',
        "    - paragraph:",
        "      - time: 1 hour ago",
        "      - text: Katie 8.0 s",
        '    - button "Restore take 2 of segment 2"',
        '    - button "Delete take 2 of segment 2"',
      ].join("\n"),
    );
    await toggle.click();
    assert.equal(await panel.page.locator(".take").count(), 0);
  });

  it("say when they were said: at a glance, to the minute, and as time goes on", async () => {
    await panel.page.clock.install();
    show([readyClip(0, [takeOf("a", 1, 0)])]);
    await button("Takes of segment 1 (1)").click();
    const time = list(1).locator("time");
    assert.equal(await time.textContent(), "just now");
    assert.match((await time.getAttribute("title"))!, /\d{4}.*\d\d/);
    assert.match(
      (await button("Play take 1 of segment 1").getAttribute("title"))!,
      /, Katie, 8\.0 s$/,
    );
    await panel.page.clock.fastForward("03:30");
    assert.equal(await time.textContent(), "3 minutes ago");
    await panel.page.getByRole("listitem", { name: "Take 1, 3 minutes ago" }).waitFor();
  });

  it("are played in place of what sounds, and in turn with the clip by one press each", async () => {
    show([readyClip(0, [takeOf("b", 200), takeOf("a", 100)])]);
    await button("Takes of segment 1 (2)").click();
    for (const name of ["segment 1", "take 1 of segment 1", "segment 1", "take 2 of segment 1"]) {
      await button(`Play ${name}`).click();
      await button(`Pause ${name}`).waitFor();
      await row(1).getByText("playing").waitFor();
    }
    assert.equal(await panel.page.getByRole("button", { name: /^Pause .*segment/ }).count(), 1);
    const heard = posted("heard").map(({ segment }) => segment);
    const others = heard.filter((segment, at) => segment !== heard[at - 1]);
    assert.deepEqual(others, [0, undefined, 0, undefined], "a take is not marked as heard");
    const sounds = posted("heard").map(({ segment, sounds }) => segment === undefined && sounds);
    assert.ok(sounds.includes(true), "but that it sounds is told");
    assert.equal(await panel.page.locator("[aria-current]").count(), 0);
    assert.deepEqual(await valuesScheduled(), [1000, 200, 1000, 100]);
  });

  it("end by themselves, at the speed that is wanted", async () => {
    panel.send({ type: "sound", speed: 2, volume: 0.5 });
    show([readyClip(0, [takeOf("a", 100, 5, 2)])]);
    await button("Takes of segment 1 (1)").click();
    await button("Play take 1 of segment 1").click();
    await button("Pause take 1 of segment 1").waitFor();
    await button("Play take 1 of segment 1").waitFor();
    assert.equal(await button("Stop").getAttribute("aria-disabled"), "true");
    assert.equal(await list(1).locator(".progress").isVisible(), false);
    const { scheduled } = await panel.readAudio();
    const length = scheduled.reduce((sum, { samples }) => sum + samples.length, 0);
    assert.ok(Math.abs(length - sampleRate) < sampleRate / 10, `${length} samples`);
  });

  it("are paused, sought, heard again and stopped by the keys", async () => {
    show([readyClip(0, [takeOf("a", 100)]), readyClip(1, [])]);
    await button("Takes of segment 1 (1)").click();
    await button("Play take 1 of segment 1").click();
    const progress = list(1).locator(".progress");
    const share = () =>
      progress.evaluate((bar) => new DOMMatrix(getComputedStyle(bar).transform).a);
    await row(1).focus();
    await press("Space");
    await row(1).getByText("paused").waitFor();
    await press("Shift+ArrowRight");
    await panel.page.waitForFunction(() => {
      const bar = document.querySelector(".progress")!;
      return new DOMMatrix(getComputedStyle(bar).transform).a > 0.6;
    });
    await press("Space");
    await row(1).getByText("playing").waitFor();
    await press("r");
    await panel.page.waitForFunction(() => {
      const bar = document.querySelector(".progress")!;
      return new DOMMatrix(getComputedStyle(bar).transform).a < 0.6;
    });
    assert.ok((await share()) < 0.6);
    for (const key of ["Escape", "s"]) {
      await press(key);
      await button("Play take 1 of segment 1").waitFor();
      await button("Play take 1 of segment 1").click();
      await button("Pause take 1 of segment 1").waitFor();
    }
    await button("Stop").click();
    await button("Play take 1 of segment 1").waitFor();
    assert.deepEqual(posted("previewSegment"), []);
  });

  it("are silent within 50 ms of Stop", async () => {
    show([readyClip(0, [takeOf("a", 9000)])]);
    await button("Takes of segment 1 (1)").click();
    await button("Play take 1 of segment 1").click();
    await panel.page.waitForFunction(() => {
      const { output } = (window as unknown as { audio: AudioSpy }).audio;
      return output.some(({ samples }) => samples.some((sample) => sample !== 0));
    });
    await panel.page.evaluate(() => {
      const { audio } = window as unknown as { audio: AudioSpy };
      const note = (): void => void Object.assign(audio, { noted: audio.now() });
      document.addEventListener("keydown", note, { capture: true });
    });
    await press("Escape");
    await panel.page.waitForFunction(() => {
      const { output } = (window as unknown as { audio: AudioSpy }).audio;
      return output.slice(-2).every(({ samples }) => samples.every((sample) => sample === 0));
    });
    const { scheduled, output, noted } = await panel.readAudio();
    const sounded = output.flatMap(({ samples }) => samples);
    const first = sounded.findIndex((sample) => sample !== 0);
    const last = sounded.length - 1 - [...sounded].reverse().findIndex((sample) => sample !== 0);
    const silent = scheduled[0]!.start + (last - first) / sampleRate;
    assert.ok(silent < noted + 0.05, `it sounded for ${silent - noted} s`);
  });

  it("say which of them can't be played", async () => {
    show([readyClip(0, [takeOf("b", 1), { ...takeOf("a", 2), src: "/gone.wav" }])]);
    await button("Takes of segment 1 (2)").click();
    await button("Play take 2 of segment 1").click();
    await panel.page.getByText("Take 2 of segment 1 can't be played.").waitFor();
    await panel.until(() => posted("playbackFailed").length === 1);
    assert.equal(posted("playbackFailed")[0]?.segment, 0);
  });

  it("are restored and deleted by the ids that the host gave, whatever these are", async () => {
    const id = '../<b>"1"</b>';
    show([readyClip(0, []), readyClip(1, [takeOf(id, 1)])]);
    await button("Takes of segment 2 (1)").click();
    await button("Restore take 1 of segment 2").click();
    await button("Delete take 1 of segment 2").click();
    await panel.until(() => posted("deleteTake").length === 1);
    assert.deepEqual(posted("restoreTake"), [{ type: "restoreTake", segment: 1, take: id }]);
    assert.deepEqual(posted("deleteTake"), [{ type: "deleteTake", segment: 1, take: id }]);
  });

  it("no longer sound when they are deleted, and give the focus to their neighbour", async () => {
    const takes = [takeOf("c", 3), takeOf("b", 2), takeOf("a", 1)];
    const clip = readyClip(0, takes);
    show([clip]);
    await button("Takes of segment 1 (3)").click();
    await button("Play take 2 of segment 1").click();
    await button("Pause take 2 of segment 1").waitFor();
    await button("Delete take 2 of segment 1").click();
    await button("Play take 2 of segment 1").waitFor();
    panel.send({ type: "clip", clip: { ...clip, takes: [takes[0]!, takes[2]!] } });
    await button("Takes of segment 1 (2)").waitFor();
    assert.ok(await isFocused("Delete take 2 of segment 1"));
    panel.send({ type: "clip", clip: { ...clip, takes: [takes[0]!] } });
    await button("Takes of segment 1 (1)").waitFor();
    assert.ok(await isFocused("Delete take 1 of segment 1"));
    panel.send({ type: "clip", clip: { ...clip, takes: [] } });
    await list(1).waitFor({ state: "detached" });
    assert.ok(await row(1).evaluate((element) => element === document.activeElement));
  });

  it("stay shown, and sound on, while their row is updated, moved and scrolled away", async () => {
    const take = takeOf("a", 100, 5, 30);
    const clips = Array.from({ length: 200 }, (_, segment) =>
      readyClip(segment, segment === 1 ? [take] : [], 0.1),
    );
    show(clips);
    await button("Takes of segment 2 (1)").click();
    await button("Play take 1 of segment 2").click();
    await button("Pause take 1 of segment 2").waitFor();
    panel.send({ type: "clip", clip: { ...clips[1]!, takes: [takeOf("b", 1), take] } });
    await button("Pause take 2 of segment 2").waitFor();
    const first: ClipView = { segment: 200, index: 0, transcript: "New.", state: "not spoken" };
    const moved = clips.map((clip) => ({ ...clip, index: clip.index + 1 }));
    show([first, ...moved]);
    await button("Pause take 1 of segment 3").waitFor();
    assert.equal(await list(2).count(), 0);
    await button("Stop").click();
    await row(1).focus();
    await row(201).scrollIntoViewIfNeeded();
    await list(3).waitFor({ state: "detached" });
    await row(3).scrollIntoViewIfNeeded();
    await button("Play take 1 of segment 3").waitFor();
    assert.equal(await button("Takes of segment 3 (1)").getAttribute("aria-expanded"), "true");
  });

  it("are shown, compared and hidden by the keys of their row", async () => {
    show([readyClip(0, [takeOf("b", 2), takeOf("a", 1)]), readyClip(1, [])]);
    const status = (text: string) => panel.page.getByText(text, { exact: true });
    await row(1).focus();
    await press("t");
    await status("The takes of segment 1 are shown.").waitFor({ state: "attached" });
    const tabIndex = () =>
      button("Play take 1 of segment 1").evaluate(({ tabIndex }: HTMLElement) => tabIndex);
    assert.equal(await tabIndex(), 0);
    await row(2).focus();
    assert.equal(await tabIndex(), -1, "Tab comes to one row, and to what is in it");
    await button("Play take 2 of segment 1").click();
    await button("Pause take 2 of segment 1").waitFor();
    assert.equal(await tabIndex(), 0);
    await press("c");
    await button("Pause segment 1").waitFor();
    await press("c");
    await button("Pause take 2 of segment 1").waitFor();
    await row(1).focus();
    await press("t");
    await list(1).waitFor({ state: "detached" });
    await row(2).focus();
    for (const key of ["t", "c"]) {
      await press(key);
      await status("Segment 2 has no takes.").waitFor({ state: "attached" });
    }
  });

  it("are added to by saying the segment in context, or with another voice", async () => {
    const clip = readyClip(0, [takeOf("a", 1)]);
    const own = clip.transcript.length;
    show([{ ...clip, again: own, inContext: own + 80 }]);
    await button("Takes of segment 1 (1)").click();
    const costs = `sends ${own + 80} characters, 80 of them of the segments before it`;
    const sayInContext = button("Speak segment 1 again in context");
    assert.equal(await sayInContext.getAttribute("aria-description"), costs);
    assert.equal(
      await button("Speak segment 1 again").getAttribute("aria-description"),
      `sends ${own} characters`,
    );
    await sayInContext.click();
    await button("Say segment 1 with another voice…").click();
    await panel.until(() => posted("sayWithVoice").length === 1);
    assert.deepEqual(posted("previewAgain"), [
      { type: "previewAgain", segment: 0, inContext: true },
    ]);
    panel.send({ type: "clip", clip: { ...clip, locked: true } });
    await row(1).getByText("locked", { exact: true }).waitFor();
    const inContext = button("Speak segment 1 again in context");
    assert.equal(await inContext.getAttribute("aria-disabled"), "true");
    await inContext.click({ force: true });
    await button("Say segment 1 with another voice…").click();
    await panel.until(() => posted("sayWithVoice").length === 2);
    assert.equal(posted("previewAgain").length, 1);
  });
});
