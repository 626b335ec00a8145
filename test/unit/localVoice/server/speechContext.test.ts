import assert from "node:assert/strict";
import { mock } from "node:test";
import { request, settle, Stage } from "../speechStage.ts";

/** The voice of the other messages, in another of its shapes. */
const sameVoice = "6ccbfb76-1fc6-48f7-b71d-91ac6298247b";

describe("SpeechContext", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  it("sends a segment's chunks of at most 16 KiB, then its flush_done, and done after the last", async () => {
    const stage = new Stage();
    stage.accept(
      { transcript: "One, " },
      { flush: true },
      { transcript: "two." },
      { continue: false },
    );
    await stage.ended();
    const chunks = (id: number) => Array<string>(3).fill(`chunk${id}`);
    assert.deepEqual(stage.story, [...chunks(0), "flush_done0", ...chunks(1), "done"]);
    assert.deepEqual(
      stage.frames.slice(0, 3).map(({ data }) => Buffer.from(data ?? "", "base64").length),
      [16384, 16384, 7232],
    );
    for (const { context_id, step_time, done, status_code } of stage.frames.slice(0, 3)) {
      assert.deepEqual([context_id, done, status_code], ["ctx-1", false, 206]);
      assert.ok(typeof step_time === "number" && step_time >= 0);
    }
    assert.deepEqual(stage.frames[3], {
      type: "flush_done",
      context_id: "ctx-1",
      done: false,
      flush_done: true,
      flush_id: 0,
      status_code: 206,
    });
    assert.deepEqual(stage.frames.at(-1), {
      type: "done",
      context_id: "ctx-1",
      done: true,
      status_code: 200,
    });
  });

  it("holds text back until a flush, the end, or the beginning of the next sentence", async () => {
    const stage = new Stage();
    stage.accept({ transcript: "It is " });
    assert.deepEqual(stage.said, []);
    stage.accept({ transcript: "so. And" });
    assert.deepEqual(stage.said, ["It is so."]);
    stage.accept({ transcript: " so on" }, { continue: false });
    await stage.ended();
    assert.deepEqual(stage.said, ["It is so.", "And so on"]);
  });

  it("says what it holds back when the delay has elapsed, without a flush", async () => {
    const stage = new Stage();
    stage.accept({ transcript: "It is" });
    mock.timers.tick(2999);
    await settle();
    assert.deepEqual(stage.said, []);
    mock.timers.tick(1);
    await settle();
    assert.deepEqual(stage.said, ["It is"]);
    stage.accept({ transcript: "so" }, { continue: false });
    await stage.ended();
    assert.deepEqual([...new Set(stage.story)], ["chunk0", "done"]);
  });

  it("does not let text that comes word by word put the delay off", async () => {
    const stage = new Stage({ max_buffer_delay_ms: 100 });
    for (let word = 0; word < 10; word++) {
      stage.accept({ transcript: "word ", max_buffer_delay_ms: 100 });
      mock.timers.tick(30);
    }
    await settle();
    assert.deepEqual(stage.said, ["word word word word", "word word word word"]);
  });

  it("flushes each input by itself where no delay is allowed", async () => {
    const stage = new Stage({ max_buffer_delay_ms: 0 });
    const input = (fields: object) => ({ max_buffer_delay_ms: 0, ...fields });
    stage.accept(input({ transcript: "Hi" }), input({ flush: true }), input({ continue: false }));
    await stage.ended();
    assert.deepEqual(
      stage.story.filter((entry) => entry !== "chunk0"),
      ["flush_done0", "flush_done1", "flush_done2", "done"],
    );
  });

  it("tells a flush of a segment without audio", async () => {
    const stage = new Stage();
    stage.accept({ transcript: "Hi" }, { flush: true }, { transcript: " … ", flush: true });
    stage.accept({ transcript: "Ho", continue: false });
    await stage.ended();
    assert.deepEqual(
      [...new Set(stage.story)],
      ["chunk0", "flush_done0", "flush_done1", "chunk2", "done"],
    );
  });

  it("ends by itself one second after its last audio", async () => {
    const stage = new Stage();
    stage.accept({ transcript: "Hi" }, { flush: true });
    await stage.frame("flush_done");
    await settle();
    mock.timers.tick(999);
    await settle();
    assert.ok(!stage.story.includes("done"));
    const ended = stage.ended();
    mock.timers.tick(1);
    await ended;
    assert.equal(stage.story.at(-1), "done");
    assert.equal(stage.context.accept(request({}))?.title, "Context has closed");
  });

  it("does not end by itself while text waits, nor within a second after an input", async () => {
    const stage = new Stage();
    stage.accept({ transcript: "One. And" });
    await settle();
    mock.timers.tick(1500);
    await settle();
    stage.accept({ transcript: " two", flush: true });
    await settle();
    mock.timers.tick(999);
    stage.accept({ transcript: "three", continue: false });
    await stage.ended();
    assert.deepEqual([...new Set(stage.story)], ["chunk0", "flush_done0", "chunk1", "done"]);
  });

  it("takes no input after the last, and none with other settings", () => {
    const stage = new Stage();
    stage.accept({ transcript: "Hi", generation_config: { speed: 0.9 } });
    stage.accept({
      transcript: "there",
      generation_config: { speed: 1.1 },
      voice: sameVoice,
      duration: 2,
    });
    for (const other of [
      { voice: "other" },
      { model_id: "sonic-3.5" },
      { language: "fr" },
      { max_buffer_delay_ms: 1 },
      { add_timestamps: true },
      { output_format: { container: "raw", encoding: "pcm_s16le", sample_rate: 44100 } },
    ]) {
      assert.match(stage.context.accept(request(other))?.message ?? "", /must stay the same/);
    }
    stage.accept({ continue: false });
    assert.equal(
      stage.context.accept(request({ transcript: "late" }))?.title,
      "Context has closed",
    );
    stage.context.stop();
  });

  it("says and sends nothing more once it is stopped", async () => {
    const stage = new Stage();
    stage.accept({ transcript: "One. Two. Three. Four", continue: false });
    await stage.frame("chunk");
    stage.context.stop();
    const { frames, jobs } = stage;
    const before = [frames.length, jobs.length];
    await settle();
    assert.deepEqual([frames.length, jobs.length], before);
    assert.equal(jobs.length, 1);
  });

  it("makes no more while the reader does not keep up", async () => {
    const stage = new Stage();
    let resume = (): void => {};
    stage.readerKeepsUp = new Promise((resolve) => (resume = resolve));
    stage.accept({ transcript: "One. Two. Three.", continue: false });
    await stage.frame("chunk");
    await settle();
    assert.deepEqual([stage.frames.length, stage.jobs.length], [1, 1]);
    resume();
    await stage.ended();
    assert.deepEqual(stage.said, ["One.", "Two.", "Three."]);
  });

  it("ends with a failure where its text can't be said", async () => {
    const stage = new Stage();
    stage.broken = true;
    stage.accept({ transcript: "One. Two.", continue: false });
    await stage.ended();
    assert.deepEqual([stage.failure?.status, stage.failure?.message], [500, "out of breath"]);
    assert.deepEqual([stage.frames.length, stage.jobs.length], [0, 1]);
  });
});
