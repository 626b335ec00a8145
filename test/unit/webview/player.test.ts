import assert from "node:assert/strict";
import type { PcmFormat } from "../../../src/audio/pcm.ts";
import type { ClipState, ClipView } from "../../../src/panel/messages.ts";
import type { ClipAudio } from "../../../src/webview/clipLoader.ts";
import type { Output } from "../../../src/webview/output.ts";
import type { Playback } from "../../../src/webview/playback.ts";
import { Player } from "../../../src/webview/player.ts";

const format: PcmFormat = { encoding: "pcm_s16le", sampleRate: 24000 };

interface Part {
  readonly id: number;
  bytes: number[];
  ended: boolean;
}

/** An output whose hearing goes on only when the test says so. */
class FakeOutput implements Output {
  parts: Part[] = [];
  heardPart: number | undefined;
  dry = true;
  secondsAhead = 0;
  paused = false;
  stops = 0;
  prepared: number[] = [];
  rates = [format.sampleRate];
  broken = false;

  get empty(): boolean {
    return this.parts.length === 0;
  }

  /** The bytes of all parts still to be heard, part by part. */
  get bytes(): number[][] {
    return this.parts.map(({ bytes }) => bytes);
  }

  prepare(sampleRate: number): void {
    if (this.broken) throw new Error("No sound device can be opened.");
    this.prepared.push(sampleRate);
  }

  begin(id: number): void {
    if (this.broken) throw new Error("No sound device can be opened.");
    this.parts.push({ id, bytes: [], ended: false });
  }

  append(bytes: Uint8Array): void {
    this.parts.at(-1)!.bytes.push(...bytes);
    this.dry = false;
  }

  end(): void {
    this.parts.at(-1)!.ended = true;
  }

  takeBack(id: number): boolean {
    const index = this.parts.findIndex((part) => part.id === id);
    if (index < 0) return false;
    this.parts.length = index;
    if (this.heardPart === id) this.heardPart = undefined;
    return true;
  }

