import assert from "node:assert/strict";
import { PeakMeter } from "../../../../../src/audio/peaks.ts";
import type { Peaks } from "../../../../../src/audio/peaks.ts";
import type { ClipView } from "../../../../../src/panel/messages.ts";
import type { ClipAudio } from "../../../../../src/webview/sound/player/clipLoader.ts";
import { Waveforms } from "../../../../../src/webview/view/waveform/waveforms.ts";

const format = { encoding: "pcm_s16le", sampleRate: 8000 } as const;

/** Fetches that a test answers when it wants to. */
class Fetches {
  readonly asked: string[] = [];
  readonly #answers = new Map<string, (audio: ClipAudio | Error) => void>();

  readonly load = (src: string): Promise<ClipAudio> => {
    this.asked.push(src);
    return new Promise((resolve, reject) => {
      this.#answers.set(src, (audio) => (audio instanceof Error ? reject(audio) : resolve(audio)));
    });
  };

  /** Answers, and lets everything happen that follows. */
  async answer(src: string, audio: ClipAudio | Error): Promise<void> {
    this.#answers.get(src)!(audio);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function clip(segment: number, more: Partial<ClipView> = {}): ClipView {
  return { segment, index: segment, transcript: "Text", state: "ready", ...more };
}

function audio(...samples: readonly number[]): ClipAudio {
  return { format, samples: new Uint8Array(Int16Array.from(samples).buffer) };
}

function peaksOf({ samples }: ClipAudio): Peaks {
  const meter = new PeakMeter(format);
  meter.append(Float32Array.from(new Int16Array(samples.buffer), (sample) => sample / 32768));
  return meter.peaks;
}

describe("Waveforms", () => {
  let fetches: Fetches;
  let changed: number[];
  let waveforms: Waveforms;

  beforeEach(() => {
    fetches = new Fetches();
    changed = [];
    waveforms = new Waveforms(fetches.load, (segment) => changed.push(segment));
  });

  describe("of files", () => {
    it("are measured once somebody looks, and one file at a time", async () => {
      waveforms.showClips([0, 1, 2].map((segment) => clip(segment, { src: `/${segment}` })));
      assert.deepEqual(fetches.asked, []);
      waveforms.watch(2);
      waveforms.watch(0);
      assert.deepEqual(fetches.asked, ["/2"]);
      assert.equal(waveforms.of(2), undefined);
      await fetches.answer("/2", audio(1000, -2000));
      assert.deepEqual(waveforms.of(2), peaksOf(audio(1000, -2000)));
      assert.deepEqual(fetches.asked, ["/2", "/0"]);
      await fetches.answer("/0", audio(1));
      assert.deepEqual(changed, [2, 0]);
    });

    it("are not fetched any more when nobody looks any longer", async () => {
      waveforms.showClips([0, 1].map((segment) => clip(segment, { src: `/${segment}` })));
      waveforms.watch(0);
      waveforms.watch(1);
      waveforms.unwatch(1);
      await fetches.answer("/0", audio(1));
      assert.deepEqual(fetches.asked, ["/0"]);
    });

    it("stay when nobody looks", async () => {
      waveforms.showClips([clip(0, { src: "/0" })]);
      waveforms.watch(0);
      await fetches.answer("/0", audio(7));
      waveforms.unwatch(0);
      waveforms.watch(0);
      assert.deepEqual(fetches.asked, ["/0"]);
      assert.deepEqual(waveforms.of(0), peaksOf(audio(7)));
    });

    it("are measured anew when the file is another", async () => {
      waveforms.showClips([clip(0, { src: "/0?v=1" })]);
      waveforms.watch(0);
      await fetches.answer("/0?v=1", audio(1));
      waveforms.showClip(clip(0, { src: "/0?v=2" }));
      assert.equal(waveforms.of(0), undefined);
      await fetches.answer("/0?v=2", audio(2));
      assert.deepEqual(waveforms.of(0), peaksOf(audio(2)));
    });

    it("are not those of a file that was replaced while it was fetched", async () => {
      waveforms.showClips([clip(0, { src: "/0?v=1" })]);
      waveforms.watch(0);
      waveforms.showClips([clip(0, { src: "/0?v=2" })]);
      await fetches.answer("/0?v=1", audio(1));
      assert.equal(waveforms.of(0), undefined);
      assert.deepEqual(changed, []);
      await fetches.answer("/0?v=2", audio(2));
      assert.deepEqual(waveforms.of(0), peaksOf(audio(2)));
    });

    it("go with a file to another segment", async () => {
      waveforms.showClips([clip(0, { src: "/a" })]);
      waveforms.watch(0);
      await fetches.answer("/a", audio(1));
      waveforms.showClips([clip(0), clip(1, { src: "/a" })]);
      assert.equal(waveforms.of(0), undefined);
      assert.deepEqual(waveforms.of(1), peaksOf(audio(1)));
    });

    it("are not asked for again and again where a file can't be read, but when somebody looks anew", async () => {
      waveforms.showClips([0, 1].map((segment) => clip(segment, { src: `/${segment}` })));
      waveforms.watch(0);
      waveforms.watch(1);
      await fetches.answer("/0", new Error("It is gone."));
      await fetches.answer("/1", audio(1));
      assert.deepEqual(fetches.asked, ["/0", "/1"]);
      waveforms.unwatch(0);
      waveforms.watch(0);
      assert.deepEqual(fetches.asked, ["/0", "/1", "/0"]);
    });
  });

  describe("of a stream", () => {
    beforeEach(() => {
      waveforms.showClips([clip(0, { state: "queued" }), clip(1, { state: "queued" })]);
      waveforms.startRun(1, format);
    });

    function stream(segment: number, { samples }: ClipAudio, step = 3, run = 1): void {
      for (let at = 0; at < samples.length; at += step) {
        waveforms.append(run, segment, samples.slice(at, at + step));
      }
    }

    it("grow with each chunk, wherever samples are cut", () => {
      const whole = audio(100, -200, 300, -400, 500);
      stream(0, { format, samples: whole.samples.slice(0, 5) });
      assert.equal(waveforms.of(0)?.seconds, 2 / 8000);
      waveforms.append(1, 0, whole.samples.slice(5));
      assert.deepEqual(waveforms.of(0), peaksOf(whole));
      assert.deepEqual(changed, [0, 0, 0]);
    });

    it("stay when the clip is ready, so that its file is not fetched", () => {
      const whole = audio(100, -200, 300);
      stream(0, whole);
      waveforms.watch(0);
      waveforms.showClip(clip(0, { state: "speaking" }));
      waveforms.showClip(clip(0, { seconds: 3 / 8000, src: "/0" }));
      assert.deepEqual(waveforms.of(0), peaksOf(whole));
      assert.deepEqual(fetches.asked, []);
    });

    it("give way to the file where they are not as long as it", async () => {
      stream(0, audio(1, 2, 3));
      waveforms.watch(0);
      waveforms.showClip(clip(0, { seconds: 2, src: "/0" }));
      assert.equal(waveforms.of(0), undefined);
      assert.deepEqual(fetches.asked, ["/0"]);
    });

    it("begin anew when the segment is said again", () => {
      stream(0, audio(1, 2, 3));
      waveforms.restart(1, 0);
      assert.equal(waveforms.of(0), undefined);
      stream(0, audio(9));
      assert.deepEqual(waveforms.of(0), peaksOf(audio(9)));
    });

    it("go where the segment failed", () => {
      stream(0, audio(1, 2, 3));
      waveforms.showClip(clip(0, { state: "failed" }));
      assert.equal(waveforms.of(0), undefined);
    });

    it("are shown in place of the old clip's", async () => {
      waveforms.showClips([clip(0, { src: "/old" })]);
      waveforms.watch(0);
      await fetches.answer("/old", audio(1));
      waveforms.startRun(2, format);
      waveforms.showClip(clip(0, { state: "speaking", src: "/old" }));
      assert.deepEqual(waveforms.of(0), peaksOf(audio(1)));
      stream(0, audio(5, 6), 3, 2);
      assert.deepEqual(waveforms.of(0), peaksOf(audio(5, 6)));
    });

    it("take nothing of another run, nor of a segment that is not there", () => {
      stream(0, audio(1), 3, 7);
      stream(5, audio(1));
      assert.equal(waveforms.of(0), undefined);
      assert.equal(waveforms.of(5), undefined);
      assert.deepEqual(changed, []);
    });
  });
});
