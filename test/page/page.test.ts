import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { encodeWav } from "../../src/audio/wav.ts";
import type { ClipView } from "../../src/panel/messages.ts";
import { launchChromium } from "../support/vscode/chromium.ts";
import { PanelPage } from "./panelPage.ts";
import type { AudioSpy } from "./spyOnAudio.ts";

const sampleRate = 22050;
const format = { encoding: "pcm_s16le", sampleRate } as const;

describe("The panel's page", function () {
  this.timeout(60_000);
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchChromium("browser");
  });

  after(() => browser?.close());

  beforeEach(async () => {
    panel = await PanelPage.open(browser);
  });

  afterEach(() => panel.close());

  const show: PanelPage["show"] = (...shown) => panel.show(...shown);

  /** Streams a segment in chunks of an odd size. */
  function stream(segment: number, samples: Int16Array): void {
    const bytes = new Uint8Array(samples.buffer as ArrayBuffer);
    for (let at = 0; at < bytes.length; at += 1237) {
      panel.send({ type: "audio", run: 1, segment, bytes: bytes.slice(at, at + 1237) });
    }
    panel.send({ type: "audioEnded", run: 1, segment });
  }

  function heardSegments(): (number | undefined)[] {
    return panel.posted.flatMap((message) => (message.type === "heard" ? [message.segment] : []));
  }

  function button(name: string) {
    return panel.page.getByRole("button", { name, exact: true });
  }

  it("waits for a click to enable sound, then plays the run gapless and whole", async () => {
    const segments = [noise(0.4), noise(0.3), noise(0.35)];
    show(segments.map((_, segment) => clipOf(segment, "queued")));
    panel.send({ type: "runStarted", run: 1, format, segments: [0, 1, 2] });
    for (const [segment, samples] of segments.entries()) stream(segment, samples);
    panel.send({ type: "runEnded", run: 1 });
    await panel.delivered();
    await button("Enable sound").click();
    await button("Enable sound").waitFor({ state: "hidden" });
    await panel.until(() => heardSegments().length === 4);
    assert.deepEqual(heardSegments(), [0, 1, 2, undefined]);

    const { scheduled, output } = await panel.readAudio();
    assertGapless(scheduled);
    const sent = segments.flatMap((samples) => [...samples].map((sample) => sample / 32768));
    assert.deepEqual(
      scheduled.flatMap(({ samples }) => samples),
      sent,
    );
    const sounded = output.flatMap(({ samples }) => samples);
    const first = sounded.findIndex((sample) => sample !== 0);
    const heard = sounded.slice(first, first + sent.length);
    const furthest = Math.max(...heard.map((sample, index) => Math.abs(sample - sent[index]!)));
    assert.ok(furthest < 1e-6, `the output is off by ${furthest}`);
  });

  it("says so when the segment that is heard breaks off and is said again", async () => {
    show([clipOf(0, "queued")]);
    await button("Preview script").click();
    panel.send({ type: "runStarted", run: 1, format, segments: [0] });
    stream(0, noise(8));
    await panel.until(() => heardSegments().length === 1);
    panel.send({ type: "audioVoid", run: 1, segment: 0 });
    const notice = panel.page.getByText("Segment 1 broke off. It is spoken again");
    await notice.waitFor();
    panel.send({ type: "runEnded", run: 1 });
    await notice.waitFor({ state: "hidden" });
  });

  it("says that nothing more is known of a run whose extension is gone, and takes it back where it answers", async () => {
    await panel.page.clock.install();
    show([clipOf(0, "speaking"), clipOf(1, "queued"), clipOf(2, "ready")], { running: true });
    await panel.delivered();
    const notice = panel.page.getByText("The extension does not answer");
    await panel.page.clock.runFor(60_000); // it answers
    assert.equal(await notice.isVisible(), false);
    panel.answers = false;
    await panel.page.clock.runFor(60_000);
    await notice.waitFor();
    for (const segment of [1, 2]) {
      await panel.page.getByRole("listitem", { name: `Segment ${segment}, incomplete` }).waitFor();
    }
    await panel.page.getByRole("listitem", { name: "Segment 3, ready" }).waitFor();
    await button("Preview script").waitFor();
    panel.answers = true;
    panel.send({ type: "clip", clip: clipOf(0, "ready") });
    await notice.waitFor({ state: "hidden" });
    await panel.page.getByRole("listitem", { name: "Segment 1, ready" }).waitFor();
    await panel.page.getByRole("listitem", { name: "Segment 2, queued" }).waitFor();
  });

  it("plays files one after the other without a gap", async () => {
    const segments = [noise(0.4), noise(0.3)];
    for (const [segment, samples] of segments.entries()) {
      const wav = encodeWav({ format, samples: new Uint8Array(samples.buffer as ArrayBuffer) });
      panel.files.set(`/${segment}.wav`, wav);
    }
    show(segments.map((_, segment) => ({ ...clipOf(segment, "ready"), src: `/${segment}.wav` })));
    await button("Play all").click();
    await panel.until(() => heardSegments().length === 3);
    const { scheduled } = await panel.readAudio();
    assertGapless(scheduled);
    const length = scheduled.reduce((sum, { samples }) => sum + samples.length, 0);
    assert.equal(length, segments[0]!.length + segments[1]!.length);
  });

  it("goes on with what sounds while the script is edited, and marks it where it is then", async () => {
    for (const segment of [0, 1]) {
      const samples = noise(segment === 0 ? 1.5 : 0.3);
      const wav = encodeWav({ format, samples: new Uint8Array(samples.buffer as ArrayBuffer) });
      panel.files.set(`/${segment}.wav`, wav);
    }
    const clips = ["One.", "Two."].map((transcript, segment) => ({
      ...clipOf(segment, "ready"),
      transcript,
      src: `/${segment}.wav`,
    }));
    show(clips);
    await button("Play all").click();
    await panel.until(() => heardSegments().length === 1);
    const moved = clips.map((clip) => ({ ...clip, index: clip.index + 1 }));
    show([{ ...clipOf(2, "not spoken"), index: 0, transcript: "Zero." }, ...moved]);
    await panel.page.locator("li[data-segment='1'][aria-current=true]").waitFor();
    await panel.until(() => heardSegments().length === 3);
    assert.deepEqual(heardSegments(), [0, 1, undefined]);
    const { scheduled } = await panel.readAudio();
    assertGapless(scheduled);
  });

  it("is silent within 50 ms of Stop, and says so to the host", async () => {
    show([clipOf(0, "queued")]);
    await button("Preview script").click();
    panel.send({ type: "runStarted", run: 1, format, segments: [0] });
    stream(0, noise(8));
    await panel.until(() => heardSegments().length === 1);
    await panel.page.evaluate(() => {
      const { audio } = window as unknown as { audio: AudioSpy };
      // In capture, so before the page hears of it.
      const note = (): void => void Object.assign(audio, { noted: audio.now() });
      document.addEventListener("keydown", note, { capture: true });
    });
    await panel.page.keyboard.press("Escape");
    await panel.until(() => panel.posted.some(({ type }) => type === "stop"));
    assert.equal(heardSegments().at(-1), undefined);
    // The tap gives what it heard in large pieces: two silent ones are behind the stop.
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

  it("names everything for a screen reader", async () => {
    show([
      { ...clipOf(0, "ready"), seconds: 3.42, src: "/0.wav" },
      { ...clipOf(1, "failed"), reason: "The service is out of credits." },
      clipOf(2, "nothing to say"),
    ]);
    const list = panel.page.getByRole("list", { name: "Segments" });
    await list.getByRole("slider").waitFor();
    assert.equal(
      await list.ariaSnapshot(),
      [
        '- list "Segments":',
        '  - listitem "Segment 1, ready, 3.4 seconds":',
        '    - button "Play segment 1"',
        "    - paragraph: Text 1",
        '    - slider "Position in segment 1"',
        "    - paragraph: ready 3.4 s",
        '    - button "Go to segment 1"',
        '    - button "More actions for segment 1"',
        '    - button "Speak segment 1 again"',
        '    - button "Lock segment 1"',
        '  - listitem "Segment 2, failed":',
        '    - button "Play segment 2"',
        "    - paragraph: Text 2",
        "    - paragraph:",
        "      - text: failed",
        '      - button "Try segment 2 again"',
        "    - paragraph: The service is out of credits.",
        '    - button "Go to segment 2"',
        '    - button "More actions for segment 2"',
        '  - listitem "Segment 3, nothing to say":',
        '    - button "Play segment 3" [disabled]',
        "    - paragraph: Text 3",
        "    - paragraph: nothing to say",
        '    - button "Go to segment 3"',
      ].join("\n"),
    );
    for (const name of ["Preview script", "Play all", "Pause", "Stop"]) {
      assert.equal(await button(name).count(), 1, name);
    }
  });

  it("is operated by the keyboard alone", async () => {
    show([clipOf(0, "not spoken"), clipOf(1, "not spoken"), clipOf(2, "not spoken")]);
    const item = (number: number) =>
      panel.page.getByRole("listitem", { name: `Segment ${number},` });
    await item(1).focus();
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("End");
    await panel.page.keyboard.press("Space");
    await panel.page.keyboard.press("Home");
    await panel.page.keyboard.press("s");
    await panel.until(() => panel.posted.length === 4);
    assert.deepEqual(panel.posted.slice(1), [
      { type: "goTo", segment: 1 },
      { type: "previewSegment", segment: 2 },
      { type: "stop" },
    ]);
    assert.ok(await item(1).evaluate((row) => row === document.activeElement));
    const reached = await panel.page.evaluate(() => {
      const stops = document.querySelectorAll<HTMLElement>("li, li *");
      const rows = [...stops]
        .filter(({ tabIndex }) => tabIndex === 0)
        .map((one) => one.closest("li"));
      return [...new Set(rows)].map((row) => row?.dataset.segment);
    });
    assert.deepEqual(reached, ["0"], "Tab comes to one row, and to what is in it");
  });

  it("shows a transcript as text, whatever it holds", async () => {
    show([{ ...clipOf(0, "not spoken"), transcript: "<img src=x onerror=alert(1)> & <b>so</b>" }]);
    await panel.page.getByText("<img src=x onerror=alert(1)> & <b>so</b>").waitFor();
    assert.equal(await panel.page.locator("li img, li b").count(), 0);
  });

  it("marks the segment that is heard, and pauses it by its own button", async () => {
    show([clipOf(0, "queued"), clipOf(1, "queued")]);
    await button("Preview script").click();
    panel.send({ type: "runStarted", run: 1, format, segments: [0, 1] });
    stream(0, noise(8));
    await button("Pause segment 1").click();
    await button("Resume").waitFor();
    const current = panel.page.locator("li[aria-current='true']");
    assert.equal(await current.getAttribute("data-segment"), "0");
    await button("Play segment 1").click();
    await button("Pause").waitFor();
  });

  it("offers markers where there are none", async () => {
    show([clipOf(0, "not spoken")], { unmarked: true });
    await button("Insert markers at headings").click();
    await panel.until(() => panel.posted.some(({ type }) => type === "insertMarkers"));
    assert.deepEqual(panel.posted.at(-1), { type: "insertMarkers", at: "headings" });
  });

  it("plays headerless samples by the format that their address names", async () => {
    const samples = noise(0.3);
    panel.files.set("/0.pcm", new Uint8Array(samples.buffer as ArrayBuffer));
    const src = `/0.pcm?v=1&encoding=pcm_s16le&sampleRate=${sampleRate}`;
    show([{ ...clipOf(0, "ready"), src }]);
    await button("Play all").click();
    await panel.until(() => heardSegments().length === 2);
    const { scheduled } = await panel.readAudio();
    const heard = scheduled.reduce((sum, buffer) => sum + buffer.samples.length, 0);
    assert.equal(heard, samples.length);
  });

  it("says where clips lie that can't lie beside their document, and offers to save them there", async () => {
    const clips = [clipOf(0, "ready")];
    const head = { title: "Untitled-1", service: "", running: false, keyless: false };
    const cost = { characters: 0 };
    panel.send({ type: "show", ...head, clips, cost, unmarked: false, storedIn: "/storage/clips" });
    await panel.page.getByText("They are saved in /storage/clips.").waitFor();
    await button("Save beside…").click();
    await panel.until(() => panel.posted.some(({ type }) => type === "saveBeside"));
  });

  it("reports a file that it can't fetch, and shows why", async () => {
    show([{ ...clipOf(0, "ready"), seconds: 1, src: "/gone.wav" }]);
    await button("Play segment 1").click();
    await panel.page.getByText("Segment 1 can't be played.").waitFor();
    await panel.until(() => panel.posted.some(({ type }) => type === "playbackFailed"));
  });

  it("keeps its rows when one clip of five hundred changes", async () => {
    show(Array.from({ length: 500 }, (_, segment) => clipOf(segment, "queued")));
    await panel.page.getByRole("listitem", { name: "Segment 500, queued" }).waitFor();
    await panel.page.evaluate(() => {
      const touched = new Set<Element | null>();
      Object.assign(window, { touched });
      new MutationObserver((records) => {
        for (const { target } of records) touched.add((target as Element).closest("li"));
      }).observe(document.querySelector("ul")!, {
        subtree: true,
        childList: true,
        attributes: true,
      });
    });
    panel.send({ type: "clip", clip: { ...clipOf(250, "ready"), seconds: 1 } });
    await panel.page.getByRole("listitem", { name: "Segment 251, ready, 1.0 seconds" }).waitFor();
    const touched = await panel.page.evaluate(() =>
      [...(window as unknown as { touched: Set<HTMLElement> }).touched].map(({ id }) => id),
    );
    assert.deepEqual(touched, ["segment-251"]);
  });
});

function clipOf(segment: number, state: ClipView["state"]): ClipView {
  return { segment, index: segment, transcript: `Text ${segment + 1}`, state };
}

/** Loud samples, none of them zero, the same each time. */
function noise(seconds: number): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: Math.round(seconds * sampleRate) }, () => {
    seed = (seed * 48271) % 0x7fffffff;
    return 1 + (seed % 20000);
  });
}

function assertGapless(scheduled: AudioSpy["scheduled"]): void {
  for (const [index, { start, samples }] of scheduled.entries()) {
    const next = scheduled[index + 1];
    if (!next) break;
    const gap = (next.start - start) * sampleRate - samples.length;
    assert.ok(Math.abs(gap) < 1e-6, `${gap} samples before buffer ${index + 1}`);
  }
}
