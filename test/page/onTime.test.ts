import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { encodeWav } from "../../src/audio/wav.ts";
import type { ClipView, FromPanel, WordView } from "../../src/panel/messages.ts";
import { launchChromium } from "../support/vscode/chromium.ts";
import { PanelPage } from "./panelPage.ts";
import type { AudioSpy } from "./spyOnAudio.ts";

const sampleRate = 16_000;
const format = { encoding: "pcm_s16le", sampleRate } as const;

/** What two segments say, and when: words of a tenth of a second, pauses, and a word that is long. */
const said = [
  ["The 0 0.1", "quick 0.1 0.45", "fox 0.5 0.9", "jumps 1.2 2"],
  ["Nobody 0.05 0.5", "saw 0.5 0.6", "it 0.6 0.7", "again 0.9 1.5"],
].map((words) => wordsOf(words));
const lengths = [2.1, 1.6];

describe("The panel, while time passes as the test says", function () {
  this.timeout(60_000);
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchChromium("always");
  });

  after(() => browser?.close());

  beforeEach(async () => {
    panel = await PanelPage.open(browser, { clocked: true });
  });

  afterEach(() => panel.page.context().close());
  afterEach(() => panel.close());

  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });
  const marked = async (): Promise<string> =>
    (await panel.page.locator(".word.heard").allTextContents()).join();
  /** The words that the host was told are heard, in order. */
  const told = (): string[] => {
    const words = panel.posted.flatMap((message) =>
      message.type === "heard" && message.word ? [wordAt(message)] : [],
    );
    return words.filter((word, at) => word !== words[at - 1]);
  };

  function clipOf(segment: number, more: Partial<ClipView> = {}): ClipView {
    const { transcript, words } = said[segment]!;
    const samples = tone(lengths[segment]!);
    panel.files.set(`/${segment}.wav`, encodeWav({ format, samples: bytesOf(samples) }));
    return {
      ...{ segment, index: segment, transcript, words, state: "ready" },
      ...{ seconds: lengths[segment]!, src: `/${segment}.wav` },
      ...more,
    };
  }

  /** In seconds of the audio clock. */
  const now = (): Promise<number> =>
    panel.page.evaluate(() => (window as unknown as { audio: AudioSpy }).audio.now());

  /** Lets time pass until the audio clock is there, in seconds. */
  async function passTo(time: number): Promise<void> {
    const milliseconds = Math.round((time - (await now())) * 1000);
    if (milliseconds > 0) await panel.page.clock.runFor(milliseconds);
  }

  /** What has been scheduled, once there is something. */
  async function scheduled(count = 1): Promise<AudioSpy["scheduled"]> {
    for (;;) {
      const { scheduled } = await panel.readAudio();
      if (scheduled.length >= count) return scheduled;
      await panel.page.clock.runFor(1); // what is loaded meanwhile needs no time of this clock
    }
  }

  for (const speed of [1, 2]) {
    it(`marks each word while it is said at ${speed}×, and tells each`, async () => {
      panel.send({ type: "sound", speed: 1, volume: 1 });
      panel.show([clipOf(0), clipOf(1)]);
      await panel.page.getByLabel("Speed").selectOption(String(speed));
      await button("Play all").click();
      const begin = (await scheduled())[0]!.start;
      for (const [segment, { words }] of said.entries()) {
        const from = segment === 0 ? 0 : lengths[0]!;
        for (const { text, start, end } of words) {
          for (const moment of [start + 0.04, (start + end) / 2, end - 0.02]) {
            await passTo(begin + (from + moment) / speed);
            assert.equal(await marked(), text, `${moment} s of segment ${segment + 1}`);
          }
        }
      }
      await panel.page.clock.runFor(3000);
      assert.equal(await marked(), "");
      await panel.until(() => panel.posted.some(isSilent));
      const all = said.flatMap(({ words }) => words.map(({ text }) => text));
      assert.deepEqual(told(), all);
    });
  }

  it("moves in each frame, and for those who want less motion four times a second", async () => {
    const moved = async (): Promise<number> => {
      await panel.page.clock.runFor(1000);
      return panel.page.evaluate(() => (window as unknown as { moves: number }).moves);
    };
    panel.show([clipOf(0, { seconds: 60 })]);
    await button("Play all").click();
    await passTo((await scheduled())[0]!.start + 0.1);
    await panel.page.locator(".playhead:not([hidden])").evaluate((playhead) => {
      const counter = Object.assign(window, { moves: 0 });
      const count = (changes: unknown[]): number => (counter.moves += changes.length);
      new MutationObserver(count).observe(playhead, { attributeFilter: ["style"] });
    });
    assert.ok((await moved()) > 25);
    await panel.page.emulateMedia({ reducedMotion: "reduce" });
    await panel.page.clock.runFor(250);
    const before = await panel.page.evaluate(() => Object.assign(window, { moves: 0 }).moves);
    assert.ok((await moved()) - before <= 4);
  });

  it("tells the host of a word a little before it is said, for an editor shows it late", async () => {
    panel.send({ type: "sound", speed: 1, volume: 1 });
    panel.show([clipOf(0)]);
    await button("Play all").click();
    const begin = (await scheduled())[0]!.start;
    await passTo(begin + 0.5 - 0.01);
    await panel.until(() => told().at(-1) === "fox");
    assert.equal(await marked(), "quick");
  });

  it("marks the words of a stream as they are heard, and its second voice follows without a gap", async () => {
    const [first, second] = [tone(lengths[0]!), tone(lengths[1]!)];
    panel.send({ type: "sound", speed: 1, volume: 1 });
    const clips = said.map(({ transcript }, index) => ({ segment: index, index, transcript }));
    panel.show(
      clips.map((clip) => ({ ...clip, state: "speaking" })),
      { running: true },
    );
    panel.send({ type: "runStarted", run: 1, format, segments: [0, 1] });
    stream(0, first);
    const begin = (await scheduled())[0]!.start;
    await passTo(begin + 1); // the second comes while the first is heard
    stream(1, second);
    panel.send({ type: "runEnded", run: 1 });
    await panel.delivered();
    for (const [segment, { words }] of said.entries()) {
      for (const { text, start, end } of words) {
        if (segment === 0 && end < 1) continue;
        await passTo(begin + (segment === 0 ? 0 : lengths[0]!) + (start + end) / 2);
        assert.equal(await marked(), text);
      }
    }
    await panel.page.clock.runFor(3000);
    const { scheduled: buffers } = await panel.readAudio();
    for (const [at, { start, samples }] of buffers.entries()) {
      const next = buffers[at + 1];
      if (!next) break;
      assert.ok(Math.abs(next.start - start - samples.length / sampleRate) < 1e-9, `buffer ${at}`);
    }
    const length = buffers.reduce((sum, { samples }) => sum + samples.length, 0);
    assert.equal(length, first.length + second.length);
  });

  it("hears what comes too late for its turn as soon as it is there", async () => {
    panel.send({ type: "sound", speed: 1, volume: 1 });
    panel.show([0, 1].map((segment) => ({ ...clipOf(segment), state: "speaking" })));
    panel.send({ type: "runStarted", run: 1, format, segments: [0, 1] });
    stream(0, tone(lengths[0]!));
    await panel.delivered();
    const end = (await scheduled())[0]!.start + lengths[0]!;
    await passTo(end + 2);
    const before = (await panel.readAudio()).scheduled.length;
    stream(1, tone(lengths[1]!));
    panel.send({ type: "runEnded", run: 1 });
    const late = (await scheduled(before + 1))[before]!;
    assert.ok(late.start >= end + 2 && late.start < end + 2.1, `${late.start - end} s later`);
  });

  for (const [what, segment, seconds, word] of [
    ["a word", 0, 0.1, "quick"],
    ["a word of another segment", 1, 0.6, "it"],
  ] as const) {
    it(`plays from ${what} that it is told to`, async () => {
      panel.send({ type: "sound", speed: 1, volume: 1 });
      panel.show([clipOf(0), clipOf(1)]);
      await panel.delivered();
      panel.send({ type: "play", segments: [segment], seconds });
      await isHeardFrom(segment, seconds, word);
    });
  }

  it("plays from a word that is clicked", async () => {
    panel.send({ type: "sound", speed: 1, volume: 1 });
    panel.show([clipOf(0), clipOf(1)]);
    await panel.page.locator("#segment-2 .word", { hasText: "saw" }).click();
    await isHeardFrom(1, 0.5, "saw");
  });

  it("plays from a place of the waveform that is clicked", async () => {
    panel.send({ type: "sound", speed: 1, volume: 1 });
    panel.show([clipOf(0), clipOf(1)]);
    const slider = panel.page.getByRole("slider", { name: "Position in segment 1" });
    await slider.click();
    await scheduled();
    await panel.page.clock.runFor(60);
    const at = Number(await slider.getAttribute("aria-valuenow"));
    assert.ok(Math.abs(at - lengths[0]! / 2) < 0.11, `${at}`);
  });

  /** The first sample that is heard is that of this second, and the first word that is marked this one. */
  async function isHeardFrom(segment: number, seconds: number, word: string): Promise<void> {
    const [first] = await scheduled();
    const samples = tone(lengths[segment]!);
    const at = Math.round(seconds * sampleRate);
    const wanted = [...samples.slice(at + 1000, at + 1010)].map((sample) => sample / 32768);
    assert.deepEqual(first!.samples.slice(1000, 1010), wanted); // behind what is faded in
    await passTo(first!.start + 0.03);
    assert.equal(await marked(), word);
    await panel.until(() => told().length > 0);
    assert.equal(told()[0], word);
  }

  /** In chunks of an odd size; what is scheduled of them is not their number. */
  function stream(segment: number, samples: Int16Array): void {
    const bytes = bytesOf(samples);
    panel.send({ type: "words", run: 1, segment, words: said[segment]!.words.map(viewOf) });
    for (let at = 0; at < bytes.length; at += 1237) {
      panel.send({ type: "audio", run: 1, segment, bytes: bytes.slice(at, at + 1237) });
    }
    panel.send({ type: "audioEnded", run: 1, segment });
  }
});

interface Said extends WordView {
  readonly text: string;
}

/** A transcript, and its words, from lines of a word, its start and its end in seconds. */
function wordsOf(lines: readonly string[]): { transcript: string; words: readonly Said[] } {
  let transcript = "";
  const words = lines.map((line) => {
    const [text = "", start, end] = line.split(" ");
    const from = transcript === "" ? 0 : transcript.length + 1;
    transcript = transcript === "" ? text : `${transcript} ${text}`;
    return { text, from, to: transcript.length, start: Number(start), end: Number(end) };
  });
  return { transcript, words };
}

const viewOf = ({ from, to, start, end }: Said): WordView => ({ from, to, start, end });

type Heard = Extract<FromPanel, { type: "heard" }>;

function wordAt({ segment, word }: Heard): string {
  return said[segment ?? 0]!.transcript.slice(word!.from, word!.to);
}

function isSilent(message: FromPanel): boolean {
  return message.type === "heard" && !message.sounds && message.begun > 0;
}

/** Samples that differ from their neighbours, the same each time. */
function tone(seconds: number): Int16Array {
  return Int16Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, at) => 8000 * Math.sin(at / 7) + (at % 97),
  );
}

function bytesOf(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
