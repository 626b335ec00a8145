import assert from "node:assert/strict";
import { Stage } from "./speechStage.ts";

describe("SpeechContext: word times", () => {
  const asked = { add_timestamps: true };
  /** A stage on which something can be heard, and which is asked for word times. */
  const listening = () => {
    const stage = new Stage(asked);
    stage.phones = [{ name: "ax", start: 0, end: 0.1 }];
    return stage;
  };
  const wordsOf = ({ frames }: Stage) =>
    frames.flatMap(({ word_timestamps }) => word_timestamps?.words ?? []);

  it("are neither looked for nor sent where they are not asked for", async () => {
    const stage = new Stage();
    stage.phones = [{ name: "ax", start: 0, end: 0.1 }];
    stage.accept({ transcript: "Hello there.", continue: false });
    await stage.ended();
    assert.deepEqual(stage.alignments, []);
    assert.deepEqual([...new Set(stage.story)], ["chunk0", "done"]);
  });

  it("come with the audio of their utterance, before anything of the next", async () => {
    const stage = listening();
    stage.accept(
      { ...asked, transcript: "One. Two. " },
      { ...asked, flush: true },
      { ...asked, transcript: "Three.", continue: false },
    );
    await stage.ended();
    assert.deepEqual(
      stage.story.filter((entry, index, all) => entry !== all[index - 1]),
      [
        ...["chunk0", "timestamps0", "chunk0", "timestamps0", "flush_done0"],
        ...["chunk1", "timestamps1", "done"],
      ],
    );
  });

  it("count from the context's start, in seconds, and name the words as they were sent", async () => {
    const stage = listening();
    stage.accept({ ...asked, transcript: "It's 5° — “so”. Two…", continue: false });
    await stage.ended();
    const [first, second] = stage.frames.filter(({ type }) => type === "timestamps");
    assert.deepEqual(first, {
      type: "timestamps",
      context_id: "ctx-1",
      done: false,
      status_code: 206,
      word_timestamps: {
        words: ["It's", "5°", "“so”."],
        start: [0, 0.01, 0.03],
        end: [0.01, 0.03, 0.04],
      },
      flush_id: 0,
    });
    const before = 10_000 / 44_100; // the first utterance's 40,000 bytes of pcm_f32le
    assert.deepEqual(second?.word_timestamps, {
      words: ["Two…"],
      start: [before],
      end: [before + 0.01],
    });
  });

  it("tell a word once that is said in several utterances, with its last one", async () => {
    const stage = listening();
    const long = "x".repeat(400);
    stage.accept({ ...asked, transcript: `${long} end`, continue: false });
    await stage.ended();
    assert.equal(stage.jobs.length, 2);
    assert.deepEqual(wordsOf(stage), [long, "end"]);
    const { start, end } = stage.frames.at(-2)?.word_timestamps ?? {};
    assert.equal(start?.[0], 0);
    assert.ok((end?.[0] ?? 0) > 10_000 / 44_100);
  });

  it("are left out where they can't be found: the audio is not lost for it", async () => {
    const stage = listening();
    stage.deaf = true;
    stage.accept({ ...asked, transcript: "One. Two.", continue: false });
    await stage.ended();
    assert.deepEqual([...new Set(stage.story)], ["chunk0", "done"]);
    assert.equal(stage.failure, undefined);
  });

  it("are not looked for where nothing is said", async () => {
    const stage = new Stage(asked);
    stage.accept({ ...asked, transcript: 'One. <break time="1s"/>', continue: false });
    await stage.ended();
    assert.deepEqual(stage.alignments, []);
  });

  it("come sound by sound where that is asked for, in the phonetic alphabet, from the context's start", async () => {
    const asked = { add_phoneme_timestamps: true };
    const stage = new Stage(asked);
    stage.phones = [
      { name: "hh", start: 0, end: 0.1 },
      { name: "ow", start: 0.1, end: 0.2 },
    ];
    stage.accept({ ...asked, transcript: "One. Two.", continue: false });
    await stage.ended();
    const sounds = stage.frames.filter(({ type }) => type === "phoneme_timestamps");
    const before = 10_000 / 44_100;
    assert.deepEqual(
      sounds.map((frame) => (frame as { phoneme_timestamps?: unknown }).phoneme_timestamps),
      [0, before].map((from) => ({
        phonemes: ["h", "oʊ"],
        start: [from, from + 0.1],
        end: [from + 0.1, from + 0.2],
      })),
    );
    assert.deepEqual(stage.alignments, []);
  });
});
