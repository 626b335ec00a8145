import assert from "node:assert/strict";
import type { ToPanel } from "../../../src/panel/messages.ts";
import { HostWatch } from "../../../src/webview/hostWatch.ts";

const started: ToPanel = {
  type: "runStarted",
  run: 1,
  format: { encoding: "pcm_s16le", sampleRate: 8000 },
  segments: [0],
};

describe("A page that watches its extension", () => {
  let timers: (() => void)[];
  let asked: number;
  let told: boolean[];
  let watch: HostWatch;
  let answers: boolean;

  beforeEach(() => {
    [timers, asked, told, answers] = [[], 0, [], true];
    watch = new HostWatch({
      setTimer: (run) => {
        timers.push(run);
        return () => {};
      },
      ask: () => {
        asked++;
        if (answers) watch.received({ type: "pong" });
      },
      changed: (isLost) => told.push(isLost),
    });
  });

  /** Lets time pass until so many looks are over. */
  function pass(looks: number): void {
    for (let look = 0; look < looks; look++) timers.shift()?.();
  }

  it("does nothing where nothing is on", () => {
    watch.received({ type: "stop" });
    watch.posted({ type: "heard", segment: 0, sounds: true, begun: 1 });
    assert.equal(timers.length, 0);
  });

  it("asks in a run when nothing has come for a while, and goes on while it is answered", () => {
    watch.received(started);
    pass(100);
    assert.ok(asked > 10);
    assert.deepEqual(told, []);
    watch.received({ type: "runEnded", run: 1 });
    pass(2);
    assert.equal(timers.length, 0);
  });

  it("asks after something was asked for, and not before it was answered by itself", () => {
    watch.posted({ type: "previewScript" });
    watch.received({ type: "cost", characters: 0 });
    pass(1);
    assert.deepEqual([asked, timers.length], [0, 0]);
  });

  for (const [name, begin] of [
    ["in a run", () => watch.received(started)],
    ["after a press", () => watch.posted({ type: "previewScript" })],
  ] as const) {
    it(`tells once that it is lost ${name}, and that it is back`, () => {
      answers = false;
      begin();
      pass(100);
      assert.deepEqual([told, timers.length], [[true], 0]);
      watch.received({ type: "pong" });
      assert.deepEqual(told, [true, false]);
    });
  }
});
