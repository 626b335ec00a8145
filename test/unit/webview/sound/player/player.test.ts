import assert from "node:assert/strict";
import type { PcmFormat } from "../../../../../src/audio/pcm.ts";
import type { ClipState, ClipView } from "../../../../../src/panel/messages.ts";
import { AudioSources } from "../../../../../src/webview/sound/player/audioSources.ts";
import type { ClipAudio } from "../../../../../src/webview/sound/player/clipLoader.ts";
import type { Output } from "../../../../../src/webview/sound/output/output.ts";
import type { Playback, SoundId } from "../../../../../src/webview/sound/player/playback.ts";
import { Player } from "../../../../../src/webview/sound/player/player.ts";
import { RunStream } from "../../../../../src/webview/sound/player/runStream.ts";

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
  speed = 1;
  secondsHeard = 0;
  secondsPlayed = 0;
  fadesIn: boolean[] = [];
  /** Why no speed but 1 can be had. */
  steady: string | undefined;

  setSpeed(speed: number): Promise<void> {
    if (this.steady !== undefined) return Promise.reject(new Error(this.steady));
    this.speed = speed;
    return Promise.resolve();
  }

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

  begin(id: number, _format: PcmFormat, fadesIn: boolean): void {
    if (this.broken) throw new Error("No sound device can be opened.");
    this.fadesIn.push(fadesIn);
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
    this.dry = index === 0;
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
  let failures: [SoundId, string][];
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
      failed: (id, reason) => failures.push([id, reason]),
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

  describe("when it is to go on from elsewhere", () => {
    /** Two bytes make a sample, and 24000 of those a second. */
    const [second, half] = [48000, 24000];

    /** `seconds` of audio whose bytes say which second they are of. */
    function audioOf(seconds: number): ClipAudio {
      const samples = Uint8Array.from({ length: seconds * second }, (_, at) => at / second);
      return { format, samples };
    }

    async function loadSeconds(seconds: number): Promise<void> {
      loads.at(-1)!.resolve(audioOf(seconds));
      await settled();
    }

    function showSeconds(...lengths: readonly number[]): void {
      player.showClips(
        lengths.map((seconds, segment) => ({ ...clipOf(segment, "ready"), seconds })),
      );
    }

    it("plays the first of the segments from that second on, and the next from its start", async () => {
      showSeconds(3, 1);
      player.play([0, 1], 1.5);
      assert.deepEqual(player.position, { id: 0, seconds: 1.5 });
      await loadSeconds(3);
      await loadSeconds(1);
      assert.equal(output.parts[0]?.bytes.length, half + second);
      assert.equal(output.parts[0]?.bytes[0], 1);
      assert.equal(output.parts[1]?.bytes.length, second);
      assert.deepEqual(output.fadesIn, [true, false]);
    });

    it("goes on from a place in what is heard without fetching it anew, and then with the next", async () => {
      showSeconds(4, 1);
      player.play([0, 1]);
      await loadSeconds(4);
      hearNext();
      await loadSeconds(1);
      const fetched = loads.length;
      output.secondsHeard = 1;
      assert.ok(player.seek(0, 3));
      assert.equal(output.parts[0]?.bytes.length, second);
      assert.equal(output.parts[0]?.bytes[0], 3);
      assert.equal(loads.length, fetched + 1, "the next is fetched again");
      assert.ok(loads.slice(fetched).every(({ src }) => src === "clip1"));
      assert.deepEqual(player.position, { id: 0, seconds: 3 });
      assert.deepEqual(player.playback, { phase: "playing", heard: 0, current: 0 });
      hearNext();
      output.secondsHeard = 0.25;
      assert.deepEqual(player.position, { id: 0, seconds: 3.25 });
    });

    it("goes to a segment that is still to come, and to one that has been heard", async () => {
      showSeconds(1, 1, 1);
      player.play([0, 1, 2]);
      await loadSeconds(1);
      hearNext();
      assert.ok(player.seek(2, 0.5));
      assert.deepEqual(output.parts, []);
      assert.equal(loads.at(-1)?.src, "clip2");
      assert.deepEqual(player.position, { id: 2, seconds: 0.5 });
      assert.deepEqual(player.playback, { phase: "waiting", heard: undefined, current: 2 });
      await loadSeconds(1);
      hearNext();
      assert.equal(player.playback.heard, 2);
      assert.ok(player.seek(0, 0));
      assert.equal(loads.at(-1)?.src, "clip0");
    });

    it("changes nothing where the segment is not among those that are played", async () => {
      assert.ok(!player.seek(0, 0));
      showSeconds(1, 1);
      player.play([0]);
      await loadSeconds(1);
      hearNext();
      assert.ok(!player.seek(1, 0));
      assert.equal(player.playback.heard, 0);
      assert.equal(output.parts.length, 1);
    });

    it("stays paused, and tells the new place", async () => {
      showSeconds(4);
      player.play([0]);
      await loadSeconds(4);
      hearNext();
      player.pause();
      player.seek(0, 2);
      assert.equal(player.playback.phase, "paused");
      assert.ok(output.paused);
      assert.deepEqual(player.position, { id: 0, seconds: 2 });
      player.resume();
      assert.equal(player.playback.phase, "playing");
    });

    it("does not go beyond the ends of a clip", async () => {
      showSeconds(2);
      player.play([0]);
      await loadSeconds(2);
      hearNext();
      player.seek(0, -3);
      assert.deepEqual(player.position, { id: 0, seconds: 0 });
      assert.equal(output.fadesIn.at(-1), false);
      player.seek(0, 99);
      assert.deepEqual(output.bytes, [[]]);
      output.parts = [];
      player.advance();
      assert.equal(player.playback.phase, "silent");
    });

    it("goes back in a segment that streams, and waits for what has not come", () => {
      show("speaking");
      player.startRun(1, format, [0]);
      player.receiveAudio(1, 0, audioOf(2).samples);
      hearNext();
      player.seek(0, 1);
      assert.equal(output.parts[0]?.bytes.length, second);
      hearNext();
      player.seek(0, 2.5);
      assert.deepEqual(output.bytes, [[]]);
      assert.deepEqual(player.position, { id: 0, seconds: 2.5 });
      player.receiveAudio(1, 0, audioOf(1).samples);
      assert.equal(output.parts[0]?.bytes.length, half);
    });

    it("goes back to a segment whose stream is gone by its file, if there is one", () => {
      show("speaking", "queued");
      player.startRun(1, format, [0, 1]);
      player.receiveAudio(1, 0, audioOf(1).samples);
      player.endSegment(1, 0);
      player.receiveAudio(1, 1, audioOf(1).samples);
      hearNext();
      hearNext();
      player.endRun(1);
      assert.ok(!player.seek(0, 0));
      assert.equal(player.playback.heard, 1);
      player.showClip(clipOf(0, "ready"));
      assert.ok(player.seek(0, 0));
      assert.equal(loads.at(-1)?.src, "clip0");
    });

    it("goes on from where it is heard when the speed is changed", async () => {
      showSeconds(4, 1);
      player.play([0, 1]);
      await loadSeconds(4);
      hearNext();
      output.secondsHeard = 0.9;
      output.secondsPlayed = 1;
      player.setSpeed(1.5);
      assert.equal(output.parts[0]?.bytes.length, 3 * second);
      assert.deepEqual(player.position, { id: 0, seconds: 1 });
      assert.equal(player.playback.heard, 0);
      player.setSpeed(1.5);
      assert.equal(output.parts.length, 1);
    });

    it("takes the speed before anything is played without a sound", () => {
      player.setSpeed(2);
      assert.equal(player.playback.phase, "silent");
      assert.equal(player.position, undefined);
    });

    it("says once that the speed can't be had, when something is played", async () => {
      showSeconds(1);
      output.steady = "There is no stretcher.";
      player.setSpeed(2);
      await settled();
      assert.deepEqual(failures, []);
      player.play([0]);
      await loadSeconds(1);
      hearNext();
      assert.deepEqual(failures, [[0, "There is no stretcher."]]);
      assert.equal(player.playback.phase, "playing");
    });
  });

  describe("in a loop", () => {
    /** As much as is handed on at most. */
    beforeEach(() => {
      output.begin = (id) => {
        output.parts.push({ id, bytes: [], ended: false });
        output.secondsAhead = output.parts.length > 2 ? 60 : 0;
      };
    });

    function hearNextOfLoop(): void {
      output.secondsAhead = 0;
      hearNext();
    }

    it("repeats the segment that is heard, and fetches it once", async () => {
      show("ready", "ready");
      player.loop = true;
      player.play([0, 1]);
      await load(1, 2);
      for (let turn = 0; turn < 4; turn++) {
        assert.deepEqual(output.bytes.slice(0, 2), [
          [1, 2],
          [1, 2],
        ]);
        hearNextOfLoop();
        assert.equal(player.playback.heard, 0);
      }
      assert.equal(loads.length, 1);
      const heard = reports.filter(({ phase }) => phase === "playing");
      assert.equal(heard.length, 4, "each beginning is told");
    });

    it("takes back what was handed on behind the segment that is heard, and hands it on again afterwards", async () => {
      show("ready", "ready");
      player.play([0, 1]);
      await load(1, 2);
      await load(3, 4);
      hearNextOfLoop();
      player.loop = true;
      assert.deepEqual(output.bytes.slice(0, 2), [
        [1, 2],
        [1, 2],
      ]);
      output.secondsAhead = 0;
      player.loop = false;
      await load(3, 4);
      assert.deepEqual(output.bytes, [
        [1, 2],
        [3, 4],
      ]);
    });

    it("keeps the stream of a segment as long as it is repeated", () => {
      show("speaking", "queued");
      player.startRun(1, format, [0, 1]);
      player.loop = true;
      receive(0, 1, 2);
      player.endSegment(1, 0);
      player.endRun(1);
      for (let turn = 0; turn < 4; turn++) {
        hearNextOfLoop();
        assert.deepEqual(output.bytes.slice(0, 2), [
          [1, 2],
          [1, 2],
        ]);
      }
    });

    it("does not repeat what can't be heard for ever", async () => {
      show("ready", "ready");
      player.loop = true;
      player.play([0, 1]);
      await load();
      assert.equal(loads.at(-1)?.src, "clip1");
    });
  });

  describe("of takes", () => {
    const take = (id: string, seconds = 1) => ({ id, src: id, seconds });

    it("plays one from its file in place of what sounded, and ends by itself", async () => {
      show("ready", "ready");
      player.play([0, 1]);
      await load(1);
      hearNext();
      player.playTake(take("take1"));
      assert.deepEqual(output.bytes, []);
      assert.deepEqual(player.playback, { phase: "waiting", heard: undefined, current: "take1" });
      assert.equal(loads.at(-1)?.src, "take1");
      await load(7, 8);
      hearNext();
      assert.deepEqual(output.bytes, [[7, 8]]);
      assert.deepEqual(player.playback, { phase: "playing", heard: "take1", current: "take1" });
      hearNext();
      assert.deepEqual(player.playback, { phase: "silent", heard: undefined, current: undefined });
    });

    it("plays a clip and a take in turn, each from its start", async () => {
      show("ready");
      for (const [turn, src] of ["take1", "clip0", "take2", "clip0"].entries()) {
        if (src === "clip0") player.play([0]);
        else player.playTake(take(src));
        assert.equal(loads.at(-1)?.src, src);
        await load(turn);
        assert.deepEqual(output.bytes, [[turn]]);
        hearNext();
      }
    });

    it("tells of another take while the file of the one before it is still on its way", async () => {
      player.playTake(take("take1"));
      player.playTake(take("take2"));
      assert.equal(reports.at(-1)?.current, "take2");
      loads[0]!.resolve({ format, samples: Uint8Array.of(1) });
      await settled();
      assert.deepEqual(output.bytes, []);
      await load(2);
      assert.deepEqual(output.bytes, [[2]]);
    });

    it("goes on with one while the clips are shown anew, and within its length", async () => {
      show("ready");
      player.playTake(take("take1", 2));
      assert.ok(player.seek("take1", 9));
      assert.deepEqual(player.position, { id: "take1", seconds: 2 });
      assert.ok(player.seek("take1", 0));
      await load(...new Array<number>(96000).fill(3));
      hearNext();
      show("changed", "ready");
      assert.equal(player.playback.heard, "take1");
      assert.ok(player.seek("take1", 1.5));
      assert.equal(output.bytes[0]?.length, 24000);
    });

    it("hears no more of a run that is on, and begins the next one in its place", async () => {
      show("queued");
      player.startRun(1, format, [0]);
      player.playTake(take("take1"));
      await load(4);
      receive(0, 1);
      player.endSegment(1, 0);
      assert.deepEqual(output.bytes, [[4]]);
      player.startRun(2, format, [0]);
      assert.deepEqual(player.playback, { phase: "waiting", heard: undefined, current: 0 });
      assert.ok(!player.seek("take1", 0));
    });

    it("reports one whose file can't be read, by its id", async () => {
      player.playTake(take("take1"));
      loads[0]!.reject(new Error("gone"));
      await settled();
      assert.deepEqual(failures, [["take1", "gone"]]);
      assert.equal(player.playback.phase, "silent");
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

describe("AudioSources", () => {
  it("let the stream of a segment go when it no longer sounds and its file is there", () => {
    const sources = new AudioSources();
    const run = new RunStream(1, { ...format, encoding: "pcm_s16le" }, [0]);
    sources.run = run;
    run.append(0, Uint8Array.of(1, 2));
    run.endSegment(0);
    sources.leave(0);
    assert.equal(sources.of(0).from, "stream");
    sources.note(clipOf(0, "ready"), true);
    assert.equal(run.of(0)?.released, false);
    sources.leave(0);
    assert.equal(run.of(0)?.released, true);
  });
});

function clipOf(segment: number, state: ClipState): ClipView {
  const clip = { segment, index: segment, transcript: `Segment ${segment}`, state };
  return state === "ready" ? { ...clip, seconds: 1, src: `clip${segment}` } : clip;
}

/** Promises that were kept have been heard of. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
