import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readWav } from "../../../../src/audio/wav.ts";
import { audioFormat } from "../../../../src/export/audio/audioFormat.ts";
import { exportAudio } from "../../../../src/export/audio/exportAudio.ts";
import { exportCaptions, writeCaptions } from "../../../../src/export/captions/exportCaptions.ts";
import { namesIn, useScratchFolder } from "../../clips/scratch.ts";
import { makeScript, sine } from "../script.ts";

describe("exportCaptions", () => {
  const scratch = useScratchFolder();
  const file = (): string => join(scratch(), "talk.vtt");
  const make = () =>
    makeScript(scratch(), [
      { transcript: "Good morning.", samples: sine(440, 8000, 2.0001) },
      { transcript: "Good night.", samples: sine(440, 8000, 1.5) },
    ]);

  it("is in step with the sound that is exported with the same gap", async () => {
    const script = await make();
    const gapSeconds = 0.3333;
    await exportCaptions(script, { format: "vtt", file: file(), gapSeconds });
    const to = { file: join(scratch(), "talk.wav") };
    await exportAudio(script, { format: audioFormat("wav-s16")!, to, gapSeconds });
    const wav = readWav(await readFile(to.file));
    const starts = wav.cues.map(({ sample }) => Math.floor((sample / 8000) * 1000));
    assert.deepEqual(starts, [0, 2333]);
    const text = await readFile(file(), "utf8");
    // The tone is audible from its second sample on: a tenth of a millisecond in.
    assert.match(
      text,
      /^WEBVTT\n\n00:00:00\.000 --> .*\nGood morning\.\n\n00:00:02\.333 --> .*\nGood night\.\n$/,
    );
  });

  it("replaces a file only where it may", async () => {
    const script = await make();
    await writeFile(file(), "mine");
    await assert.rejects(exportCaptions(script, { format: "vtt", file: file() }), {
      code: "exists",
    });
    assert.equal(await readFile(file(), "utf8"), "mine");
    await exportCaptions(script, { format: "srt", file: file(), overwrite: true });
    assert.match(await readFile(file(), "utf8"), /^1\n00:00:00,000 --> /);
    assert.deepEqual(await namesIn(scratch()), ["talk.speech", "talk.vtt"]);
  });

  it("refuses what is not ready, and leaves it out where asked to", async () => {
    const { title, segments } = await make();
    const script = {
      title,
      segments: segments.map((each, at) => (at === 0 ? { ...each, clip: undefined } : each)),
    };
    assert.throws(() => writeCaptions(script, { format: "vtt" }), {
      code: "not-spoken",
      message: "Segment 1 has not been spoken yet. Preview the script, or export without it.",
    });
    const text = writeCaptions(script, { format: "vtt", leaveOutMissing: true });
    assert.match(text, /^WEBVTT\n\n00:00:00\.000 --> .*\nGood night\.\n$/);
  });

  it("says what stands in the way on the disk", async () => {
    const script = await make();
    await writeFile(join(scratch(), "file"), "");
    const nowhere = join(scratch(), "file", "talk.vtt");
    await assert.rejects(exportCaptions(script, { format: "vtt", file: nowhere }), {
      code: "disk",
      message: `The folder of “${nowhere}” is not there. Make it, or export to another place.`,
    });
  });
});