  stop(): void {
    this.stops++;
    this.parts = [];
    this.heardPart = undefined;
    this.dry = true;
    this.paused = false;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  accepts(sampleRate: number): boolean {
    return this.empty || this.rates.includes(sampleRate);
  }
}

describe("Player", () => {
  let output: FakeOutput;
  let player: Player;
  let clips: ClipView[];
  let loads: { src: string; resolve: (audio: ClipAudio) => void; reject: (error: Error) => void }[];
  let failures: [number, string][];
  let reports: Playback[];

  beforeEach(() => {
    output = new FakeOutput();
    clips = [];
    loads = [];
    failures = [];
    reports = [];
    const load = (src: string): Promise<ClipAudio> =>
      new Promise((resolve, reject) => loads.push({ src, resolve, reject }));
    player = new Player(output, load, {
      changed: (playback) => reports.push(playback),
      failed: (segment, reason) => failures.push([segment, reason]),
    });
  });

  function show(...states: readonly ClipState[]): void {
    clips = states.map((state, segment) => clipOf(segment, state));
    player.showClips(clips);
  }

  /** The sound goes on to the beginning of the next part. */
  function hearNext(): void {
    if (output.heardPart !== undefined) output.parts.shift();
    output.heardPart = output.parts[0]?.id;
    output.dry = output.parts.length === 0;
    player.advance();
  }

  function receive(segment: number, ...bytes: number[]): void {
    player.receiveAudio(1, segment, Uint8Array.from(bytes));
  }

  async function load(...bytes: number[]): Promise<void> {
    loads.at(-1)!.resolve({ format, samples: Uint8Array.from(bytes) });
    await settled();
  }

  describe("in a run", () => {
    it("plays a segment as its audio comes in", () => {
      show("queued");
      player.startRun(1, format, [0]);
      assert.deepEqual(player.playback, { phase: "waiting", heard: undefined, current: 0 });
      receive(0, 1, 2, 3);
      receive(0, 4);
      assert.deepEqual(output.bytes, [[1, 2, 3, 4]]);
      hearNext();
      assert.deepEqual(player.playback, { phase: "playing", heard: 0, current: 0 });
    });

    it("makes the device ready before the first audio comes", () => {
      show("queued");
      player.startRun(1, format, [0]);
      assert.deepEqual(output.prepared, [24000]);
    });

    it("gives the device back when nothing came", () => {
      show("queued");
      player.startRun(1, format, [0]);
      const { stops } = output;
      player.endRun(1);
      assert.equal(output.stops, stops + 1);
      assert.equal(player.playback.phase, "silent");
    });

    it("appends the next segment before the one heard has ended", () => {
      show("queued", "queued");
      player.startRun(1, format, [0, 1]);
      receive(0, 1);
      receive(1, 2);
      assert.deepEqual(output.bytes, [[1]]);
      player.endSegment(1, 0);
      assert.deepEqual(output.bytes, [[1], [2]]);
      assert.ok(output.parts[0]?.ended);
    });

    it("does not hand on what is heard far in the future", () => {
      show("queued", "queued");
      player.startRun(1, format, [0, 1]);
      receive(0, 1);
      player.endSegment(1, 0);
      output.secondsAhead = 60;
      receive(1, 2);
      assert.deepEqual(output.bytes, [[1]]);
      output.secondsAhead = 3;
      player.advance();
      assert.deepEqual(output.bytes, [[1], [2]]);
    });

    it("plays a segment from its file if that is there before its turn", async () => {
      show("queued", "ready");
      player.startRun(1, format, [0, 1]);
      receive(1, 9, 9);
      receive(0, 1);
      player.endSegment(1, 0);
      assert.deepEqual(
        loads.map(({ src }) => src),
        ["clip1"],
      );
      await load(5, 6);
      assert.deepEqual(output.bytes, [[1], [5, 6]]);
    });

    it("keeps a segment begun from the stream on the stream when its file comes", () => {
      show("speaking");
      player.startRun(1, format, [0]);
      receive(0, 1);
      player.showClip(clipOf(0, "ready"));
      receive(0, 2);
      player.endSegment(1, 0);
      assert.deepEqual(output.bytes, [[1, 2]]);
      assert.deepEqual(loads, []);
    });

    it("waits for a changed segment to be said, and does not play its old file", () => {
      player.showClips([{ ...clipOf(0, "changed"), src: "old" }]);
      player.startRun(1, format, [0]);
      assert.equal(player.playback.phase, "waiting");
      assert.deepEqual(loads, []);
    });

    it("passes over failed and incomplete segments and those with nothing to say", () => {
      show("queued", "nothing to say", "queued", "queued");
      player.startRun(1, format, [0, 1, 2, 3]);
      player.showClip(clipOf(0, "failed"));
      receive(2, 7);
      player.showClip(clipOf(2, "incomplete"));
      player.endSegment(1, 2);
      receive(3, 8);
      assert.deepEqual(output.bytes, [[7], [8]]);
    });

    it("passes over half a segment that had not begun", () => {
      show("queued", "queued", "queued");
      player.startRun(1, format, [0, 1, 2]);
      receive(1, 7);
      player.showClip(clipOf(1, "failed"));
      receive(2, 8);
      player.endSegment(1, 0);
      assert.deepEqual(output.bytes, [[8]]);
    });

    it("says a void segment that is heard again from its start", () => {
      show("speaking", "queued");
      player.startRun(1, format, [0, 1]);
      receive(0, 1, 2);
      hearNext();
      assert.equal(player.restartSegment(1, 0), true);
      assert.deepEqual(output.bytes, []);
      assert.deepEqual(player.playback, { phase: "waiting", heard: undefined, current: 0 });
      receive(0, 3);
      assert.deepEqual(output.bytes, [[3]]);
    });

    it("takes back what was handed on behind a void segment, and plays it after it", () => {
      show("speaking", "queued", "queued");
      player.startRun(1, format, [0, 1, 2]);
      receive(0, 1);
      player.endSegment(1, 0);
      receive(1, 2);
      player.endSegment(1, 1);
      receive(2, 3);
      hearNext();
      assert.equal(player.restartSegment(1, 1), false);
      assert.deepEqual(output.bytes, [[1]]);
      assert.equal(player.playback.heard, 0);
      receive(1, 4);
      player.endSegment(1, 1);
      assert.deepEqual(output.bytes, [[1], [4], [3]]);
    });

    it("leaves a void segment that has been heard alone", () => {
      show("speaking", "speaking");
      player.startRun(1, format, [0, 1]);
      receive(0, 1);
      player.endSegment(1, 0);
      receive(1, 2);
      hearNext();
      hearNext();
      player.restartSegment(1, 0);
      receive(0, 3);
      assert.deepEqual(output.bytes, [[2]]);
      assert.equal(player.playback.heard, 1);
    });

    it("drops the audio of another run", () => {
      show("queued");
      player.startRun(2, format, [0]);
      receive(0, 1);
      player.endSegment(1, 0);
      player.restartSegment(1, 0);
      player.endRun(1);
      assert.deepEqual(output.bytes, []);
      assert.equal(player.playback.phase, "waiting");
    });

    it("replaces the run before it", () => {
      show("queued");
      player.startRun(1, format, [0]);
      receive(0, 1);
      player.startRun(2, format, [0]);
      assert.deepEqual(output.bytes, []);
      player.receiveAudio(2, 0, Uint8Array.of(5));
      receive(0, 2);
      assert.deepEqual(output.bytes, [[5]]);
    });

    it("waits no longer when the run has ended", () => {
      show("queued", "queued");
      player.startRun(1, format, [0, 1]);
      receive(0, 1);
      player.endRun(1);
      assert.ok(output.parts[0]?.ended);
      hearNext();
      hearNext();
      assert.deepEqual(player.playback, {
        phase: "silent",
        heard: undefined,
        current: undefined,
      });
    });

    it("is waiting while the audio of the segment heard is late", () => {
      show("speaking");
      player.startRun(1, format, [0]);
      receive(0, 1);
      hearNext();
      output.dry = true;
      player.advance();
      assert.deepEqual(player.playback, { phase: "waiting", heard: 0, current: 0 });
    });

    it("waits for the file of a segment that has been heard, and is asked for again", async () => {
      show("speaking", "queued");
      player.startRun(1, format, [0, 1]);
      receive(0, 1);
      player.endSegment(1, 0);
      receive(1, 2);
      hearNext();
      hearNext();
      assert.ok(player.play([0]));
      assert.equal(player.playback.phase, "waiting");
      player.showClip(clipOf(0, "ready"));
      await load(1);
      assert.deepEqual(output.bytes, [[1]]);
    });
  });

  describe("from files", () => {
    it("plays the segments in order, and fetches the next while one is heard", async () => {
      show("ready", "ready");
      assert.ok(player.play([1, 0]));
      assert.deepEqual(
        loads.map(({ src }) => src),
        ["clip1"],
      );
      await load(1);
      assert.deepEqual(
        loads.map(({ src }) => src),
        ["clip1", "clip0"],
      );
      await load(2);
      assert.deepEqual(output.bytes, [[1], [2]]);
      hearNext();
      hearNext();
      hearNext();
      assert.deepEqual(
        reports.map(({ phase, heard }) => [phase, heard]),
        [
          ["waiting", undefined],
          ["playing", 1],
          ["playing", 0],
          ["silent", undefined],
        ],
      );
    });

    it("changes nothing when there is nothing to play", async () => {
      show("ready", "not spoken");
      player.play([0]);
      await load(1);
      hearNext();
      assert.ok(!player.play([1]));
      assert.equal(player.playback.heard, 0);
    });

    it("plays a changed clip as it was spoken", () => {
      player.showClips([{ ...clipOf(0, "changed"), src: "old" }]);
      assert.ok(player.play([0]));
      assert.equal(loads[0]?.src, "old");
    });

    it("reports a file that can't be read, and goes on with the next", async () => {
      show("ready", "ready");
      player.play([0, 1]);
      loads[0]!.reject(new Error("It is no WAV file."));
      await settled();
      assert.deepEqual(failures, [[0, "It is no WAV file."]]);
      await load(2);
      assert.deepEqual(output.bytes, [[2]]);
    });

    it("fetches the new file when the old one has gone meanwhile", async () => {
      show("ready");
      player.play([0]);
      player.showClip({ ...clipOf(0, "ready"), src: "moved" });
      loads[0]!.reject(new Error("gone"));
      await settled();
      assert.deepEqual(failures, []);
      assert.equal(loads.at(-1)?.src, "moved");
      await load(3);
      assert.deepEqual(output.bytes, [[3]]);
    });

    it("drops a file that comes after it was stopped", async () => {
      show("ready");
      player.play([0]);
      player.stop();
      await load(1);
      assert.deepEqual(output.bytes, []);
      assert.equal(player.playback.phase, "silent");
    });

    it("begins a clip of another rate when nothing is left to hear", async () => {
      show("ready", "ready");
      player.play([0, 1]);
      await load(1);
      loads.at(-1)!.resolve({
        format: { ...format, sampleRate: 8000 },
        samples: Uint8Array.of(2),
      });
      await settled();
      assert.deepEqual(output.bytes, [[1]]);
      hearNext();
      output.parts = [];
      output.heardPart = undefined;
      player.advance();
      assert.deepEqual(output.bytes, [[2]]);
    });
  });

  it("pauses and resumes", async () => {
    show("ready");
    player.pause();
    assert.equal(player.playback.phase, "silent");
    player.play([0]);
    await load(1);
    hearNext();
    player.pause();
    assert.ok(output.paused);
    assert.deepEqual(player.playback, { phase: "paused", heard: 0, current: 0 });
    player.resume();
    assert.ok(!output.paused);
    assert.equal(player.playback.phase, "playing");
  });

  it("is no longer paused when something else is played", async () => {
    show("ready");
    player.play([0]);
    await load(1);
    player.pause();
    player.play([0]);
    assert.equal(player.playback.phase, "waiting");
  });

  it("is silent at once when stopped, and hears no more of the run", () => {
    show("speaking");
    player.startRun(1, format, [0]);
    receive(0, 1);
    hearNext();
    const { stops } = output;
    player.stop();
    assert.equal(output.stops, stops + 1);
    receive(0, 2);
    assert.deepEqual(output.bytes, []);
    assert.deepEqual(reports.at(-1), { phase: "silent", heard: undefined, current: undefined });
  });

  it("reports that no sound can be made, once, and is silent", () => {
    show("queued", "queued");
    output.broken = true;
    player.startRun(1, format, [0, 1]);
    receive(0, 1);
    receive(1, 1);
    assert.deepEqual(failures, [[0, "No sound device can be opened."]]);
    assert.equal(player.playback.phase, "silent");
  });
});

function clipOf(segment: number, state: ClipState): ClipView {
  const clip = { segment, transcript: `Segment ${segment}`, state };
  return state === "ready" ? { ...clip, seconds: 1, src: `clip${segment}` } : clip;
}

/** Promises that were kept have been heard of. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
