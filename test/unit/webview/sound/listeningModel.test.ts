import assert from "node:assert/strict";
import fc from "fast-check";
import type { ClipView } from "../../../../src/panel/messages.ts";
import type { SoundId } from "../../../../src/webview/sound/player/playback.ts";
import { Player } from "../../../../src/webview/sound/player/player.ts";
import { Scheduler } from "../../../../src/webview/sound/output/scheduler.ts";
import { FakeAudio, findSounding } from "./fakeAudio.ts";
import { FakeStretchers } from "./fakeStretcher.ts";

const sampleRate = 8000;
const format = { encoding: "pcm_f32le", sampleRate } as const;
const segments = [0, 1, 2, 3];
/** Each sample of a segment, and of a take, says which one it is. */
const segmentBase = 1_000_000;
/** A sound that begins in the middle of a clip is not at its full volume before, in frames. */
const fadeIn = 0.004 * sampleRate;

const anySegment = fc.constantFrom(...segments);
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("say"),
      seconds: fc.double({ min: 0.01, max: 2, noNaN: true }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("end segment") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("say again") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end run") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("start run") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("save"), segment: anySegment }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("play"),
      segment: anySegment,
      seconds: fc.double({ min: 0, max: 3, noNaN: true }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("play take"),
      seconds: fc.double({ min: 0.01, max: 3, noNaN: true }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("seek take"),
      seconds: fc.double({ min: 0, max: 3, noNaN: true }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("seek"),
      segment: anySegment,
      seconds: fc.double({ min: 0, max: 3, noNaN: true }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("speed"),
      speed: fc.constantFrom(0.5, 0.8, 1, 1, 1.5, 2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("pause", "resume", "resume", "loop") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("stop") }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant("wait"),
      milliseconds: fc.integer({ min: 1, max: 1500 }),
    }),
  },
);
type Step = {
  readonly do: string;
  readonly segment?: number;
  readonly seconds?: number;
  readonly speed?: number;
  readonly milliseconds?: number;
};

/** A page that listens, and the run whose audio comes in. */
class Listener {
  readonly audio = new FakeAudio();
  readonly stretchers = new FakeStretchers();
  readonly scheduler: Scheduler;
  readonly player: Player;
  #run = 0;
  #saying = 0;
  /** How many samples of each segment there are, of the run and in its file. */
  readonly #said = new Map<number, number>();
  readonly #saved = new Map<number, number>();
  /** How many takes were played, and how many samples the last has, whose id says which it is. */
  #takes = 0;
  #takeLength = 0;
  #ended = new Set<number>();

  constructor() {
    this.scheduler = new Scheduler({
      createContext: this.audio.createContext,
      loadStretcher: () => Promise.resolve(this.stretchers.create),
      setTimer: this.audio.setTimer,
      progress: () => this.player.advance(),
      failed: assert.fail,
    });
    const load = (src: string) => {
      const [segment, length] = src.split("/").map(Number);
      return Promise.resolve({ format, samples: bytesOf(segment!, 0, length!) });
    };
    this.player = new Player(this.scheduler, load, { changed: () => {}, failed: assert.fail });
    this.#startRun();
  }

  async take(step: Step): Promise<void> {
    this.#do(step);
    await settled();
    this.check();
  }

  #do({ do: what, segment = 0, seconds = 0, speed = 1, milliseconds = 0 }: Step): void {
    const { player } = this;
    switch (what) {
      case "say":
        return this.#say(Math.ceil(seconds * sampleRate));
      case "end segment":
        this.#ended.add(this.#saying);
        player.endSegment(this.#run, this.#saying);
        this.#saying = Math.min(this.#saying + 1, segments.length - 1);
        return;
      case "say again":
        if (this.#ended.has(this.#saying)) return;
        this.#said.delete(this.#saying);
        player.restartSegment(this.#run, this.#saying);
        return;
      case "end run":
        for (const one of segments) this.#ended.add(one);
        return player.endRun(this.#run);
      case "start run":
        return this.#startRun();
      case "save":
        return this.#save(segment);
      case "play":
        player.play(segments.slice(segment), seconds);
        return;
      case "seek":
        this.#seek(segment, seconds);
        return;
      case "play take":
        return this.#playTake(Math.ceil(seconds * sampleRate));
      case "seek take":
        this.#seek(this.#take, seconds);
        return;
      case "speed":
        return player.setSpeed(speed);
      case "pause":
        return player.pause();
      case "resume":
        return player.resume();
      case "loop":
        player.loop = !player.loop;
        return;
      case "stop":
        return this.#stop();
      case "wait":
        for (let passed = 0; passed < milliseconds; passed += 7) {
          this.audio.advance(7);
          this.check();
        }
    }
  }

  #startRun(): void {
    this.#saying = 0;
    this.#said.clear();
    this.#ended.clear();
    // What a run speaks is not ready any more, whatever was saved of it before.
    this.#saved.clear();
    this.player.showClips(segments.map((segment) => clipOf(segment)));
    this.player.startRun(++this.#run, format, segments);
  }

  #say(length: number): void {
    if (this.#ended.has(this.#saying)) return;
    const before = this.#said.get(this.#saying) ?? 0;
    this.#said.set(this.#saying, before + length);
    this.player.receiveAudio(this.#run, this.#saying, bytesOf(this.#saying, before, length));
  }

  #save(segment: number): void {
    const length = this.#said.get(segment);
    if (!this.#ended.has(segment) || length === undefined) return;
    this.#saved.set(segment, length);
    this.player.showClip(clipOf(segment, length));
  }

  #playTake(length: number): void {
    this.#takes++;
    this.#takeLength = length;
    const id = this.#take;
    const src = `${signOf(id)}/${length}`;
    this.player.playTake({ id, src, seconds: length / sampleRate });
    assert.equal(this.player.playback.current, id);
    assert.equal(this.player.playback.phase, "waiting");
  }

  get #take(): string {
    return String(this.#takes);
  }

  #seek(id: SoundId, seconds: number): void {
    const { playback, position } = this.player;
    if (this.player.seek(id, seconds)) {
      const { phase } = this.player.playback;
      if (playback.phase === "paused" && phase !== "silent") assert.equal(phase, "paused");
    } else {
      assert.deepEqual([this.player.playback, this.player.position], [playback, position]);
    }
  }

  #stop(): void {
    this.player.stop();
    assert.equal(this.player.position, undefined);
    assert.equal(this.player.playback.phase, "silent");
    const { context } = this.audio;
    for (const { stopTime, ended, frame, samples } of context.scheduled) {
      const end = (frame + samples.length) / sampleRate;
      const deadline = context.currentTime + 0.015;
      assert.ok(ended || Math.min(stopTime, end) <= deadline, "it sounds after the stop");
    }
  }

  /** What the player says is what sounds. */
  check(): void {
    const { position, playback } = this.player;
    const { context } = this.audio;
    const now = Math.round(context.currentTime * sampleRate);
    const sounding = findSounding(context, now);
    if (playback.heard !== undefined) assert.equal(position?.id, playback.heard);
    if (!position) return assert.notEqual(playback.phase, "playing");
    const { id, seconds } = position;
    const longest =
      typeof id === "string"
        ? this.#takeLength
        : Math.max(this.#said.get(id) ?? 0, this.#saved.get(id) ?? 0);
    if (typeof id === "string") assert.equal(id, this.#take, "no take but the last sounds");
    if (playback.phase === "playing") {
      assert.ok(seconds >= 0 && seconds <= longest / sampleRate + 1e-6, `${seconds} s`);
    }
    if (!sounding || playback.phase !== "playing" || sounding.stopTime !== Infinity) return;
    const at = now - sounding.frame;
    if (sounding.samples[0] === 0 && at < fadeIn) return;
    const sample = sounding.samples[at]! - 1;
    assert.equal(Math.floor(sample / segmentBase), signOf(id));
    const error = Math.abs((sample % segmentBase) / sampleRate - seconds);
    assert.ok(error <= 0.001, `${error} s beside what sounds`);
  }

  async end(): Promise<void> {
    this.player.loop = false;
    this.player.resume();
    this.player.endRun(this.#run);
    for (let passed = 0; passed < 90 && this.player.playback.phase !== "silent"; passed++) {
      await this.take({ do: "wait", milliseconds: 1000 });
    }
    assert.equal(this.player.playback.phase, "silent");
    assert.equal(this.stretchers.open, 0);
    assertNoOverlap(this.audio);
  }
}

describe("Player and Scheduler, whatever the user and the run do", () => {
  it("never sound twice at once, and say what is heard", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 60, size: "max" }),
        async (steps: Step[]) => {
          const listener = new Listener();
          for (const one of steps) await listener.take(one);
          await listener.end();
        },
      ),
      { numRuns: 60 },
    );
  });
});

function assertNoOverlap({ contexts }: FakeAudio): void {
  for (const { scheduled } of contexts) {
    let last = 0;
    for (const { frame, samples, stopTime } of [...scheduled].sort((a, b) => a.frame - b.frame)) {
      const end = Math.min(frame + samples.length, Math.round(stopTime * sampleRate));
      if (end <= frame) continue;
      assert.ok(frame >= last, "two buffers overlap");
      last = end;
    }
  }
}

/** What the samples of this one's audio tell: of takes one of a few. */
function signOf(id: SoundId): number {
  return typeof id === "string" ? segments.length + (Number(id) % 8) : id;
}

function bytesOf(segment: number, from: number, length: number): Uint8Array<ArrayBuffer> {
  const samples = Float32Array.from(
    { length },
    (_, index) => segment * segmentBase + from + index + 1,
  );
  return new Uint8Array(samples.buffer);
}

function clipOf(segment: number, length?: number): ClipView {
  const clip = { segment, index: segment, transcript: `Segment ${segment}` };
  if (length === undefined) return { ...clip, state: "queued" };
  const seconds = length / sampleRate;
  return { ...clip, state: "ready", seconds, src: `${segment}/${length}` };
}

/** Promises that were kept have been heard of. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
