import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeSamples } from "../../../../src/audio/decodeSamples.ts";
import { Player } from "../../../../src/webview/sound/player/player.ts";
import { Scheduler } from "../../../../src/webview/sound/output/scheduler.ts";
import { FakeAudio } from "./fakeAudio.ts";

const format = { encoding: "pcm_mulaw", sampleRate: 8000 } as const;

/** A page with a run of so many segments, and what it has played. */
function startRun(segments: number) {
  const audio = new FakeAudio();
  const scheduler = new Scheduler({
    createContext: audio.createContext,
    loadStretcher: () => Promise.reject(new Error("There is none.")),
    setTimer: audio.setTimer,
    progress: () => player.advance(),
    failed: assert.fail,
  });
  const player = new Player(scheduler, assert.fail, { changed: () => {}, failed: assert.fail });
  player.startRun(1, format, [...Array(segments).keys()]);
  const samples = (): number[] =>
    audio.contexts
      .flatMap((context) => context.scheduled)
      .filter(({ stopTime }) => stopTime === Infinity)
      .flatMap((scheduled) => [...scheduled.samples]);
  return { audio, player, samples };
}

const decoded = (bytes: readonly number[]): number[] => [
  ...decodeSamples(Uint8Array.from(bytes), "pcm_mulaw"),
];

describe("Player, where several segments of a run come in at a time", () => {
  it("waits for the first, though all of the second is there", () => {
    const { audio, player, samples } = startRun(2);
    player.receiveAudio(1, 1, Uint8Array.of(3, 4));
    player.endSegment(1, 1);
    audio.advance(500);
    assert.deepEqual(samples(), []);
    player.receiveAudio(1, 0, Uint8Array.of(1));
    assert.deepEqual(samples(), decoded([1]), "it sounds with its first chunk");
    player.receiveAudio(1, 0, Uint8Array.of(2));
    player.endSegment(1, 0);
    audio.advance(500);
    assert.deepEqual(samples(), decoded([1, 2, 3, 4]));
  });

  it("waits for one that is said again, while those behind it come", () => {
    const { audio, player, samples } = startRun(3);
    player.receiveAudio(1, 2, Uint8Array.of(5));
    player.endSegment(1, 2);
    player.receiveAudio(1, 1, Uint8Array.of(9));
    player.restartSegment(1, 1);
    player.receiveAudio(1, 0, Uint8Array.of(1, 2));
    player.endSegment(1, 0);
    audio.advance(500);
    assert.deepEqual(samples(), decoded([1, 2]));
    player.receiveAudio(1, 1, Uint8Array.of(3, 4));
    player.endSegment(1, 1);
    audio.advance(500);
    assert.deepEqual(samples(), decoded([1, 2, 3, 4, 5]));
  });

  it("passes over one that never comes", () => {
    const { audio, player, samples } = startRun(3);
    player.receiveAudio(1, 2, Uint8Array.of(5));
    player.endSegment(1, 2);
    player.receiveAudio(1, 0, Uint8Array.of(1));
    player.endSegment(1, 0);
    audio.advance(500);
    assert.deepEqual(samples(), decoded([1]));
    player.endSegment(1, 1);
    audio.advance(500);
    assert.deepEqual(samples(), decoded([1, 5]));
  });

  it("plays in the script's order and whole, in whatever order the chunks of segments come", () => {
    const segments = fc.array(fc.array(fc.uint8Array({ minLength: 1, maxLength: 500 })), {
      minLength: 1,
      maxLength: 6,
    });
    const order = fc.array(fc.tuple(fc.nat(5), fc.nat(300)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(segments, order, (run, picks) => {
        const { audio, player, samples } = startRun(run.length);
        const left = run.map((chunks, segment) => ({ segment, chunks: [...chunks] }));
        for (let turn = 0; left.length > 0; turn++) {
          const [pick = 0, afterMs = 0] = picks[turn % picks.length] ?? [];
          const at = pick % left.length;
          const { segment, chunks } = left[at] ?? { segment: 0, chunks: [] };
          const chunk = chunks.shift();
          audio.advance(afterMs);
          if (chunk) player.receiveAudio(1, segment, chunk);
          else {
            player.endSegment(1, segment);
            left.splice(at, 1);
          }
        }
        player.endRun(1);
        audio.advance(20_000);
        assert.deepEqual(
          samples(),
          run.flat().flatMap((chunk) => decoded([...chunk])),
        );
        assert.equal(player.playback.phase, "silent");
      }),
      { numRuns: 60 },
    );
  });
});
