import assert from "node:assert/strict";
import type { Clip, NewClip } from "../../../src/clips/model/clip.ts";
import { clipIdentity } from "../../../src/clips/model/identity.ts";
import { planRun } from "../../../src/preview/plan/plan.ts";
import { PreviewRun, type RunEvent } from "../../../src/preview/run/previewRun.ts";
import { shapeOf } from "../../../src/preview/plan/sound.ts";
import type { ClipKeeper } from "../../../src/preview/run/runClips.ts";
import {
  audioOf,
  startScriptedService,
  type Habits,
  type Interfere,
  type ScriptedService,
} from "../../support/fakes/scriptedService.ts";
import { sendError } from "../../faults/interfere.ts";
import { shortLimits } from "../../faults/stage.ts";

const sound = {
  model: "sonic-3",
  voice: "W",
  language: "en",
  encoding: "pcm_f32le",
  sampleRate: 44_100,
} as const;
const texts = ["One.", "Two.", "Three."];

/** Keeps takes, and no clip in a place. */
class TakeKeeper implements ClipKeeper {
  readonly takes = new Set<Clip>();
  /** How many takes were saved, those that were deleted since included. */
  saved = 0;

  async claim(): Promise<void> {}

  async finish(): Promise<void> {}

  save(): Promise<never> {
    return assert.fail("a clip was saved in its place");
  }

  saveTake(clip: NewClip): Promise<Clip> {
    const file = {
      path: `take${this.saved++}`,
      container: "wav",
      seconds: 1,
      version: "1",
    } as const;
    const take = {
      ...clip,
      ...file,
      segment: undefined,
      bytes: clip.samples.length,
      locked: false,
    };
    this.takes.add(take);
    return Promise.resolve(take);
  }

  takeBack(take: Clip): Promise<void> {
    this.takes.delete(take);
    return Promise.resolve();
  }
}

describe("A run with another voice", () => {
  let service: ScriptedService;
  let keeper: TakeKeeper;

  afterEach(() => service.close());

  async function speak(
    habits: Partial<Habits>,
    watch: (event: RunEvent, run: PreviewRun) => void = () => {},
    interfere?: Interfere,
    expected: readonly [saved: number, missing: number, failure?: string] = [3, 0],
  ): Promise<PreviewRun> {
    service = await startScriptedService(habits, interfere);
    keeper = new TakeKeeper();
    const segments = texts.map((transcript, index) => {
      return { index, transcript, identity: `of the script ${index}`, seam: " ", speakable: true };
    });
    const { session, ...limits } = shortLimits;
    let count = 0;
    const run = new PreviewRun({
      plan: planRun(
        segments,
        { kind: "script", voice: "W" },
        {
          isReady: () => true,
          isLocked: () => false,
        },
      ),
      segments,
      soundOf: () => sound,
      service: "fake",
      clips: keeper,
      asTakes: true,
      speech: {
        ...limits,
        endpoint: () => Promise.resolve({ url: service.url, headers: {}, version: "2026-08-14" }),
        newContextId: () => `ctx-${count++}`,
        maxConcurrency: 2,
        tools: { limits: session, trace: () => {} },
      },
      report: (event) => watch(event, run),
    });
    const ending = await run.speak();
    const [saved, missing, failure] = expected;
    assert.deepEqual(
      [ending.saved, ending.missing, ending.failure?.code],
      [saved, missing, failure],
    );
    return run;
  }

  it("saves takes of that voice, and leaves the clips in their places alone", async () => {
    await speak({});
    const takes = [...keeper.takes];
    assert.deepEqual(
      takes.map(({ identity, voice, transcript }) => [identity, voice, transcript]),
      texts.map((text) => [clipIdentity(shapeOf(text, sound, "fake")), "W", text]),
    );
    assert.deepEqual(
      takes.map(({ bytes }) => bytes),
      texts.map((text) => audioOf(text).length),
    );
    assert.ok(service.frames.every(({ voice }) => (voice as { id?: string }).id === "W"));
  });

  it("deletes a take that turns out to be another segment's", async () => {
    // A chunk of the first segment comes after the second one's: what was saved was not whole.
    let isLate = false;
    await speak({}, undefined, (frame, { socket }) => {
      if (isLate || frame["flush_id"] !== 1 || frame["type"] !== "flush_done") return true;
      isLate = true;
      socket.send(JSON.stringify({ ...frame, type: "chunk", flush_id: 0, data: "AAAAAAAA" }));
      return true;
    });
    assert.ok(keeper.saved > 3);
    assert.deepEqual([...keeper.takes].map(({ transcript }) => transcript).sort(), [
      "One.",
      "Three.",
      "Two.",
    ]);
  });

  it("says that one is missing whose take was called back and did not come again", async () => {
    const audio = Buffer.from(audioOf("One.")).toString("base64");
    let isLate = false;
    const refuseAgain: Interfere = (frame, { socket }) => {
      if (isLate && frame["data"] === audio) {
        sendError({ status_code: 400, message: "No." })({ socket, contextId: frame["context_id"] });
        return false;
      }
      if (isLate || frame["flush_id"] !== 1 || frame["type"] !== "flush_done") return true;
      isLate = true;
      socket.send(JSON.stringify({ ...frame, type: "chunk", flush_id: 0, data: "AAAAAAAA" }));
      return true;
    };
    const run = await speak({}, undefined, refuseAgain, [2, 1, "bad-request"]);
    assert.equal(run.states.get(0)?.state, "failed");
    assert.deepEqual([...keeper.takes].map(({ transcript }) => transcript).sort(), [
      "Three.",
      "Two.",
    ]);
  });

  it("leaves each segment as in speaking until the end: the clip in its place is not what is heard", async () => {
    const states: unknown[] = [];
    const run = await speak({}, (event, current) => {
      if (event.type === "audio") states.push(current.states.get(0)?.state);
    });
    assert.ok(states.length >= 3);
    assert.deepEqual(new Set(states), new Set(["speaking"]));
    assert.equal(run.states.size, 0);
  });
});
