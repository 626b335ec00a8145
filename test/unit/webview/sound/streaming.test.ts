import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeSamples } from "../../../../src/audio/decodeSamples.ts";
import { encodings } from "../../../../src/audio/pcm.ts";
import type { Encoding } from "../../../../src/audio/pcm.ts";
import type { SoundId } from "../../../../src/webview/sound/player/playback.ts";
import { Player } from "../../../../src/webview/sound/player/player.ts";
import { Scheduler } from "../../../../src/webview/sound/output/scheduler.ts";
import { FakeAudio } from "./fakeAudio.ts";

const sampleRate = 8000;

/** What happens next to one segment of a run. */
interface Step {
  readonly bytes: Uint8Array;
  /** Milliseconds until then. */
  readonly after: number;
  /** Said again from its start before this. */
  readonly restarts: boolean;
}

const step = fc.record({
  bytes: fc.uint8Array({ maxLength: 3000 }),
  after: fc.integer({ min: 0, max: 400 }),
  restarts: fc.boolean(),
});
const segments = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 5,
});

describe("Player and Scheduler", () => {
  /** Plays a run; answers with what was scheduled and has not been silenced, and which segments were heard. */
  function playRun(encoding: Encoding, run: readonly (readonly Step[])[]) {
    const audio = new FakeAudio();
    const heard: SoundId[] = [];
    const scheduler = new Scheduler({
      createContext: audio.createContext,
      loadStretcher: () => Promise.reject(new Error("There is none.")),
      setTimer: audio.setTimer,
      progress: () => player.advance(),
      failed: assert.fail,
    });
    const player = new Player(scheduler, assert.fail, {
      changed: (playback) => {
        if (playback.heard !== undefined && playback.heard !== heard.at(-1))
          heard.push(playback.heard);
      },
      failed: assert.fail,
    });
    player.startRun(1, { encoding, sampleRate }, [...run.keys()]);
    for (const [segment, steps] of run.entries()) {
      for (const { bytes, after, restarts } of steps) {
        audio.advance(after);
        if (restarts) player.restartSegment(1, segment);
        player.receiveAudio(1, segment, bytes);
      }
      player.endSegment(1, segment);
    }
    player.endRun(1);
    audio.advance(20_000);
    const scheduled = audio.contexts.flatMap((context) => context.scheduled);
    return {
      scheduled,
      sounded: scheduled.filter(({ stopTime }) => stopTime === Infinity),
      heard,
      phase: player.playback.phase,
    };
  }

  it("play each segment of a run whole and in order, without overlap, however late its audio comes", () => {
    fc.assert(
      fc.property(fc.constantFrom(...encodings), segments, (encoding, steps) => {
        const run = steps.map((of) => of.map((one) => ({ ...one, restarts: false })));
        const { scheduled, heard, phase } = playRun(encoding, run);
        const said = run.map((of) =>
          decodeSamples(Buffer.concat(of.map(({ bytes }) => bytes)), encoding),
        );
        assert.deepEqual(
          scheduled.flatMap(({ samples }) => [...samples]),
          said.flatMap((samples) => [...samples]),
        );
        let end = 0;
        for (const { frame, samples } of scheduled) {
          assert.ok(frame >= end);
          end = frame + samples.length;
        }
        const long = said.flatMap(({ length }, index) =>
          length > 0.01 * sampleRate ? [index] : [],
        );
        assert.deepEqual(heard, [...heard].sort());
        assert.ok(isSubsequence(long, heard));
        assert.equal(phase, "silent");
      }),
      { numRuns: 60 },
    );
  });

  /** A page with one clip of these seconds, that is being played. */
  async function playClip(seconds: number) {
    const audio = new FakeAudio();
    const scheduler = new Scheduler({
      createContext: audio.createContext,
      loadStretcher: assert.fail,
      setTimer: audio.setTimer,
      progress: () => player.advance(),
      failed: assert.fail,
    });
    const samples = new Uint8Array(seconds * sampleRate).map((_, at) => at % 251);
    const load = () =>
      Promise.resolve({ format: { encoding: "pcm_mulaw", sampleRate } as const, samples });
    const player = new Player(scheduler, load, { changed: () => {}, failed: assert.fail });
    const clip = {
      segment: 0,
      index: 0,
      transcript: "",
      state: "ready",
      seconds,
      src: "0",
    } as const;
    player.showClips([clip]);
    player.play([0]);
    await new Promise((resolve) => setImmediate(resolve));
    const expected = [...decodeSamples(samples, "pcm_mulaw")];
    return { audio, player, expected };
  }

  it("schedule the first chunk in the moment that it comes", () => {
    const audio = new FakeAudio();
    const scheduler = new Scheduler({
      createContext: audio.createContext,
      loadStretcher: assert.fail,
      setTimer: audio.setTimer,
      progress: () => player.advance(),
      failed: assert.fail,
    });
    const player = new Player(scheduler, assert.fail, { changed: () => {}, failed: assert.fail });
    player.startRun(1, { encoding: "pcm_mulaw", sampleRate }, [0]);
    audio.advance(200);
    assert.deepEqual(audio.context.scheduled, []);
    player.receiveAudio(1, 0, Uint8Array.of(1));
    assert.equal(audio.context.scheduled.length, 1);
  });

  it("repeat a clip without a gap, and end it when it is not to be repeated any more", async () => {
    const { audio, player, expected } = await playClip(0.7);
    player.loop = true;
    audio.advance(3000);
    player.loop = false;
    audio.advance(3000);
    const sounded = audio.context.scheduled.filter(({ stopTime }) => stopTime === Infinity);
    const times = sounded.length;
    assert.equal(times, 5);
    assert.deepEqual(
      sounded.flatMap(({ samples }) => [...samples]),
      Array.from({ length: times }, () => expected).flat(),
    );
    for (const [index, { frame, samples }] of sounded.entries()) {
      const next = sounded[index + 1];
      if (next) assert.equal(next.frame, frame + samples.length);
    }
    assert.equal(player.playback.phase, "silent");
  });

  it("hand a long clip on bit by bit, and leave none out", async () => {
    const { audio, expected } = await playClip(60);
    assert.ok(audio.context.scheduled.length <= 12);
    audio.advance(61_000);
    assert.deepEqual(
      audio.context.scheduled.flatMap(({ samples }) => [...samples]),
      expected,
    );
  });

  it("play only the last saying of a segment that is said again", () => {
    fc.assert(
      fc.property(segments, (run) => {
        const { sounded, phase } = playRun("pcm_s16le", run);
        const said = run.map((of) => {
          const from = of.map(({ restarts }) => restarts).lastIndexOf(true);
          return decodeSamples(
            Buffer.concat(of.slice(Math.max(from, 0)).map(({ bytes }) => bytes)),
            "pcm_s16le",
          );
        });
        const expected = said.flatMap((samples) => [...samples]);
        const ended = sounded.flatMap(({ samples }) => [...samples]);
        assert.equal(phase, "silent");
        // What was heard of an earlier saying comes before; nothing of the last one is missing.
        assert.ok(endsWith(ended, [...(said.at(-1) ?? [])]));
        assert.ok(isSubsequence(expected, ended));
      }),
      { numRuns: 60 },
    );
  });
});

function endsWith(list: readonly number[], end: readonly number[]): boolean {
  return end.every((value, index) => list[list.length - end.length + index] === value);
}

function isSubsequence(short: readonly SoundId[], long: readonly SoundId[]): boolean {
  let at = 0;
  for (const value of long) if (value === short[at]) at++;
  return at === short.length;
}
