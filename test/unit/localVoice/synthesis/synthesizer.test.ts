import assert from "node:assert/strict";
import type { SpeechJob } from "../../../../src/localVoice/synthesis/speechJob.ts";
import { Synthesizer } from "../../../../src/localVoice/synthesis/synthesizer.ts";
import { wasmPath, workerPath } from "../../../support/fakes/localVoice.ts";

const fakeWorker = new URL("../fakeWorker.ts", import.meta.url);
const never = new AbortController().signal;
const job = (text: string): SpeechJob => ({
  text,
  voice: "rms",
  speed: 1,
  gain: 1,
  pauseSeconds: 0,
  encoding: "pcm_s16le",
  sampleRate: 16000,
});

describe("Synthesizer", () => {
  let log: string[];
  let synthesizer: Synthesizer;
  const open = (path: string | URL, wasm = wasmPath) =>
    new Synthesizer({ workerPath: path, wasmPath: wasm, log: (line) => log.push(line) });
  const starts = () => log.filter((line) => line.endsWith("started")).length;
  beforeEach(() => {
    log = [];
    synthesizer = open(fakeWorker);
  });
  afterEach(() => synthesizer.close());

  it("starts its worker with the first job, and keeps it", async () => {
    assert.equal(starts(), 0);
    const answers = await Promise.all(
      ["a", "bb", "ccc"].map((t) => synthesizer.speak(job(t), never)),
    );
    assert.deepEqual(
      answers.map(({ bytes }) => bytes.length),
      [1, 2, 3],
    );
    assert.equal(starts(), 1);
  });

  it("finds words between utterances, in the order asked", async () => {
    const first = synthesizer.speak(job("a"), never);
    const phones = [{ name: "ax", start: 0, end: 1 }];
    const intervals = synthesizer.align({ words: ["a", "b"], phones }, never);
    const order: string[] = [];
    const all = [first.then(() => order.push("speech")), intervals.then(() => order.push("words"))];
    await Promise.all(all);
    assert.deepEqual(order, ["speech", "words"]);
    assert.equal((await intervals).length, 2);
    assert.equal(starts(), 1);
  });

  it("tells a failure of one job, and goes on", async () => {
    const failing = synthesizer.speak(job("fail"), never);
    const next = synthesizer.speak(job("ok"), never);
    await assert.rejects(failing, /could not say this: no such word/);
    assert.equal((await next).bytes.length, 2);
    assert.equal(starts(), 1);
  });

  for (const [death, reason] of [
    ["exit", /broke off: exit code 3/],
    ["throw", /broke off: out of breath/],
  ] as const) {
    it(`replaces a worker that dies (${death}); only the job that it was at fails`, async () => {
      const dying = synthesizer.speak(job(death), never);
      const next = synthesizer.speak(job("ok"), never);
      await assert.rejects(dying, reason);
      assert.equal((await next).bytes.length, 2);
      assert.equal(starts(), 2);
    });
  }

  it("tells that the worker can't be started, each time", async () => {
    for (const path of [new URL("../missing.ts", import.meta.url), "not absolute"]) {
      const broken = open(path);
      await assert.rejects(broken.speak(job("one"), never), /The local voice/);
      await assert.rejects(broken.speak(job("two"), never), /The local voice/);
      await broken.close();
    }
  });

  it("tells that the synthesiser is missing", async () => {
    const broken = open(workerPath, `${wasmPath}.missing`);
    await assert.rejects(broken.speak(job("one"), never), /broke off: ENOENT/);
    await broken.close();
  });

  it("drops a job that waits when it is no longer wanted, and lets the next one through", async () => {
    const first = synthesizer.speak(job("first"), never);
    const abort = new AbortController();
    const dropped = synthesizer.speak(job("exit"), abort.signal); // would kill the worker
    const last = synthesizer.speak(job("last"), never);
    abort.abort(new Error("cancelled"));
    await assert.rejects(dropped, /cancelled/);
    assert.deepEqual([(await first).bytes.length, (await last).bytes.length], [5, 4]);
    assert.equal(starts(), 1);
  });

  it("throws away the sound of a job that is no longer wanted while it is being said", async () => {
    const abort = new AbortController();
    const dropped = synthesizer.speak(job("dropped"), abort.signal);
    const next = synthesizer.speak(job("ok"), never);
    abort.abort(new Error("cancelled"));
    await assert.rejects(dropped, /cancelled/);
    assert.equal((await next).bytes.length, 2);
    await assert.rejects(synthesizer.speak(job("late"), abort.signal), /cancelled/);
  });

  it("fails all jobs when it closes, takes no more, and ends its worker", async () => {
    const hanging = assert.rejects(synthesizer.speak(job("hang"), never), /closed/);
    const waiting = assert.rejects(synthesizer.speak(job("ok"), never), /closed/);
    await synthesizer.close();
    await Promise.all([hanging, waiting]);
    await assert.rejects(synthesizer.speak(job("ok"), never), /closed/);
    assert.deepEqual(log, ["local voice: worker started", "local voice: worker ended (closed)"]);
  });
});
